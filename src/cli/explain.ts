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
import { type Command, command } from './command.ts';
import { withoutSecrets } from './discreet.ts';
import { type Asked, flag, last } from './flag.ts';
import { color, noColor } from './flags.ts';
import type { CliIo } from './io.ts';
import { terminalWidth, wantsColor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `PASS 230` asks for a reply. */
const wantsReply = /^\w+ \d{3}$/;
/** A line of a log, which may begin like an option: `---> RETR a`. */
const hasBlank = /^[^=]*\s/;

const listSorts: readonly ListSort[] = ['codes', 'verbs', 'rules', 'programs'];

const list = flag('list', {
  words: '[SORT]',
  help: 'everything that has a page; SORT: codes, verbs, rules or programs (whose replies are quoted)',
  complete: async () => listSorts,
  settle: wordsBehind,
});
const search = flag('search', { words: 'WORDS', help: 'pages that hold these words, best first', settle: wordsBehind });
const formats = ['text', 'json', 'markdown'] as const;
const format = flag('format', {
  short: 'f',
  value: 'NAME',
  help: 'text (default), json or markdown',
  complete: async () => formats,
  settle: last((typed) => (typed === 'md' ? 'markdown' : chosen('format', typed, formats)), formats[0]),
});
const flags = [list, search, format, color, noColor] as const;

interface Request {
  readonly words: readonly string[];
  readonly list: boolean;
  readonly search: boolean;
}

/** The command; `sources`: the rules and the log formats behind it. */
export function explainCommand(sources: ExplainSources): Command {
  return command({
    name: 'explain',
    usage: '[OPTIONS] CODE|VERB|RULE|LINE…',
    about: `  ftplog explain 214               a reply code
  ftplog explain 214 221           two codes side by side
  ftplog explain RETR              a command; SITE CHMOD for a subcommand
  ftplog explain RETR 550          a code as the answer to a command
  ftplog explain bounce-port       a rule
  ftplog explain 5yz               all codes with that digit; x3z: second digit
  ftplog explain 'LINE'            a line of a log: what it says and means`,
    flags,
    more: 'Exit status: 0 explained, 2 unknown or wrong usage.',
    isOperand: (word) => hasBlank.test(word),
    async run(asked, io): Promise<number> {
      const words = [...(asked.list ?? []), ...(asked.search ?? []), ...asked.operands];
      const { reference } = await import('../protocol/reference/index.ts');
      const request = {
        words: words.map((word) => (wantsReply.test(word) ? word : withoutSecrets(word))),
        list: asked.list !== undefined,
        search: asked.search !== undefined,
      };
      const pages = await answer(reference, request, sources);
      if ('refusal' in pages) throw new UsageError(pages.refusal);
      io.stdout.write(render(pages, asked, io));
      return pages.every(isKnown) ? 0 : 2;
    },
  });
}

/** The words that stand behind `=` of a switch; undefined if the switch is not there. */
function wordsBehind(values: readonly string[]): readonly string[] | undefined {
  return values.length === 0 ? undefined : values.filter((value) => value !== '');
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

function render(pages: readonly Page[], asked: Asked<typeof flags>, io: CliIo): string {
  if (asked.format === 'json') return `${JSON.stringify(pages.length === 1 ? pages[0] : pages, undefined, 2)}\n`;
  const documents = pages.map(layOut);
  if (asked.format === 'markdown') return documents.map((document) => renderMarkdown(document)).join('\n');
  const options = { width: terminalWidth(io), color: wantsColor(asked.color, io) };
  return documents.map((document) => renderText(document, options)).join('\n');
}
