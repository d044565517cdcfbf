/** `ftplog explain`: pages of codes, commands, rules and lines of logs. */
import { layOut } from '../explain/layout.ts';
import type { ListSort } from '../explain/list.ts';
import { listPage } from '../explain/list.ts';
import type { Page } from '../explain/pages.ts';
import { renderMarkdown } from '../explain/render-markdown.ts';
import { renderText } from '../explain/render-text.ts';
import type { ExplainSources, Refusal } from '../explain/resolve.ts';
import { resolvePages } from '../explain/resolve.ts';
import { searchPage } from '../explain/search.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { printable } from '../text.ts';
import { chosen } from './choice.ts';
import { withoutSecrets } from './discreet.ts';
import { optionHint } from './flag.ts';
import { colorOf, general, whenColored } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** Where the pages go. */
export interface ExplainIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** As the environment and the terminal say. */
  readonly color: boolean;
  /** Columns of the terminal; 0 if unknown. */
  readonly width: number;
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

/** `PASS 230` asks for a reply. */
const asked = /^\w+ \d{3}$/;

const formats: readonly Format[] = ['text', 'json', 'markdown'];
const options = ['list', 'search', 'format', 'color', 'no-color', 'help'];
const listSorts: readonly ListSort[] = ['codes', 'verbs', 'rules', 'programs'];

const noSources: ExplainSources = {
  rules: async () => [],
  lineReader: async () => () => undefined,
};

/** What `ftplog explain --help` says. */
export const explainHelp: string = `Usage: ftplog explain [OPTIONS] CODE|VERB|RULE|LINE…

  ftplog explain 214               a reply code
  ftplog explain 214 221           two codes side by side
  ftplog explain RETR              a command; SITE CHMOD for a subcommand
  ftplog explain RETR 550          a code as the answer to a command
  ftplog explain bounce-port       a rule
  ftplog explain 5yz               all codes with that digit; x3z: second digit
  ftplog explain 'LINE'            a line of a log: what it says and means

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
  try {
    return await explain(argv, io, sources);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refuse(io, error.message);
  }
}

async function explain(argv: readonly string[], io: ExplainIo, sources: ExplainSources): Promise<number> {
  const request = parse(argv, io.color);
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

function parse(argv: readonly string[], color: boolean): Request {
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
    else if (name === '--color') {
      if (equals >= 0) chosen("value of '--color'", value, whenColored);
      request = { ...request, color: colorOf(value) ?? color };
    } else if (name === '--no-color') request = { ...request, color: false };
    else if (name === '--list' || name === '--search') {
      request = name === '--list' ? { ...request, list: true } : { ...request, search: true };
      if (value !== '') words.push(value);
    } else if (name === '-f' || name === '--format') {
      const typed = equals < 0 ? (argv[++i] ?? '') : value;
      request = { ...request, format: typed === 'md' ? 'markdown' : chosen('format', typed, formats) };
    } else if (!general.has(name.replace(/^-+/, '')))
      throw new UsageError(
        `unknown option '${name}'${optionHint(name.replace(/^-+/, ''), options, 'ftplog explain --help')}`,
      );
  }
  return { ...request, words: words.map((word) => (asked.test(word) ? word : withoutSecrets(word))) };
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
  return resolvePages(reference, words, sources);
}

async function listed(
  reference: Reference,
  words: readonly string[],
  sources: ExplainSources,
): Promise<readonly Page[] | Refusal> {
  const [word] = words;
  const only = word === undefined ? '' : chosen('list', word, listSorts);
  return [listPage(reference, await sources.rules(), only)];
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
