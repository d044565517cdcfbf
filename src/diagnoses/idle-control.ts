/** The control connection was cut as idle. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const idleControl: Diagnosis = {
  id: 'idle-control',
  title: 'The control connection was cut as idle',
  cause: 'The server, or a router, ended the control connection because nothing came over it.',
  who: 'server',
  place: 6,
  on: ['idle'],
  settle: 'The time between the last command and the end.',
  cures: [
    { who: 'client', product: 'filezilla', text: 'Settings, FTP: Send FTP keep-alive commands.' },
    { who: 'client', product: 'curl', text: 'Use --keepalive-time.' },
    { who: 'client', product: 'lftp', text: 'Set ftp:nop-interval.' },
    { who: 'server', product: 'vsftpd', text: 'Raise idle_session_timeout.' },
    { who: 'server', product: 'proftpd', text: 'Raise TimeoutIdle and TimeoutNoTransfer.' },
    { who: 'server', product: 'pyftpdlib', text: 'Raise timeout of the handler.' },
    { who: 'client', product: '', text: 'Let the client send NOOP, or reconnect by itself.' },
  ],
  find(c) {
    const said = c.said('idle').filter((one) => !('how' in one) || one.code === 421);
    const [first] = said;
    if (first === undefined || c.tries.length > 0) return undefined;
    // It did its work, and nobody asked for more.
    const isDone =
      'verb' in first &&
      first.verb === '' &&
      c.story.lastGood < first.line &&
      c.units.every((unit) => unit.meaning === 'idle');
    return { certainty: isDone && c.story.signs.length === 0 ? 'possible' : 'certain', lines: placesOf(said) };
  },
};
