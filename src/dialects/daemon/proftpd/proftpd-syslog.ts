/** ProFTPD through syslog at its usual level: sessions and logins. */
import type { Decoder, DecoderOptions, Dialect, Envelope, EventSink } from '../../../model.ts';
import { detectProftpd, ProftpdMessages } from './messages.ts';

/** The decoder of both dialects behind a syslog header. */
export function openProftpdSyslog(_options: DecoderOptions, emit: EventSink): Decoder {
  const messages = new ProftpdMessages(emit);
  return {
    line: (text: string, line: number, envelope: Envelope) => messages.read(text, 0, line, envelope),
    end: () => messages.end(),
  };
}

export const proftpdSyslog: Dialect = {
  id: 'proftpd-syslog',
  title: 'ProFTPD through syslog',
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'replies', 'transfers'],
  example:
    'Nov 22 09:59:16 host proftpd[24977]: ftp.example.net (192.0.2.7[192.0.2.7]) - USER alice (Login failed): Incorrect password',
  marks: ['])', ' - ProFTPD ', ': ProFTPD ', ' - mod_', ': mod_', '(proftpd:', 'connect from ', 'warning: '],
  detect: (sample) => detectProftpd(sample, false),
  open: openProftpdSyslog,
};
