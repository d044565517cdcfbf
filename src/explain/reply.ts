/** The page of a reply code, from the tables and the reference. */
import { replyAdvice } from '../protocol/advice.ts';
import { commandOf, verbs } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import type { PracticeNote, ReplyText } from '../protocol/reference/types.ts';
import { classOf, kindOf, replyOf } from '../protocol/replies.ts';
import type { Confusion, Digits, Eliciting, ReplyPage, SeenReply } from './pages.ts';

/** Codes that any command may get: RFC 959 §4.2.1 and §5.4, RFC 2228 §5.2. */
const anyCommand: ReadonlySet<number> = new Set([421, 500, 501, 502, 530, 631, 632, 633]);

/** The page of a code, 0 to 699; a code that nobody defines is explained by its digits. */
export function replyPage(reference: Reference, code: number): ReplyPage {
  const firstDigit = digitsOf(reference.firstDigits, Math.floor(code / 100));
  const seconds = code < 100 ? [reference.oldSecondDigit] : reference.secondDigits;
  const secondDigit = digitsOf(seconds, code < 100 ? 0 : Math.floor(code / 10) % 10);
  const text = reference.replies.get(code);
  if (text === undefined) return unknownPage(reference, code, firstDigit, secondDigit);
  const spec = replyOf(code);
  return {
    page: 'reply',
    code,
    known: true,
    name: spec?.name ?? '',
    title: text.title,
    class: classOf(code),
    kind: code === 0 ? 'informational' : kindOf(code, ''),
    status: spec?.status ?? '',
    firstDigit,
    secondDigit,
    meaning: text.meaning,
    seen: text.seen,
    fix: text.fix,
    endsSession: endsSession(code),
    whatToDo: whatToDo(text, spec?.status === 'historic'),
    elicitedBy: elicitedBy(reference, code),
    practice: practiceOf(reference, text),
    confusedWith: confusedWith(reference, code),
    otherMeanings: text.otherMeanings ?? [],
    sources: text.sources,
  };
}

/** Three digits, as on the wire. */
export function codeText(code: number): string {
  return String(code).padStart(3, '0');
}

/** Names of programs for people. */
export function programNames(reference: Reference, ids: readonly string[]): string {
  return ids.map((id) => reference.programs.get(id)?.name ?? id).join(', ');
}

function unknownPage(reference: Reference, code: number, firstDigit: Digits, secondDigit: Digits): ReplyPage {
  const first = reference.firstDigits[Math.floor(code / 100)];
  return {
    page: 'reply',
    code,
    known: false,
    name: '',
    title: 'not defined by any RFC or by any server known here',
    class: classOf(code),
    kind: kindOf(code, ''),
    status: '',
    firstDigit,
    secondDigit,
    meaning: `By its first digit it is a ${firstDigit.name.toLowerCase()}: ${firstDigit.meaning}. The second digit, ${secondDigit.digits}, stands for: ${secondDigit.meaning}.`,
    seen: 'From a server with a code table of its own. Unknown codes are legal: a client decides by the first digit alone (RFC 1123 §4.1.2.11).',
    fix: code >= 400 && code < 600,
    endsSession: 'no',
    whatToDo: [first?.todo ?? 'Read the text.'],
    elicitedBy: elicitedBy(reference, code),
    practice: [],
    confusedWith: [],
    otherMeanings: [],
    sources: ['RFC 959 §4.2', 'RFC 1123 §4.1.2.11'],
  };
}

function digitsOf(list: readonly Digits[], digit: number): Digits {
  const { digits, name, meaning } = list[digit] ?? { digits: '', name: '', meaning: '' };
  return { digits, name, meaning };
}

function endsSession(code: number): string {
  if (code === 221) return 'yes, unless it answers STAT (FileZilla Server 1.x)';
  if (code === 421) return 'as a rule; some servers send it and go on, so look for the close itself';
  return 'no';
}

function whatToDo(text: ReplyText, historic: boolean): readonly string[] {
  const advice = historic ? '' : replyAdvice(text.code, '');
  return advice === '' ? text.todo : [advice, ...text.todo];
}

/** From RFC-defined commands: specified. From all others, and what servers send beyond the lists: practice. */
function elicitedBy(reference: Reference, code: number): Eliciting {
  const specified: string[] = [];
  const practice: string[] = [];
  for (const event of reference.events) {
    if (event.specified.includes(code)) specified.push(event.name);
    if (event.practice.some((note) => note.code === code)) practice.push(event.name);
  }
  for (const verb of verbs) {
    const spec = commandOf(verb);
    if (spec === undefined) continue;
    const byRfc = spec.status === 'standard' || spec.status === 'historic';
    if (spec.replies.includes(code) || spec.historic.includes(code)) (byRfc ? specified : practice).push(verb);
    else if (spec.practice.includes(code)) practice.push(verb);
  }
  return { any: anyCommand.has(code), specified, practice };
}

/** First what the page itself quotes, then the notes of the commands. */
function practiceOf(reference: Reference, text: ReplyText): readonly SeenReply[] {
  const seen: SeenReply[] = [];
  for (const note of text.programs ?? []) {
    seen.push({ program: programNames(reference, [note.program]), verb: '', text: note.text });
  }
  for (const event of reference.events) addNotes(reference, seen, text.code, event.name, event.practice);
  for (const [verb, command] of reference.commands) addNotes(reference, seen, text.code, verb, command.practice ?? []);
  return seen;
}

function addNotes(
  reference: Reference,
  seen: SeenReply[],
  code: number,
  verb: string,
  notes: readonly PracticeNote[],
): void {
  for (const note of notes) {
    if (note.code !== code) continue;
    const program = programNames(reference, note.programs) || (note.source ?? '');
    seen.push({ program, verb, text: note.note });
  }
}

function confusedWith(reference: Reference, code: number): readonly Confusion[] {
  const confusions: Confusion[] = [];
  for (const pair of reference.pairs) {
    const [a, b] = pair.codes;
    if (a !== code && b !== code) continue;
    const other = a === code ? b : a;
    const note = pair.note === undefined ? '' : ` ${pair.note}`;
    confusions.push({ code: other, name: replyOf(other)?.name ?? '', difference: pair.difference + note });
  }
  return confusions;
}
