/**
 * Cisco ASA, message 303002: a file moved through the firewall. Its other messages are noise.
 *
 *   %ASA-6-303002: FTP connection from outside:192.0.2.7/49845 to dmz:198.51.100.1/21, user alice Stored file a b.wav
 */

import { share } from '../../decoding/detect.ts';
import { transferEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, Envelope, EventSink, Understanding } from '../../model.ts';
import { digits } from '../../text.ts';
import { Clock, monthAt } from '../../timestamp.ts';

const mark = '-303002: FTP connection from ';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number, envelope: Envelope): Understanding {
      // The syslog wrapper takes `%ASA-6-303002` for the program.
      const program = envelope.program;
      const inner =
        program.endsWith('-303002') && text.startsWith('FTP connection from ') ? 20 : text.indexOf(mark) + mark.length;
      if (inner < mark.length && inner !== 20) return isAsa(text, program) ? 'noise' : 'unparsed';
      const to = text.indexOf(' to ', inner);
      const userAt = text.indexOf(', user ', to);
      const stored = text.indexOf(' Stored file ', userAt);
      const retrieved = text.indexOf(' Retrieved file ', userAt);
      const verbAt = stored < 0 ? retrieved : retrieved < 0 ? stored : Math.min(stored, retrieved);
      if (to < 0 || userAt < 0 || verbAt < 0) return 'unparsed';
      const source = text.slice(inner, to);
      const slash = source.lastIndexOf('/');
      const peer = source.slice(source.indexOf(':') + 1, slash);
      const port = Math.max(0, digits(source, slash + 1, source.length));
      const time = Number.isNaN(envelope.time) ? timeIn(text, clock) : envelope.time;
      const at = { line, time, session: `${peer}:${port}`, peer, user: text.slice(userAt + 7, verbAt) };
      const upload = verbAt === stored;
      emit(transferEvent(at, upload ? 'STOR' : 'RETR', text.slice(verbAt + (upload ? 13 : 16)), true, -1, -1));
      return 'event';
    },
  };
}

/** `<166>Nov 13 15:38:01 …`, `Nov 13 2014 15:38:01: %ASA…` */
function timeIn(text: string, clock: Clock): number {
  const at = text.charCodeAt(0) === 60 ? text.indexOf('>') + 1 : 0;
  if (monthAt(text, at) < 0) return Number.NaN;
  const time = clock.monthDayYear(text, at);
  return clock.end < 0 ? clock.yearless(text, at) : time;
}

function isAsa(text: string, program: string): boolean {
  return (
    program.startsWith('%ASA-') ||
    program.startsWith('%FTD-') ||
    program.startsWith('%PIX-') ||
    text.includes('%ASA-') ||
    text.includes('%FTD-') ||
    text.includes('%PIX-')
  );
}

export const ciscoAsa303002: Dialect = {
  id: 'cisco-asa-303002',
  title: 'Cisco ASA, message 303002',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  lacks: ['commands', 'replies', 'logins'],
  example:
    '%ASA-6-303002: FTP connection from outside:192.0.2.7/49845 to dmz:198.51.100.1/21, user alice Stored file a.wav',
  marks: ['FTP connection from '],
  detect: (sample) => {
    const ftp = share(
      sample,
      (text, program) =>
        text.includes(mark) || (program.endsWith('-303002') && text.startsWith('FTP connection from ')),
    );
    return ftp === 0 ? 0 : share(sample, isAsa);
  },
  open,
};
