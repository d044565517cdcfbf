/** The page of a command, and the page of a code as its answer. */
import { replyAdvice } from '../protocol/advice.ts';
import type { CommandSpec } from '../protocol/commands.ts';
import { accepts, commandOf } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import type { CommandText } from '../protocol/reference/types.ts';
import { classOf, kindOf, replyName } from '../protocol/replies.ts';
import type { AnswerPage, VerbPage, VerbReply } from './pages.ts';
import { programNames, replyPage } from './reply.ts';

/** RFC 959 §6, RFC 2228 §9 in words. */
const diagrams: Readonly<Record<CommandSpec['diagram'], string>> = {
  D1: 'one final reply',
  D2: 'an optional 1yz, then one final reply',
  rename: 'RNFR gets 350, then RNTO gets the final reply',
  restart: '350, then the transfer command gets the replies',
  login: '2yz: logged in; 3yz: the next command of the login has to follow',
  security: '2yz: done; 3yz: ADAT has to follow',
  wrapped: 'the reply of the wrapped command, inside a 631, 632 or 633',
  mail: '354 or 350, then the text, then one final reply',
};

const dataUses: Readonly<Record<Exclude<CommandSpec['data'], ''>, string>> = {
  upload: 'a file from client to server',
  download: 'a file from server to client',
  listing: 'a listing from server to client',
};

/** The page of a verb in upper case, `SITE CHMOD` for a subcommand; undefined if there is none. */
export function verbPage(reference: Reference, verb: string): VerbPage | undefined {
  const spec = commandOf(verb);
  const text = reference.commands.get(verb);
  if (spec === undefined || text === undefined) return undefined;
  return {
    page: 'verb',
    verb,
    name: spec.name,
    syntax: text.syntax,
    summary: text.summary,
    status: spec.status,
    since: text.since,
    rfcs: spec.rfcs,
    login: spec.login,
    data: spec.data === '' ? '' : dataUses[spec.data],
    diagram: diagrams[spec.diagram],
    secret: secretOf(spec),
    aliasOf: text.aliasOf ?? '',
    feat: text.feat ?? '',
    effect: text.effect ?? '',
    before: text.before ?? [],
    after: text.after ?? [],
    duringTransfer: text.duringTransfer ?? false,
    replies: repliesOf(reference, spec, text),
    risks: text.risks ?? [],
    notes: text.notes ?? [],
    gaps: text.gaps ?? '',
    source: text.source,
  };
}

/** What a code means as the answer to a command. The verb must be known. */
export function answerPage(reference: Reference, verb: string, code: number): AnswerPage {
  const reply = replyPage(reference, code);
  const notes: string[] = [];
  for (const note of reference.commands.get(verb)?.practice ?? []) {
    if (note.code !== code) continue;
    const who = programNames(reference, note.programs) || (note.source ?? '');
    notes.push(who === '' ? note.note : `${note.note} (${who})`);
  }
  return {
    page: 'answer',
    verb,
    code,
    name: replyName(code),
    class: classOf(code),
    kind: kindOf(code, verb),
    standing: standingOf(verb, code),
    rfcs: commandOf(verb)?.rfcs ?? [],
    meaning: readingOf(reference, verb, code) || reply.meaning,
    next: nextOf(verb, code),
    advice: replyAdvice(code, verb),
    notes,
  };
}

function readingOf(reference: Reference, verb: string, code: number): string {
  return reference.readings.find((reading) => reading.code === code && reading.verbs.includes(verb))?.meaning ?? '';
}

function standingOf(verb: string, code: number): AnswerPage['standing'] {
  const spec = commandOf(verb);
  // A reply to any command by RFC 959 §4.2.1, and around any by RFC 2228 §5.2.
  if (code === 421 || classOf(code) === 'protected') return 'specified';
  // Of what vendors and drafts add, servers are all the specification there is.
  if (spec?.replies.includes(code)) return spec.rfcs.length > 0 ? bySpecification(spec) : 'practice';
  if (spec?.historic.includes(code)) return 'historic';
  if (spec?.practice.includes(code)) return 'practice';
  return accepts(verb, code) ? 'common' : 'unexpected';
}

/** RFC 1123, which is in force, wants servers to take the X verbs. */
function bySpecification({ status, rfcs }: CommandSpec): AnswerPage['standing'] {
  return status === 'historic' && !rfcs.includes(1123) ? 'historic' : 'specified';
}

/** The state diagrams of RFC 959 §6: what the first digit means for this command. */
function nextOf(verb: string, code: number): string {
  const diagram = commandOf(verb)?.diagram;
  switch (classOf(code)) {
    case 'preliminary':
      return diagram === 'D2' ? 'The transfer runs: a final reply has to follow.' : 'A final reply has to follow.';
    case 'completion':
      if (verb === 'QUIT' && code === 221) return 'The session is over.';
      return 'The command is done.';
    case 'intermediate':
      return intermediate(verb, code);
    case 'protected':
      return 'The reply inside tells the outcome.';
    case '':
      return '';
    default:
      return code === 421 ? 'The command failed, and the session is over as a rule.' : 'The command failed.';
  }
}

function intermediate(verb: string, code: number): string {
  if (code === 331 || code === 336) return 'PASS has to follow.';
  if (code === 332) return 'ACCT has to follow.';
  if (code === 334 || code === 335) return 'ADAT has to follow.';
  if (verb === 'RNFR') return 'RNTO has to follow at once.';
  if (verb === 'SITE CPFR') return 'SITE CPTO has to follow.';
  if (verb === 'REST' || verb === 'RANG') return 'RETR, STOR or APPE has to follow.';
  return 'The next command of the group has to follow.';
}

function secretOf(spec: CommandSpec): string {
  if (spec.secretFrom === 0) return '';
  if (spec.secretFrom === 1) return 'the argument; ftplog shows it as ***';
  return `from word ${spec.secretFrom - 1} after the subcommand on; ftplog shows it as ***`;
}

function repliesOf(reference: Reference, spec: CommandSpec, text: CommandText): readonly VerbReply[] {
  const replies: VerbReply[] = [];
  for (const code of [...spec.replies, ...spec.practice, ...spec.historic].sort((a, b) => a - b)) {
    const note = text.practice?.find((entry) => entry.code === code);
    replies.push({
      code,
      name: replyName(code),
      class: classOf(code),
      specified: spec.replies.includes(code),
      note: note?.note ?? '',
      programs: note === undefined ? [] : note.programs.map((id) => programNames(reference, [id])),
    });
  }
  return replies;
}
