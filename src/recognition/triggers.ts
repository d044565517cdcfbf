/**
 * Where FTP may begin in a log that is something else: words that stand in its lines, looked for in each line that nothing
 * has understood. A word that turned out to be something else is looked at ever more rarely, each word by itself, so that a
 * log without FTP costs little however often it says `STOR`, and the first `331 ` in it is still seen.
 */
import { isDigit } from '../text.ts';

/** A code or verb that begins a word, with more behind it, or the name of the protocol. One search for all is cheapest. */
const words =
  /[ >"'\t](?:331|227|230|220|226|257|150|530|250|221|200|USER|PASS|PASV|QUIT|EPSV|RETR|STOR|TYPE)[ -]|ftp|FTP/g;
/** What a line may begin with, or with blanks in front: packets as tools print them. */
const starts: readonly string[] = ['Frame ', '"_index": "packets-', '<packet>', '<pdml', '<psml'];

const slots = 256;
const firstWait = 16;
const longestWait = 1 << 14;

/** A number for the word of FTP that a line holds, below {@link slots}; -1 if it holds none. */
function wordIn(text: string): number {
  const first = text.charCodeAt(0);
  if (first >= 49 && first <= 53 && isDigit(text, 1) && isDigit(text, 2)) {
    const mark = text.charCodeAt(3);
    if (mark === 32 || mark === 45) return slotOf(text, 3);
  } else if (first >= 65 && first <= 90) {
    const end =
      text.charCodeAt(4) === 32 || text.length === 4 ? 4 : text.charCodeAt(3) === 32 || text.length === 3 ? 3 : 0;
    if (end > 0 && isCapitals(text, end)) return slotOf(text, end);
  }
  words.lastIndex = 0;
  if (words.test(text)) return slotOf(text, words.lastIndex - 1);
  if (first !== 32 && first !== 70 && first !== 34 && first !== 60) return -1;
  const at = text.search(/\S/);
  for (let i = 0; i < starts.length; i++) if (text.startsWith(starts[i] as string, at)) return i;
  return -1;
}

function isCapitals(text: string, end: number): boolean {
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 65 || c > 90) return false;
  }
  return true;
}

/** By the three characters before `end`. */
function slotOf(text: string, end: number): number {
  const a = text.charCodeAt(end - 1);
  const b = text.charCodeAt(end - 2);
  const c = text.charCodeAt(end - 3);
  return ((a * 31 + b) * 31 + c) & (slots - 1);
}

export class Triggers {
  readonly #until = new Float64Array(slots);
  readonly #wait = new Int32Array(slots).fill(firstWait);
  /** Words of the lines that are being looked at. */
  readonly #seen = new Set<number>();

  /** Whether this line may be one of FTP; its word is one of those being looked at then. */
  isDue(text: string, line: number): boolean {
    const word = wordIn(text);
    if (word < 0 || line < (this.#until[word] as number)) return false;
    this.#seen.add(word);
    return true;
  }

  /** The lines looked at were FTP, or were not: then their words have to wait. */
  settled(found: boolean, line: number): void {
    for (const word of this.#seen) {
      const wait = found ? firstWait : (this.#wait[word] as number);
      this.#until[word] = found ? 0 : line + wait;
      this.#wait[word] = found ? firstWait : Math.min(longestWait, wait * 2);
    }
    this.#seen.clear();
  }
}

const verbs =
  /(?:^|[\s>"':\]])(?:USER|PASS|CWD|PWD|PASV|EPSV|PORT|EPRT|TYPE|RETR|STOR|LIST|NLST|MLSD|SYST|FEAT|DELE|MKD|MDTM|SIZE)(?=[\s"'\\]|$)/;
const codes = /(?:^|[\s>"':\]])(?:150|2[0-3]\d|25[07]|331|350|4[25]\d|5[035]\d)[ -]\S/;

/** A conversation: at least two commands that only FTP has, and two replies. */
export function isTalk(texts: readonly string[]): boolean {
  let commands = 0;
  let replies = 0;
  for (const text of texts) {
    const seen = text.slice(0, 512);
    if (codes.test(seen)) replies++;
    else if (verbs.test(seen)) commands++;
  }
  return commands > 1 && replies > 1;
}
