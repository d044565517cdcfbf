/**
 * IBM i (OS/400) FTP client (documented, V4R4): `> ` what was typed (nothing, where it was a password), replies bare. No
 * command is shown; which one a reply answers is concluded.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import { type Origin, transferEvent } from '../../decoding/event.ts';
import { Inference } from '../../decoding/inference.ts';
import { sentBy } from '../../decoding/subcommands.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { msOfSeconds, numberIn } from '../../number.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, isBlank, skipBlanks, skipDigits } from '../../text.ts';

const notes: readonly string[] = [
  'Previous FTP subcommands',
  'Enter an FTP subcommand',
  'Client NAMEFMT is',
  'Enter login ID',
  'Output redirected',
  'Now using naming format',
  'Data will be ',
];
/** What comes next at the prompt. */
type Expected = 'subcommand' | 'name' | 'password';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  const inference = new Inference(emit);
  let expected: Expected = 'subcommand';
  let verb = '';
  let path = '';

  function typed(text: string): Understanding {
    const line = text.slice(1).trim();
    if (expected === 'password' || line === '') {
      expected = 'subcommand';
      return 'noise';
    }
    if (expected === 'name') {
      inference.user(line);
      expected = 'subcommand';
      return 'event';
    }
    const sent = sentBy(line, false);
    if (line.toLowerCase().startsWith('namefmt ')) inference.hint('SITE', line.toUpperCase());
    else if (sent.verb !== '') inference.hint(sent.verb, sent.arg);
    const moves = sent.verb === 'RETR' || sent.verb === 'STOR' || sent.verb === 'APPE';
    verb = moves ? sent.verb : '';
    path = moves ? sent.arg : '';
    return 'event';
  }

  function replied(text: string, code: number, at: Origin): Understanding {
    if (conversation.openCode === 0) {
      if (text.startsWith('250 Now using naming format')) inference.hint('SITE', 'NAMEFMT');
      inference.before(at, code, text);
      if (code === 220) expected = 'name';
      else if (code === 331) expected = 'password';
      else if (code === 230 || code >= 500) expected = 'subcommand';
    }
    conversation.reply(at, text);
    return 'event';
  }

  /** `159 bytes transferred in 0.984 seconds.`, which is no reply 159. */
  function moved(text: string, at: Origin): Understanding {
    if (verb === '') return 'noise';
    const start = skipBlanks(text, 0);
    const size = digits(text, start, skipDigits(text, start));
    const from = text.indexOf(' in ') + 4;
    const end = text.indexOf(' ', from);
    const ms = msOfSeconds(numberIn(text.slice(from, end < 0 ? text.length : end)));
    emit(transferEvent(at, verb, path, true, size, ms));
    verb = '';
    return 'event';
  }

  return {
    inData: () => conversation.transferring,
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (text.includes(' bytes transferred in ')) return moved(text, at);
      const code = replyCode(text);
      if (code > 0 || conversation.openCode > 0) return replied(text, code, at);
      if (text.charCodeAt(0) === 62) return typed(text);
      if (text.startsWith('Connecting to ')) {
        inference.restart();
        conversation.opened(at, serverOf(text));
        return 'event';
      }
      for (const note of notes) if (text.startsWith(note)) return 'noise';
      return isBlank(text) || conversation.transferring || text.includes('operating system') ? 'noise' : 'unparsed';
    },
  };
}

/** `Connecting to host name SYSNAM08 at address 192.0.2.7 using port 21.` */
function serverOf(text: string): string {
  const address = text.indexOf(' at address ');
  return address < 0 ? text.slice(14) : text.slice(address + 12);
}

function detect(sample: Sample): number {
  const marked = count(sample, (text) =>
    /^(Previous FTP subcommands and messages|Enter an FTP subcommand|Connecting to .* at address .* using port \d)/.test(
      text,
    ),
  );
  return marked === 0 ? 0 : understoodShare(sample, open);
}

export const os400FtpClient: Dialect = {
  id: 'os400-ftp-client',
  title: 'IBM i (OS/400) FTP client',
  evidence: 'documented',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '> put /QDLS/A.TXT A.TXT',
  marks: ['Previous FTP subcommands', 'Enter an FTP subcommand', ' using port '],
  detect,
  open,
};
