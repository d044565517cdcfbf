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
import { searchPage } from './search.ts';
import { suggestions } from './suggest.ts';
import { answerPage, verbPage } from './verb.ts';
import { keyWords } from './words.ts';

/** What the pages need from the rest of the program, loaded when it is needed. */
export interface ExplainSources {
  readonly rules: () => Promise<readonly RuleMeta[]>;
  readonly lineReader: () => Promise<LineReader>;
}

/** What has no page, and why; one line for the user. */
export interface Refusal {
  readonly refusal: string;
}

/**
 * The pages of what was typed or pasted: two codes are compared, a command and a code explained together, other keys one
 * by one, and what is no key is read as a line of a log, as a command with its argument, or searched for.
 */
export async function resolvePages(
  reference: Reference,
  words: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const text = words.join(' ').trim();
  const keys = withSubcommand(keyWords(words));
  const quoted = isQuoted(words);
  const pages = quoted && !isPlainQuestion(keys) ? undefined : await keyPages(reference, keys, sources);
  if (pages !== undefined) return pages;
  const missed = await missedKey(reference, keys, sources);
  // Behind a command stands its argument, and in a quoted line anything; else a word that is nearly a key is a slip.
  const isSlip = !quoted && missed.near.length > 0 && !isVerb((keys[0] ?? '').toUpperCase());
  return (
    (isSlip ? undefined : await linePages(reference, text, keys, sources)) ??
    (isSlip && (keys.length > 1 || text.includes('-')) ? undefined : await searched(reference, text, sources)) ??
    unknown(text, missed.key === '' ? text : missed.key, missed.near)
  );
}

/** The first key without a page, and what may be meant. */
async function missedKey(
  reference: Reference,
  keys: readonly string[],
  sources: ExplainSources,
): Promise<{ readonly key: string; readonly near: readonly string[] }> {
  const rules = await sources.rules();
  const key = keys.find((each) => simplePage(reference, each) === undefined && !rules.some(({ id }) => id === each));
  if (key === undefined) return { key: keys[0] ?? '', near: [] };
  return { key, near: suggestions(key, [...verbs, ...rules.map((rule) => rule.id)]) };
}

/** One argument of several words: a line of a log, unless it holds nothing but keys. */
function isQuoted(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] ?? '').trim().includes(' ');
}

/** Codes only, or one command with codes: nobody logs that. */
function isPlainQuestion(keys: readonly string[]): boolean {
  return keys.filter((key) => codeOf(key) < 0).every((key) => isVerb(key.toUpperCase())) && verbsIn(keys) <= 1;
}

function verbsIn(keys: readonly string[]): number {
  return keys.filter((key) => isVerb(key.toUpperCase())).length;
}

/** A page for each key; undefined if one has none. */
async function keyPages(
  reference: Reference,
  keys: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | undefined> {
  const [first, second = ''] = keys;
  if (first === undefined) return undefined;
  const pair = keys.length === 2 ? pairPage(reference, first, second) : undefined;
  if (pair !== undefined) return [pair];
  const pages: Page[] = [];
  for (const key of keys) {
    const page = simplePage(reference, key) ?? (await rulePage(key, sources));
    if (page === undefined) return undefined;
    pages.push(page);
  }
  return pages;
}

/** The text as a line of a log. A command may be typed in lower case, and its reply code stand at the end: `auth tls 234`. */
async function linePages(
  reference: Reference,
  text: string,
  keys: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | undefined> {
  if (!text.includes(' ') && replyCode(text) === 0) return undefined;
  const [first = ''] = keys;
  const verb = first.toUpperCase();
  const code = codeOf(keys[keys.length - 1] ?? '');
  const command = isVerb(verb) && text.toUpperCase().startsWith(verb);
  if (command && code >= 100 && keys.length > 2) return [answerPage(reference, verb, code)];
  const line = command ? `${verb}${text.slice(verb.length)}` : text;
  const page = linePage(reference, line, await sources.lineReader());
  return page === undefined ? undefined : [page];
}

/** Pages that hold all of the words. */
async function searched(
  reference: Reference,
  text: string,
  sources: ExplainSources,
): Promise<readonly Page[] | undefined> {
  const found = searchPage(reference, await sources.rules(), text, { whole: true });
  return found.hits.length === 0 ? undefined : [found];
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

async function rulePage(key: string, sources: ExplainSources): Promise<Page | undefined> {
  const rule = (await sources.rules()).find(({ id }) => id === key.toLowerCase());
  return rule === undefined ? undefined : { page: 'rule', rule };
}

/** `214`, also as it stands in a log: `214-`. -1 for anything else, and for 700 and above. */
function codeOf(key: string): number {
  const digits = key.length === 4 && key.endsWith('-') ? key.slice(0, 3) : key;
  if (digits.length !== 3) return -1;
  for (const c of digits) if (c < '0' || c > '9') return -1;
  const code = Number(digits);
  return code < 700 ? code : -1;
}

function unknown(text: string, key: string, near: readonly string[]): Refusal {
  const shown = printable(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  if (near.length === 0 && text.includes(' '))
    return { refusal: 'no reply, no command and no page found for this text — see ftplog explain --help' };
  if (isNumber(key)) return { refusal: `'${shown}' is no reply code — three digits, the first of them 1 to 6` };
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'see ftplog explain --list';
  return { refusal: `no page for '${shown}' — ${hint}` };
}

function isNumber(key: string): boolean {
  return key.length > 0 && [...key].every((c) => c >= '0' && c <= '9');
}
