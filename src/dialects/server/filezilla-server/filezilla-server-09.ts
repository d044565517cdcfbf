/**
 * FileZilla Server up to 0.9.60, and BulletProof FTP Server, its model (`(192.0.2.7) > `, unverified): number of the connection, date in the server's locale, user, address, and what was
 * said by either side, or a note.
 *
 *   (000041) 4/1/2009 1:34:48 AM - (not logged in) (192.0.2.7)> USER Ben Sanders
 *   (000041)16/08/2026 17:01:02 - Ben Sanders (192.0.2.7)> 230 Logged on
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import { share } from '../../../decoding/detect.ts';
import { ambiguousEvent, closeEvent, type Origin, openEvent } from '../../../decoding/event.ts';
import { LocaleClock } from '../../../decoding/locale-clock.ts';
import { agreed, Clients, decided, fieldOf, formOf, readingsOf } from '../../../decoding/readings.ts';
import { UnmarkedSides } from '../../../decoding/unmarked-side.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { skipDigits } from '../../../text.ts';

const nobody = '(not logged in)';

/** A user name may hold brackets. */
const records = [formOf('said', '{user} ({peer:masked})> {said}'), formOf('said', '{user} ({peer:masked}) > {said}')];

/** What the server notes of a connection, beside its beginning and end. */
const notes = new Beginnings(`
  SSL connection… TLS connection… SSL warning… Data connection SSL warning… Control connection SSL warning…
  SSL handshake… TLS handshake… Failed to establish… could not load… warning:… Warning:… error:… session resum…
`);

/** What the server says of itself. */
const serverNotes = new Beginnings(`
  FileZilla Server… Copyright … https://filezilla-project.org… Connecting to server…
  Connected, waiting for authentication… Logged on… Retrieving … Done retrieving… Creating listen socket…
  Initializing Server… Server online… Server offline… Loading security… Generating new session…
  Warning: FTP over TLS…
`);

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new LocaleClock(options, emit);
  const sides = new UnmarkedSides(clock.sink);
  const clients = new Clients();
  return {
    line(text: string, line: number): Understanding {
      const number = skipDigits(text, 1);
      if (text.charCodeAt(0) !== 40 || number === 1 || text.charCodeAt(number) !== 41)
        return serverNotes.begin(text) ? 'noise' : 'unparsed';
      const date = clock.read(text, text.charCodeAt(number + 1) === 32 ? number + 2 : number + 1);
      if (date < 0 || !text.startsWith(' - ', date)) return 'unparsed';
      const readings = readingsOf(text, date + 3, records);
      if (readings.found.length === 0) return 'unparsed';
      const session = text.slice(1, number);
      const reading = decided(readings, [(r) => clients.canBe(session, fieldOf(r, 'peer'))]);
      if (reading === undefined) {
        clock.sink(ambiguousEvent({ line, time: clock.time, session, peer: agreed(readings, 'peer'), user: '' }));
        return 'event';
      }
      const peer = fieldOf(reading, 'peer');
      const user = fieldOf(reading, 'user');
      const at: Origin = { line, time: clock.time, session, peer, user: user === nobody ? '' : user };
      const said = fieldOf(reading, 'said');
      if (readings.found.length === 1) clients.learn(session, peer);
      if (said.startsWith('Connected') && said.includes('sending welcome message')) {
        sides.forget(at.session);
        clients.forget(session);
        clients.learn(session, peer);
        clock.sink(openEvent(at));
        return 'event';
      }
      if (isGone(said)) {
        sides.forget(at.session);
        clock.sink(closeEvent(at, said));
        return 'event';
      }
      if (sides.take(at, said)) return 'event';
      return notes.begin(said) ? 'noise' : 'unparsed';
    },
    end: () => clock.end(),
  };
}

/** `disconnected.`, `could not send reply, disconnected.`, `disconnecting, too many …` */
function isGone(said: string): boolean {
  if (said.startsWith('disconnected')) return true;
  return said.endsWith('disconnected.') && said.startsWith('could not ');
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
