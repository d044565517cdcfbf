/** From words on a command line to pages. */
import type { RuleMeta } from '../model.ts';
import { isVerb, verbs } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { printable } from '../text.ts';
import { comparisonPage } from './comparison.ts';
import { digitsPage, numberPage } from './digits.ts';
import type { LineReader } from './line.ts';
import { linePage } from './line.ts';
import type { Page } from './pages.ts';
import { replyPage } from './reply.ts';
import { suggestions } from './suggest.ts';
import { answerPage, verbPage } from './verb.ts';

/** What the pages need from the rest of the program, loaded when it is needed. */
export interface ExplainSources {
  readonly rules: () => Promise<readonly RuleMeta[]>;
  readonly lineReader: () => Promise<LineReader>;
}

/** What has no page, and why; one line for the user. */
export interface Refusal {
  readonly refusal: string;
}

/** Words between two codes that say nothing. */
const joiners: ReadonlySet<string> = new Set(['vs', 'vs.', 'versus', 'and']);

/** The pages of the words on the command line: two codes are compared, the rest explained one by one. */
export async function resolvePages(
  reference: Reference,
  words: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const said = words.length > 1 ? words.filter((word) => !joiners.has(word.toLowerCase())) : words;
  const keys = withSubcommand(said.length > 0 ? said : words);
  const [first = '', second = ''] = keys;
  if (keys.length === 2) {
    const pair = pairPage(reference, first, second);
    if (pair !== undefined) return [pair];
  }
  const pages: Page[] = [];
  for (const key of keys) {
    const page = simplePage(reference, key) ?? (await otherPage(reference, key, sources));
    if (page !== undefined) {
      pages.push(page);
      continue;
    }
    const near = suggestions(key, [...verbs, ...(await sources.rules()).map((rule) => rule.id)]);
    const asLine = words.length > 1 && near.length === 0;
    const whole = asLine ? linePage(reference, words.join(' '), await sources.lineReader()) : undefined;
    return whole === undefined ? unknown(key, near) : [whole];
  }
  return pages;
}

/** `SITE`, `CHMOD` as one word where that is a command. */
function withSubcommand(words: readonly string[]): readonly string[] {
  const keys: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const both = `SITE ${(words[i + 1] ?? '').toUpperCase()}`;
    if (word.toUpperCase() === 'SITE' && isVerb(both)) {
      keys.push(both);
      i++;
    } else keys.push(word);
  }
  return keys;
}

/** Two codes: their comparison. A command and a code: the code as its answer. */
function pairPage(reference: Reference, first: string, second: string): Page | undefined {
  const a = codeOf(first);
  const b = codeOf(second);
  if (a >= 0 && b >= 0) return a === b ? replyPage(reference, a) : comparisonPage(reference, a, b);
  if (b >= 0 && isVerb(first.toUpperCase())) return answerPage(reference, first.toUpperCase(), b);
  if (a >= 0 && isVerb(second.toUpperCase())) return answerPage(reference, second.toUpperCase(), a);
  return undefined;
}

function simplePage(reference: Reference, key: string): Page | undefined {
  const code = codeOf(key);
  if (code >= 0) return replyPage(reference, code);
  return verbPage(reference, key.toUpperCase()) ?? digitsPage(reference, key) ?? numberPage(reference, key);
}

async function otherPage(reference: Reference, key: string, sources: ExplainSources): Promise<Page | undefined> {
  const rule = (await sources.rules()).find(({ id }) => id === key.toLowerCase());
  if (rule !== undefined) return { page: 'rule', rule };
  const isLine = key.trim().includes(' ') || replyCode(key) > 0;
  return isLine ? linePage(reference, key, await sources.lineReader()) : undefined;
}

/** `214`, also as it stands in a log: `214-`. -1 for anything else, and for 700 and above. */
function codeOf(key: string): number {
  const digits = key.length === 4 && key.endsWith('-') ? key.slice(0, 3) : key;
  if (digits.length !== 3) return -1;
  for (const c of digits) if (c < '0' || c > '9') return -1;
  const code = Number(digits);
  return code < 700 ? code : -1;
}

function unknown(key: string, near: readonly string[]): Refusal {
  const shown = printable(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  if (key.trim().includes(' '))
    return { refusal: 'no reply and no command found in this line — see ftplog explain --help' };
  if (isNumber(key)) return { refusal: `'${shown}' is no reply code — three digits, the first of them 1 to 6` };
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `try ftplog explain --search ${shown}`;
  return { refusal: `no page for '${shown}' — ${hint}` };
}

function isNumber(key: string): boolean {
  return key.length > 0 && [...key].every((c) => c >= '0' && c <= '9');
}
