/** Secrets under keys of their own in a record that is JSON, at any depth, also where it stands as a text in another one. */
import type { Concealed } from '../model.ts';
import { conceal, together } from './secret-memory.ts';
import { secretSort } from './secret-sort.ts';
import { isSecretKey } from './secret-words.ts';

/** Parts of names of secrets, of which most records hold none in a key. */
const signs = ['ass', 'ASS', 'wd', 'cret', 'ken'] as const;

/** Behind `"pass` in nearly every record of Zeek. */
const zeekMask = 'word":"<hidden>"';

const key = '"([^"\\\\]{1,64})';
const sign = '\\s{0,8}:\\s{0,8}\\[?\\s{0,8}';
const plain = '"((?:[^"\\\\]|\\\\.){1,512})"';
const escaped = '\\\\"([^"\\\\]{1,512})\\\\"';
/** A key and its value, or the first of several; then the next of them. */
const members = [
  new RegExp(`${key}"${sign}(?:${plain}|(\\d{3,20}))`, 'y'),
  new RegExp(`\\s*,\\s*${plain}`, 'y'),
] as const;
/** The same in a text within a record. */
const escapedMembers = [
  new RegExp(`${key}\\\\"${sign}(?:${escaped}|(\\d{3,20}))`, 'y'),
  new RegExp(`\\s*,\\s*${escaped}`, 'y'),
] as const;
const mostValues = 16;

/** The secrets of a record; undefined if it shows none. */
export function recordSecret(text: string): Concealed | undefined {
  let found: Concealed[] | undefined;
  for (const sign of signs) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length)) {
      if (text.startsWith(zeekMask, at + 3)) continue;
      const end = text.indexOf('"', at);
      if (end < 0) break;
      if (!endsKey(text, end)) continue;
      for (const secret of memberSecrets(text, text.lastIndexOf('"', at))) {
        found ??= [];
        found.push(secret);
      }
    }
  }
  return found === undefined ? undefined : together(found);
}

/** Whether a colon stands behind the quotation mark at `at`. */
function endsKey(text: string, at: number): boolean {
  let end = at + 1;
  while (text.charCodeAt(end) <= 32) end++;
  return text.charCodeAt(end) === 58;
}

const none: readonly Concealed[] = [];

/** The secrets of the member whose key begins with this quotation mark. */
function memberSecrets(text: string, start: number): readonly Concealed[] {
  const [pattern, further] = text.charAt(start - 1) === '\\' ? escapedMembers : members;
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (found === null) return none;
  const values = [found[3] ?? unescaped(found[2] ?? '')];
  if (found[0].includes('[')) {
    further.lastIndex = pattern.lastIndex;
    for (let next = further.exec(text); next !== null && values.length < mostValues; next = further.exec(text))
      values.push(unescaped(next[1] ?? ''));
  }
  // Most records hold a mask: the name of the key takes longer to judge.
  const shown = values.filter((value) => secretSort(value) === 'exposed');
  if (shown.length === 0 || !isSecretKey(found[1] ?? '')) return none;
  return shown.map((value) => conceal([value])).filter((secret) => secret !== undefined);
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // A control character that JSON forbids: the text as it stands.
    return text;
  }
}
