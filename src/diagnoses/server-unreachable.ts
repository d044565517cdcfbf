/** The server was not reached. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const causes: Readonly<Record<string, string>> = {
  refused: 'Nothing listens on the control port, or a firewall refuses connections to it.',
  'timed-out': 'Nothing answers on the control port: a firewall drops the packets, or the host is down.',
  unreachable: 'There is no route to the server.',
  'resolve-failed': 'The name of the server does not resolve.',
};

export const serverUnreachable: Diagnosis = {
  id: 'server-unreachable',
  title: 'The server was not reached',
  cause: 'The control connection was never established.',
  who: 'network',
  place: 1,
  on: ['refused', 'timed-out', 'unreachable', 'resolve-failed'],
  settle: 'From the same machine: nc -vz SERVER 21.',
  cures: [
    {
      who: 'server',
      product: '',
      text: 'Let the service listen on its control port, and open that port in the firewall: ss -ltnp "sport = :21" shows whether it listens.',
    },
    { who: 'client', product: '', text: 'Check name, address and port.' },
    { who: 'server', product: 'vsftpd', text: 'Set listen=YES or listen_ipv6=YES, not both.' },
  ],
  find(c) {
    if (c.story.banner !== '' || (c.session?.commands ?? 0) > 0 || c.units.some(({ code }) => code >= 400))
      return undefined;
    const said = c.story.signs.filter(({ meaning, about }) => meaning in causes && about !== 'data');
    const [first] = said;
    if (first === undefined || c.story.signs.some(({ code }) => code > 0)) return undefined;
    const isKnown = c.session !== undefined || first.meaning !== 'timed-out';
    if (!isKnown) return undefined;
    const cause = causes[first.meaning];
    return {
      certainty: isKnown ? 'certain' : 'likely',
      lines: placesOf(said),
      who: first.meaning === 'resolve-failed' ? 'client' : first.meaning === 'refused' ? 'server' : 'network',
      ...(cause === undefined ? {} : { cause }),
    };
  },
};
