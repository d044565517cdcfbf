/**
 * Both sides of a control connection as on the wire, without marks: a tee of the connection, nc, telnet, a proxy's dump.
 * Which side a line is of shows only in its content: a code, or a verb.
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { isBlank } from '../../text.ts';
import { count, share } from '../detect.ts';
import { closeEvent, commandEvent, openEvent, type Origin, replyLine } from '../event.ts';
import { interruptsReply, isReplyLine, looksLikeCommand, startsWithVerb, withoutTelnet } from '../wire-line.ts';

/** Notes that telnet, nc and friends print around the conversation. */
const noise: readonly string[] = ['Trying ', 'Escape character is', 'Connection to ', 'telnet>', 'Ncat:', 'Script started', 'Script done'];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  let openCode = 0;
  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      const code = replyCode(text);
      if (openCode > 0) {
        if (code === openCode && text.charCodeAt(3) !== 45) openCode = 0;
        else if (code === 0 && interruptsReply(text, openCode)) {
          openCode = 0;
          emit(commandEvent(at, text));
          return 'event';
        }
        emit(replyLine(at, text));
        return 'event';
      }
      if (code > 0) {
        if (text.charCodeAt(3) === 45) openCode = code;
        emit(replyLine(at, text));
        return 'event';
      }
      if (isBlank(text)) return 'noise';
      const wire = withoutTelnet(text);
      if (startsWithVerb(wire) || looksLikeCommand(wire)) {
        emit(commandEvent(at, wire));
        return 'event';
      }
      if (text.startsWith('Connected to ')) {
        emit(openEvent(at, 0, text.slice(13).replace(/\.$/, '')));
        return 'event';
      }
      if (text.startsWith('Connection closed by')) {
        emit(closeEvent(at, text));
        return 'event';
      }
      return noise.some((start) => text.startsWith(start)) ? 'noise' : 'unparsed';
    },
  };
}

/** Commands and replies must both occur, the replies as FTP has them, or it is SMTP or NNTP. */
function detect(sample: Sample): number {
  const replies = count(sample, isReplyLine);
  const commands = count(sample, (text) => startsWithVerb(text) || looksLikeCommand(text));
  const logins = count(sample, (text) => /^(USER|PASS|QUIT|SYST|FEAT|PASV|EPSV|TYPE|RETR|LIST|CWD|PWD)\b/i.test(text));
  if (replies === 0 || logins === 0) return 0;
  const mail = count(sample, (text) => /^(EHLO|HELO|MAIL FROM|RCPT TO|DATA|GROUP|ARTICLE|XOVER|NEWGROUPS)\b/i.test(text));
  if (mail > 0) return 0;
  let inside = 0;
  const known = share(sample, (text) => {
    const code = replyCode(text);
    if (code > 0) {
      inside = text.charCodeAt(3) === 45 ? code : code === inside ? 0 : inside;
      return true;
    }
    return inside > 0 || startsWithVerb(text) || looksLikeCommand(text);
  });
  return commands > 0 ? known * 0.8 : 0;
}

export const rawControl: Dialect = {
  id: 'raw-control',
  title: 'Both sides of a control connection, as on the wire',
  evidence: 'recorded',
  side: 'wire',
  identity: 'order',
  example: '220 (vsFTPd 3.0.3)',
  detect,
  open,
};
