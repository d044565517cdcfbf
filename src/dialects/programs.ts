/** Which server program writes a format: logs of two different programs never tell of the same connection. */
import type { Dialect } from '../model.ts';

/** First word of an id to the program, where they differ. The daemons that descend from BSD's share their messages. */
const programs: Readonly<Record<string, string>> = {
  linux: 'ftpd',
  inetutils: 'ftpd',
  wu: 'ftpd',
  bsd: 'ftpd',
  ossec: 'ftpd',
  solaris: 'ftpd',
  freebsd: 'ftpd',
  msftpsvc: 'iis',
};

/** Formats of which many programs make use. */
const shared: ReadonlySet<string> = new Set(['xferlog', 'numbered-transcript']);

/** The server program; '' where the format belongs to none: xferlog, clients, captures. */
export function programOf({ id, side }: Dialect): string {
  if ((side !== 'server' && side !== 'transfer') || shared.has(id)) return '';
  const dash = id.indexOf('-');
  const word = dash < 0 ? id : id.slice(0, dash);
  return programs[word] ?? word;
}
