/**
 * FileZilla Server up to 0.9.60, and BulletProof FTP Server, its model (`(192.0.2.7) > `, unverified): number of the connection, date in the server's locale, user, address, and what was
 * said by either side, or a note.
 *
 *   (000041) 4/1/2009 1:34:48 AM - (not logged in) (192.0.2.7)> USER Ben Sanders
 *   (000041)16/08/2026 17:01:02 - Ben Sanders (192.0.2.7)> 230 Logged on
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { skipDigits } from '../../text.ts';
import { share } from '../detect.ts';
import { closeEvent, type Origin, openEvent } from '../event.ts';
import { LocaleClock } from './locale-clock.ts';
import { UnmarkedSides } from './unmarked-side.ts';

const nobody = '(not logged in) (';

/** What the server notes of a connection, beside its beginning and end. */
const notes: readonly string[] = [
  'SSL connection',
  'TLS connection',
  'SSL warning',
  'Data connection SSL warning',
  'Control connection SSL warning',
  'SSL handshake',
  'TLS handshake',
  'Failed to establish',
  'could not load',
  'warning:',
  'Warning:',
  'error:',
  'session resum',
];

/** What the server says of itself. */
const serverNotes: readonly string[] = [
  'FileZilla Server ',
  'FileZilla Server',
  'Copyright ',
  'https://filezilla-project.org',
  'Connecting to server',
  'Connected, waiting for authentication',
  'Logged on',
  'Retrieving ',
  'Done retrieving',
  'Creating listen socket',
  'Initializing Server',
  'Server online',
  'Server offline',
  'Loading security',
  'Generating new session',
  'Warning: FTP over TLS',
];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  const sides = new UnmarkedSides(clock.sink);
  return {
    line(text: string, line: number): Understanding {
      const number = skipDigits(text, 1);
      if (text.charCodeAt(0) !== 40 || number === 1 || text.charCodeAt(number) !== 41)
        return isServerNote(text) ? 'noise' : 'unparsed';
      const date = clock.read(text, text.charCodeAt(number + 1) === 32 ? number + 2 : number + 1);
      if (date < 0 || !text.startsWith(' - ', date)) return 'unparsed';
      const end = clientEnd(text, date + 3);
      if (end < 0) return 'unparsed';
      const ip = text.lastIndexOf('(', end);
      const known = !text.startsWith(nobody, date + 3);
      const at: Origin = {
        line,
        time: clock.time,
        session: text.slice(1, number),
        peer: text.slice(ip + 1, end),
        user: known ? text.slice(date + 3, ip - 1) : '',
      };
      const said = text.slice(text.charCodeAt(end + 1) === 32 ? end + 4 : end + 3);
      if (said.startsWith('Connected') && said.includes('sending welcome message')) {
        sides.forget(at.session);
        clock.sink(openEvent(at));
        return 'event';
      }
      if (isGone(said)) {
        sides.forget(at.session);
        clock.sink(closeEvent(at, said));
        return 'event';
      }
      if (sides.take(at, said)) return 'event';
      return notes.some((note) => said.startsWith(note)) ? 'noise' : 'unparsed';
    },
    end: () => clock.end(),
  };
}

/** `disconnected.`, `could not send reply, disconnected.`, `disconnecting, too many …` */
function isGone(said: string): boolean {
  if (said.startsWith('disconnected')) return true;
  return said.endsWith('disconnected.') && said.startsWith('could not ');
}

/** Index of the bracket behind the client's address: `(192.0.2.7)> `, `(192.0.2.7) > `; -1. A user name may hold brackets. */
function clientEnd(text: string, from: number): number {
  for (let end = text.indexOf(')', from); end >= 0; end = text.indexOf(')', end + 1)) {
    if (!text.startsWith('>', end + 1) && !text.startsWith(' > ', end + 1)) continue;
    const ip = text.lastIndexOf('(', end);
    if (ip >= from && text.charCodeAt(ip - 1) === 32 && isAddress(text, ip + 1, end)) return end;
  }
  return -1;
}

function isAddress(text: string, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 46) return false;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    const hex = (c >= 48 && c <= 58) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
    if (!hex && c !== 46 && c !== 37 && c !== 88 && c !== 120) return false;
  }
  return true;
}

function isServerNote(text: string): boolean {
  for (const note of serverNotes) if (text.startsWith(note)) return true;
  return false;
}

const shape =
  /^\(\d{3,}\) ?\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\D{1,12}\d{1,2}[:.]\d\d[:.]\d\d.{0,8} - .* \([0-9A-Fa-f.:%Xx]+\) ?> /;

export const filezillaServer09: Dialect = {
  id: 'filezilla-server-09',
  title: 'FileZilla Server 0.9',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '(000041) 4/1/2009 1:34:48 AM - (not logged in) (192.0.2.7)> USER alice',
  marks: [')> ', ') > '],
  detect: (sample) => share(sample, (text) => shape.test(text)),
  open,
};
