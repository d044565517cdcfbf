/** `ftplog explain`: pages of codes, commands, rules and lines of logs. */
import { comparisonPage } from '../explain/comparison.ts';
import { digitsPage, numberPage } from '../explain/digits.ts';
import { layOut } from '../explain/layout.ts';
import type { LineReader } from '../explain/line.ts';
import { linePage } from '../explain/line.ts';
import type { ListSort } from '../explain/list.ts';
import { listPage } from '../explain/list.ts';
import type { Page } from '../explain/pages.ts';
import { renderMarkdown } from '../explain/render-markdown.ts';
import { renderText } from '../explain/render-text.ts';
import { replyPage } from '../explain/reply.ts';
import { searchPage } from '../explain/search.ts';
import { suggestions } from '../explain/suggest.ts';
import { answerPage, verbPage } from '../explain/verb.ts';
import type { RuleMeta } from '../model.ts';
import { isVerb, verbs } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { printable } from '../text.ts';

/** Where the pages go. */
export interface ExplainIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly color: boolean;
  /** Columns of the terminal; 0 if unknown. */
  readonly width: number;
}

/** What the pages need from the rest of the program, loaded when it is needed. */
export interface ExplainSources {
  readonly rules: () => Promise<readonly RuleMeta[]>;
  readonly lineReader: () => Promise<LineReader>;
}

type Format = 'text' | 'json' | 'markdown';

interface Request {
  readonly words: readonly string[];
  readonly format: Format;
  readonly color: boolean;
  readonly list: boolean;
  readonly search: boolean;
  readonly help: boolean;
}

/** Something the user has to change; becomes one line on stderr and exit status 2. */
interface Refusal {
  readonly refusal: string;
}

const formats: readonly Format[] = ['text', 'json', 'markdown'];
const listSorts: readonly ListSort[] = ['codes', 'verbs', 'rules', 'programs'];
const joiners: ReadonlySet<string> = new Set(['vs', 'vs.', 'versus', 'and']);

const noSources: ExplainSources = {
  rules: async () => [],
  lineReader: async () => () => undefined,
};

/** What `ftplog explain --help` says. */
export const explainHelp = `Usage: ftplog explain [OPTIONS] CODE|VERB|RULE|LINE…

  ftplog explain 214               a reply code
  ftplog explain 214 221           two codes side by side
  ftplog explain RETR              a command; SITE CHMOD for a subcommand
  ftplog explain RETR 550          a code as the answer to a command
  ftplog explain bounce-port       a rule
  ftplog explain 5yz               all codes with that digit; x3z: second digit
  ftplog explain 'LINE'            a line of a log: its format, what it says and means

Options:
  --list [SORT]       everything that has a page; SORT: codes, verbs, rules
                      or programs (whose replies are quoted)
  --search WORDS      pages that hold these words, best first
  -f, --format NAME   text (default), json or markdown
  --color, --no-color
  -h, --help

Exit status: 0 explained, 2 unknown or wrong usage.
`;

/** Prints the pages asked for; resolves to the exit status: 0, or 2 for what has no page. */
export async function runExplain(
  argv: readonly string[],
  io: ExplainIo,
  sources: ExplainSources = noSources,
): Promise<number> {
  const request = parse(argv, io.color);
  if ('refusal' in request) return refuse(io, request.refusal);
  if (request.help) {
    io.stdout(explainHelp);
    return 0;
  }
  const { reference } = await import('../protocol/reference/index.ts');
  const pages = await answer(reference, request, sources);
  if ('refusal' in pages) return refuse(io, pages.refusal);
  io.stdout(render(pages, request, io.width));
  return pages.every(isKnown) ? 0 : 2;
}

function refuse(io: ExplainIo, refusal: string): number {
  io.stderr(`ftplog: ${refusal}\n`);
  return 2;
}

function parse(argv: readonly string[], color: boolean): Request | Refusal {
  const words: string[] = [];
  let request: Omit<Request, 'words'> = { format: 'text', color, list: false, search: false, help: false };
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const name = equals < 0 ? arg : arg.slice(0, equals);
    const value = equals < 0 ? '' : arg.slice(equals + 1);
    if (arg === '--') {
      words.push(...argv.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-' || (equals < 0 && arg.includes(' '))) words.push(arg);
    else if (name === '-h' || name === '--help') request = { ...request, help: true };
    else if (name === '--color') request = { ...request, color: true };
    else if (name === '--no-color') request = { ...request, color: false };
    else if (name === '--list' || name === '--search') {
      request = name === '--list' ? { ...request, list: true } : { ...request, search: true };
      if (value !== '') words.push(value);
    } else if (name === '-f' || name === '--format') {
      const format = formatOf(equals < 0 ? (argv[++i] ?? '') : value);
      if (format === undefined) return { refusal: `unknown format — one of ${formats.join(', ')}` };
      request = { ...request, format };
    } else return { refusal: `unknown option '${printable(name)}' — see ftplog explain --help` };
  }
  return { ...request, words };
}

function formatOf(text: string): Format | undefined {
  return formats.find((format) => format === text || (text === 'md' && format === 'markdown'));
}

async function answer(
  reference: Reference,
  request: Request,
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const { words } = request;
  if (request.list) return listed(reference, words, sources);
  if (words.length === 0) return { refusal: 'nothing to explain — see ftplog explain --help' };
  if (request.search) {
    const found = searchPage(reference, await sources.rules(), words.join(' '));
    if (found.hits.length > 0) return [found];
    return { refusal: `nothing found for '${printable(found.query)}' — fewer words find more` };
  }
  return explained(reference, words, sources);
}

async function listed(
  reference: Reference,
  words: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const only = listSorts.find((sort) => sort === words[0]) ?? '';
  if (words.length > 0 && only === '')
    return { refusal: `unknown list '${printable(words[0] ?? '')}' — one of ${listSorts.join(', ')}` };
  return [listPage(reference, await sources.rules(), only)];
}

async function explained(
  reference: Reference,
  words: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const keys = withSubcommand(words.filter((word) => !joiners.has(word.toLowerCase())));
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
    const whole = words.length > 1 ? linePage(reference, words.join(' '), await sources.lineReader()) : undefined;
    return whole === undefined ? unknown(key, await sources.rules()) : [whole];
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

function unknown(key: string, rules: readonly RuleMeta[]): Refusal {
  const shown = printable(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  if (key.trim().includes(' '))
    return { refusal: 'no reply and no command found in this line — see ftplog explain --help' };
  if (isNumber(key)) return { refusal: `'${shown}' is no reply code — three digits, the first of them 1 to 6` };
  const near = suggestions(key, [...verbs, ...rules.map((rule) => rule.id)]);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `try ftplog explain --search ${shown}`;
  return { refusal: `no page for '${shown}' — ${hint}` };
}

function isNumber(key: string): boolean {
  return key.length > 0 && [...key].every((c) => c >= '0' && c <= '9');
}

function isKnown(page: Page): boolean {
  if (page.page === 'reply') return page.known;
  if (page.page === 'comparison') return !page.names.includes('');
  return true;
}

function render(pages: readonly Page[], request: Request, width: number): string {
  if (request.format === 'json') return `${JSON.stringify(pages.length === 1 ? pages[0] : pages, undefined, 2)}\n`;
  const documents = pages.map(layOut);
  if (request.format === 'markdown') return documents.map((document) => renderMarkdown(document)).join('\n');
  const options = { width: width > 0 ? width : 80, color: request.color };
  return documents.map((document) => renderText(document, options)).join('\n');
}
