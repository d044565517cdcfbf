/**
 * After a 150 any line may be data: a listing, a file on its way to the terminal. A line that carries the mark of another
 * transcript is data too where the transfer ends below it, and is not where the conversation never comes back to it:
 *   150 Here comes the directory listing
 *   ---- Connecting to ftp.example.org (203.0.113.7) port 21
 *   <--- 220 hi
 *   ---> USER eve
 */
import { contentAt } from '../decoding/learned-marks.ts';
import { isListingLine } from '../decoding/wire-line.ts';
import { replyCode } from '../protocol/reply-line.ts';

/** Lines that are held, at most; and how many show that there is a conversation. */
export const mostSuspects = 24;
const fewest = 3;

/** What programs say of a connection, in front of its first reply. */
const notes: readonly string[] = ['---- Connecting to ', '* Connected to ', '*   Trying ', 'Status:', 'Connecting to '];

/** Marks in front of quoted commands and replies. */
const quoting: readonly (readonly [start: string, reply: boolean])[] = [
  ["*cmd* '", false],
  ["*resp* '", true],
  ["*put* '", false],
  ["*get* '", true],
  ["[connection] > '", false],
  ["[connection] < '", true],
  ['FTP Tx: "', false],
  ['FTP Rx: "', true],
];

/** Among data: the line looks like one of another program's transcript. */
export function isForeignTurn(text: string): boolean {
  if (isListingLine(text)) return false;
  if (contentAt(text) > 0) return true;
  for (const note of notes) if (text.startsWith(note)) return true;
  return quoting.some(([start]) => text.startsWith(start));
}

/** The lines hold both sides of a conversation. */
export function isConversation(texts: readonly string[]): boolean {
  let replies = 0;
  let commands = 0;
  for (const text of texts) {
    const at = contentAt(text);
    const quoted = quoting.find(([start]) => text.startsWith(start));
    if (at <= 0 && quoted === undefined) continue;
    if (quoted === undefined ? replyCode(text, at) > 0 : quoted[1]) replies++;
    else commands++;
  }
  return replies > 0 && commands > 0 && texts.length >= fewest;
}

const finalOfTransfer = /(?:^|\D)(?:226|250|42[56]|45[0-2]|5[0-5]\d)(?:[ -]|$)/;

/** The line ends the transfer: what stands above it was data. */
export function endsTransfer(text: string): boolean {
  return finalOfTransfer.test(text);
}
