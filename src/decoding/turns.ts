/** How many lines of a sample are of either party, the text of multi-line replies left out. */
import type { Sample } from '../model.ts';
import { foreignVerbs } from '../protocol/commands.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { startsWithVerb, withoutTelnet } from './wire-line.ts';

export interface Turns {
  /** Lines that begin a reply. */
  readonly replies: number;
  /** Lines that begin with a verb of FTP. */
  readonly commands: number;
}

/** An unterminated reply ends with this many lines, so that it cannot hide the rest of the sample. */
const longestReply = 60;

export function turnsOf(sample: Sample): Turns {
  let replies = 0;
  let commands = 0;
  let inside = 0;
  let length = 0;
  for (const text of sample.texts) {
    const code = replyCode(text);
    const last = code > 0 && text.charCodeAt(3) !== 45;
    if (inside > 0 && length < longestReply) {
      length++;
      if (last && code === inside) inside = 0;
      continue;
    }
    inside = code > 0 && !last ? code : 0;
    length = 0;
    if (code > 0) replies++;
    else if (isCommand(withoutTelnet(text))) commands++;
  }
  return { replies, commands };
}

function isCommand(text: string): boolean {
  if (!startsWithVerb(text)) return false;
  const word = text.trimStart().split(' ', 1)[0] ?? '';
  return !foreignVerbs.has(word.toUpperCase());
}
