/** Lays out the pages about replies: a code, two codes, a code as an answer, a line of a log. */
import { printable } from '../text.ts';
import type { Block, Document, Section, Tone } from './document.ts';
import { list, pairs, section, text } from './document.ts';
import type { AnswerPage, ComparisonPage, LinePage, LineReading, ReplyPage, SeenReply } from './pages.ts';
import { codeText } from './reply.ts';

/** Notes of servers shown in text; all of them are in the JSON. */
const practiceLimit = 14;

/** The page of a code. */
export function replyDocument(page: ReplyPage): Document {
  return {
    key: codeText(page.code),
    title: page.title,
    tone: toneOf(page.code),
    sections: [
      ...section('', pairs(replyFacts(page))),
      ...section('Meaning', text(page.meaning)),
      ...section('When you see it', text(page.seen)),
      ...section('What to do', list(page.whatToDo)),
      ...section('Which commands get it', ...eliciting(page)),
      ...section('What servers send', ...practice(page.practice)),
      ...section(
        'Easily confused with',
        pairs(page.confusedWith.map((other) => [codeText(other.code), other.difference])),
      ),
      ...section('Other meanings of the number', list(page.otherMeanings)),
      ...section('Sources', text(page.sources.join('; '))),
    ],
  };
}

function replyFacts(page: ReplyPage): readonly (readonly [string, string])[] {
  const { firstDigit, secondDigit } = page;
  const rows: [string, string][] = [
    ['Class', `${firstDigit.digits}, ${lower(firstDigit.name)}: ${firstDigit.meaning}`],
    ['Group', page.code < 100 ? lower(secondDigit.name) : `${secondDigit.digits}, ${lower(secondDigit.name)}`],
    ['Kind', page.kind],
    ['Ends session', page.endsSession],
    ['Fix needed', page.fix ? 'yes' : 'no'],
  ];
  if (page.status === 'historic') rows.push(['Status', 'historic: only RFCs that are no longer in force define it']);
  if (page.status === 'practice') rows.push(['Status', 'practice: programs use it, no RFC in force defines it']);
  return rows;
}

function eliciting({ elicitedBy }: ReplyPage): readonly Block[] {
  if (elicitedBy.any) return [text('Any command.')];
  const rows: [string, string][] = [];
  if (elicitedBy.specified.length > 0) rows.push(['By the RFCs', verbList(elicitedBy.specified)]);
  if (elicitedBy.practice.length > 0) rows.push(['In practice', verbList(elicitedBy.practice)]);
  return rows.length === 0 ? [text('None that is known.')] : [pairs(rows)];
}

/** `CWD, SITE with CHMOD and UMASK`: the subcommands of SITE together. */
function verbList(verbs: readonly string[]): string {
  const plain = verbs.filter((verb) => !verb.startsWith('SITE'));
  const site = verbs.filter((verb) => verb.startsWith('SITE ')).map((verb) => verb.slice(5));
  if (site.length > 20) plain.push('SITE with most subcommands');
  else if (site.length > 0) plain.push(`SITE with ${site.join(', ')}`);
  else if (verbs.includes('SITE')) plain.push('SITE');
  return plain.join(', ');
}

function practice(seen: readonly SeenReply[]): readonly Block[] {
  const rows = seen.slice(0, practiceLimit).map((entry): readonly [string, string] => {
    if (entry.verb === '') return [entry.program, entry.text];
    const who = entry.program === '' ? '' : ` (${entry.program})`;
    return [entry.verb, `${entry.text}${who}`];
  });
  const rest = seen.length - rows.length;
  return rest > 0 ? [pairs(rows), text(`${rest} more in --format json.`)] : [pairs(rows)];
}

/** Two codes side by side. */
export function comparisonDocument(page: ComparisonPage): Document {
  const [a, b] = page.codes.map(codeText) as [string, string];
  const names = page.names.map((name) => name || 'not defined');
  return {
    key: `${a} and ${b}`,
    title: `${names[0]} / ${names[1]}`,
    tone: 'plain',
    sections: [
      ...section('What both share', list(page.same)),
      ...section('Key differences', list(page.differences)),
      ...section('Side by side', { block: 'columns', head: [a, b], rows: page.rows }),
      ...section(
        'When to use which',
        pairs([
          [a, page.use[0]],
          [b, page.use[1]],
        ]),
      ),
      ...section(`What to do after ${a}`, list(page.whatToDo[0])),
      ...section(`What to do after ${b}`, list(page.whatToDo[1])),
      ...section('Traps', list(page.traps)),
      ...section('Sources', text(page.sources.join('; '))),
    ],
  };
}

/** A code as the answer to a command. */
export function answerDocument(page: AnswerPage): Document {
  return {
    key: `${page.verb} ${codeText(page.code)}`,
    title: page.name || 'not defined',
    tone: toneOf(page.code),
    sections: [
      ...section(
        '',
        pairs([
          ['Expected', standingText(page)],
          ['Kind', page.kind],
        ]),
      ),
      ...section('Meaning', text(page.meaning), text(page.next)),
      ...section('What to do', text(page.advice)),
      ...section('What servers send', list(page.notes)),
      ...section('See also', text(`ftplog explain ${codeText(page.code)}; ftplog explain ${page.verb}`)),
    ],
  };
}

function standingText({ standing, rfcs }: AnswerPage): string {
  const lists =
    rfcs.length === 0 ? 'no RFC lists replies of this command' : `not in the lists of RFC ${rfcs.join(', ')}`;
  switch (standing) {
    case 'specified':
      return 'yes, the specifications list it for the command';
    case 'historic':
      return 'in RFCs that are no longer in force';
    case 'common':
      return 'yes, servers answer any command with it';
    case 'practice':
      return `in practice: ${lists}, but servers send it`;
    default:
      return `no: ${lists}, and no server read for this reference sends it`;
  }
}

/** A line of a log. */
export function lineDocument(page: LinePage): Document {
  const { reading, reply: about, answer: pair } = page;
  const rows: [string, string][] = [
    ['Format', reading.dialect === '' ? reading.format : `${reading.dialect}: ${reading.format}`],
  ];
  rows.push(['Says', claimOf(reading)]);
  if (reading.client !== '') rows.push(['Client', printable(reading.client)]);
  if (reading.user !== '') rows.push(['User', printable(reading.user)]);
  if (reading.verb !== '') rows.push(['Command', printable(`${reading.verb} ${reading.arg}`.trimEnd())]);
  if (reading.code > 0) rows.push(['Reply', printable(`${codeText(reading.code)} ${reading.text}`.trimEnd())]);
  else if (reading.text !== '') rows.push(['Text', printable(reading.text)]);
  const advice = pair?.advice || (about?.whatToDo[0] ?? '');
  return {
    key: 'line',
    title: 'what the line says',
    tone: about === undefined ? 'plain' : toneOf(about.code),
    sections: [
      ...section('', pairs(rows)),
      ...meaningOf(page),
      ...section('What to do', text(advice)),
      ...section('What servers send', list(pair?.notes ?? [])),
      ...section('See also', text(seeAlso(page))),
    ],
  };
}

/** What sort of line it is, in words. */
function claimOf({ kind, outcome }: LineReading): string {
  const what = sorts.get(kind) ?? kind;
  if (outcome === '') return what;
  return `${what} that ${outcome === 'ok' ? 'succeeded' : 'failed'}`;
}

const sorts: ReadonlyMap<string, string> = new Map([
  ['open', 'a control connection was opened'],
  ['close', 'a control connection was closed'],
  ['command', 'a command'],
  ['reply', 'a reply'],
  ['reply-line', 'a reply, or a line of one'],
  ['exchange', 'a command and what came of it'],
  ['login', 'a login'],
  ['transfer', 'a transfer'],
]);

function meaningOf(page: LinePage): readonly Section[] {
  const { reply: about, verb: command, answer: pair } = page;
  const lines: string[] = [];
  if (command !== undefined) lines.push(`${command.verb} (${lower(command.name)}): ${command.summary}`);
  if (page.unknownSubcommand !== '')
    lines.push(`${printable(page.unknownSubcommand)} is a subcommand that no server read for this reference has.`);
  if (about !== undefined)
    lines.push(`${codeText(about.code)}, ${lower(about.name || about.title)}: ${pair?.meaning ?? about.meaning}`);
  if (pair !== undefined) lines.push(pair.next, `Expected: ${standingText(pair)}.`);
  return section('Meaning', ...lines.map(text));
}

function seeAlso(page: LinePage): string {
  const keys: string[] = [];
  if (page.reply !== undefined) keys.push(codeText(page.reply.code));
  if (page.verb !== undefined) keys.push(page.verb.verb);
  return keys.map((key) => `ftplog explain ${key}`).join('; ');
}

function toneOf(code: number): Tone {
  if (code >= 400 && code < 600) return 'bad';
  return code >= 200 && code < 300 ? 'good' : 'wait';
}

/** `System status` as `system status`; names such as `MD5` and `"PATHNAME"` stay. */
function lower(name: string): string {
  const second = name.charAt(1);
  return second !== '' && second === second.toUpperCase() ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
