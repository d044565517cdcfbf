/** The passive port does not answer. */
import type { Case, Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { isWrong } from './signs.ts';

/** The network, or nothing at all: no refusal for another reason. */
function isPath(result: string, code: number): boolean {
  return (
    result !== 'tls-not-resumed' &&
    result !== 'tls-data-failed' &&
    result !== 'foreign-peer' &&
    result !== 'stalled' &&
    code !== 426
  );
}

function signsOf(c: Case): readonly number[] {
  return c.story.signs
    .filter(({ meaning }) => ['timed-out', 'refused', 'unreachable', 'data-path'].includes(meaning))
    .map(({ line }) => line);
}

export const pasvPortBlocked: Diagnosis = {
  id: 'pasv-port-blocked',
  title: 'The passive port does not answer',
  cause: 'The address is right, but nothing answers on the port that the server announced.',
  who: 'network',
  place: 5,
  on: ['data', 'accept-timeout', 'data-timeout', 'data-path'],
  settle:
    'tcpdump on the server: a SYN to the port that never arrives is dropped on the way; an RST means that nothing listens.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set pasv_min_port and pasv_max_port, and open that range in the firewall.',
    },
    { who: 'server', product: 'proftpd', text: 'Set PassivePorts, and open that range in the firewall.' },
    { who: 'server', product: 'pure-ftpd', text: 'Set PassivePortRange (-p), and open that range in the firewall.' },
    { who: 'server', product: 'pyftpdlib', text: 'Set passive_ports, and open that range in the firewall.' },
    {
      who: 'network',
      product: '',
      text: 'Open the range of passive ports in firewall, router and cloud rules, and publish it from the container.',
    },
  ],
  find(c) {
    const failed = c.tries.filter(
      (one) =>
        (one.mode === 'pasv' || one.mode === 'epsv') &&
        !isWrong(one.host, c) &&
        !one.began &&
        isPath(one.result, one.code) &&
        (one.result !== '' || c.story.side !== 'client'),
    );
    const said =
      c.session === undefined
        ? c
            .said('accept-timeout', 'data-timeout', 'data-path')
            .filter((one) => !('code' in one) || one.code === 0 || one.code === 425)
        : c.said('accept-timeout');
    if (failed.length + said.length === 0 || c.story.passive + c.story.extended > 0) return undefined;
    const isTold = failed.some(({ result }) => result !== '') || said.some(({ meaning }) => meaning !== 'data-timeout');
    return {
      variant: failed.length > 0 && failed.every(({ mode }) => mode === 'epsv') ? 'epsv' : '',
      certainty: isTold ? 'likely' : 'possible',
      lines: [
        ...failed.slice(0, 1).flatMap((one) => [one.line, one.failed]),
        ...placesOf(said),
        ...signsOf(c),
        ...failed.map((one) => one.line),
      ],
    };
  },
};
