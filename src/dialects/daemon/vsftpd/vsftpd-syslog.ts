/** vsftpd with `syslog_enable=YES`: its records behind a syslog header, PAM lines among them. */

import { share } from '../../../decoding/detect.ts';
import { pamLogin, processOf } from '../../../decoding/pam.ts';
import type { Decoder, DecoderOptions, Dialect, Envelope, EventSink, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';
import { isVsftpdRecord, VsftpdLine } from './records.ts';

/** How PAM's records begin, in its several versions; a user name that holds one stands in brackets. */
const pamHeads = ['pam_', '(pam_', 'PAM ', 'authentication failure;'];

function isPam(text: string): boolean {
  const from = text.charCodeAt(0) === 32 ? 1 : 0;
  return pamHeads.some((head) => text.startsWith(head, from));
}

function isMine(text: string, program: string): boolean {
  // `journalctl -o cat` leaves neither time nor program.
  if (program === '') return isVsftpdRecord(text, 0);
  if (program !== 'vsftpd' && !program.endsWith('/vsftpd') && !program.startsWith('vsftpd(')) return false;
  return isVsftpdRecord(text, 0) || isPam(text) || text.includes('[pid ');
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const record = new VsftpdLine(emit);
  const clock = new Clock(options);
  return {
    line(text: string, line: number, envelope: Envelope): Understanding {
      const mark = text.indexOf('[pid ');
      // Some syslogs carry the whole native line behind their header: two dates, the inner one is vsftpd's.
      if (mark === 24 || mark === 25) {
        const end = text.indexOf(']', mark);
        const inner = clock.ctime(text);
        if (clock.end >= 0) return record.read(text, end + 2, line, inner, text.slice(mark + 5, end));
      }
      if (isPam(text)) return pamLogin(text, processOf(line, envelope), emit);
      const what = record.read(text.startsWith(' ') ? text.slice(1) : text, 0, line, envelope.time, envelope.pid);
      return what === 'unparsed' && envelope.program !== '' ? 'noise' : what;
    },
  };
}

export const vsftpdSyslog: Dialect = {
  id: 'vsftpd-syslog',
  title: 'vsftpd through syslog',
  evidence: 'recorded',
  side: 'server',
  identity: 'process-handover',
  example: 'Nov 22 09:59:57 host vsftpd[26147]: [alice] FTP command: Client "192.0.2.7", "SYST"',
  marks: [': Client "', 'pam_', '[pid ', 'authentication failure;'],
  detect: (sample) => share(sample, isMine),
  open,
};
