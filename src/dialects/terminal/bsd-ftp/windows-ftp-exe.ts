/**
 * Windows ftp.exe, typed or `ftp -s:script` (pasted): as BSD ftp with `User (host:(none)):` and summaries without blanks.
 * Some people's copies have lost the reply codes:
 *   User (192.0.2.7:(none)): ftp
 *   Please specify the password.
 *   Password:
 *   Login successful.
 */

import { count, understoodShare } from '../../../decoding/detect.ts';
import { loginEvent } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { BsdFtp } from './terminal.ts';

/** Lines without code after which the log counts as one that has none. */
const enough = 2;

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const terminal = new BsdFtp(emit, true);
  let codes = false;
  let prompts = 0;
  let user = '';
  let greets = false;
  return {
    inData: () => terminal.inData(),
    line(text: string, line: number): Understanding {
      codes ||= replyCode(text) > 0;
      const asks = text.indexOf(':(none))');
      if (!codes && (asks > 0 || text.startsWith('ftp>') || text.startsWith('Password:'))) prompts++;
      if (asks > 0) user = text.slice(text.indexOf(':', asks + 8) + 2, 512);
      const what = terminal.line(text, line);
      const greeting = greets;
      greets = text.startsWith('Connected to ');
      if (codes || prompts < enough) return what === 'unparsed' && !codes && (prompts > 0 || greeting) ? 'noise' : what;
      const failed = text.startsWith('Login incorrect') || text.startsWith('Login failed');
      if (!failed && !text.startsWith('Login successful') && !text.startsWith('User logged in'))
        return what === 'unparsed' ? 'noise' : what;
      emit(loginEvent({ line, time: Number.NaN, session: '', peer: '', user }, !failed));
      return 'event';
    },
  };
}

const own =
  /:\(none\)\) ?[:：]|^ftp: (?:\d+ |\P{ASCII}+ ?\d)|bytes (?:sent|received) in [\d.]+Seconds|^200 OPTS UTF8 command successful - UTF8 encoding now ON/u;

function detect(sample: Sample): number {
  if (count(sample, (text) => own.test(text)) === 0) return 0;
  return count(sample, (text) => text.startsWith('---> ')) > 0 ? 0 : understoodShare(sample, open);
}

export const windowsFtpExe: Dialect = {
  id: 'windows-ftp-exe',
  title: 'Windows ftp.exe',
  evidence: 'pasted',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'User (192.0.2.7:(none)): alice',
  marks: [':(none))', 'ftp: ', 'Seconds', '200 OPTS UTF8 command successful'],
  detect,
  open,
};
