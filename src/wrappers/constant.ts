/**
 * The same words in front of each line of a bare conversation: a level, a thread, the name of a logger.
 *   INFO  [main] FtpClient - 220 ready
 *   INFO  [main] FtpClient - USER alice
 */
import type { Envelope } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { own } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

const longest = 120;

/** Index of the reply or command that the first words stand in front of; 0 if there is none. */
function saidAt(text: string): number {
  const limit = Math.min(text.length, longest);
  for (let at = text.indexOf(' ') + 1; at > 0 && at < limit; at = text.indexOf(' ', at) + 1) {
    if (replyCode(text, at) > 0) return at;
    const end = text.indexOf(' ', at);
    if (isVerb(text.slice(at, end < 0 ? text.length : end))) return at;
  }
  return 0;
}

function open(): Peel {
  let head = '';
  return (text: string, outer: Envelope): Peeled | undefined => {
    if (head === '') head = own(text.slice(0, saidAt(text)));
    return head !== '' && text.startsWith(head) ? once(text.slice(head.length), outer) : undefined;
  };
}

export const constant: Wrapper = {
  id: 'constant',
  title: 'the same words in front of each line',
  evidence: 'pasted',
  example: 'INFO  [main] FtpClient - 220 ready',
  lastResort: true,
  open,
};
