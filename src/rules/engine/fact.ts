/** What rules keep of an event: plain facts, their order, and how they become evidence. */
import type {
  Ambiguous,
  EvidencePlace,
  Exchange,
  Finding,
  Login,
  Place,
  RuleMeta,
  Session,
  Severity,
  Subject,
  Transfer,
} from '../../model.ts';
import { earlier, later } from '../../monoid.ts';

/** Something that happened, with what is needed to say who did it and where it stands. */
export interface Fact {
  /** ms since the epoch; NaN where the log has no clock. */
  readonly time: number;
  readonly source: number;
  readonly line: number;
  readonly session: string;
  readonly dialect: string;
  readonly client: string;
  readonly user: string;
  /** What is special of this one: a path, a name, an address. */
  readonly note: string;
  /** 0 info … 4 critical. */
  readonly rank: number;
  /** The log says that it was done: a 2yz, or the daemon's own word. What was refused or got no answer was asked for. */
  readonly done: boolean;
}

/** All facts have one shape: they are compared by the hundred thousand. */
function fact(
  { id, dialect, client }: Session,
  time: number,
  source: number,
  line: number,
  note: string,
  rank: number,
  user: string,
  done: boolean,
): Fact {
  return { time, source, line, session: id, dialect, client, user, note, rank, done };
}

/** A fact of a line of this session. */
export function factAt(
  session: Session,
  at: { readonly time: number; readonly source: number; readonly line: number },
  note = '',
  rank = 0,
  user: string = session.user,
  done = true,
): Fact {
  return fact(session, at.time, at.source, at.line, note, rank, user, done);
}

/** A fact of an exchange; `line`: where another line than the command's shows it. */
export function exchangeFact(x: Exchange, note = '', rank = 0, line: number = x.line): Fact {
  const { session } = x;
  return fact(session, x.time, x.source, line, note, rank, session.user, x.outcome === 'completed');
}

/** A fact of a login. The rules on logins ask for the same one in turn, and share it. */
export function loginFact(l: Login, note = '', rank = 0): Fact {
  if (note !== '' || rank !== 0) return factAt(l.session, l, note, rank, l.user, l.ok);
  l.fact ??= factAt(l.session, l, '', 0, l.user, l.ok);
  return l.fact as Fact;
}

export function transferFact(t: Transfer, note = '', rank = 0): Fact {
  return factAt(t.session, t, note, rank, t.session.user, t.complete);
}

export function ambiguousFact(a: Ambiguous, note = '', rank = 0): Fact {
  const { time, source, line, dialect, client } = a;
  return { time, source, line, session: '', dialect, client, user: '', note, rank, done: true };
}

/** By time; facts without a time after all others; then by source and line. A total order, so that shards agree. */
export function inOrder(a: Fact, b: Fact): number {
  const x = a.time;
  const y = b.time;
  if (x < y) return -1;
  if (x > y) return 1;
  // One of them at least is no time.
  if (x !== y && Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return byPlace(a, b) || (a.note < b.note ? -1 : a.note > b.note ? 1 : 0);
}

/** The gravest first, then in order. */
export function worstFirst(a: Fact, b: Fact): number {
  return b.rank - a.rank || inOrder(a, b);
}

export function byPlace(a: Place, b: Place): number {
  return a.source - b.source || a.line - b.line;
}

const evidenceLimit = 10;

/**
 * Places of the triggers and of the samples, without repetition, in the order of the log, at most ten. Triggers go first,
 * then the most telling samples: give those first.
 */
export function placesOf(triggers: readonly Fact[], samples: readonly Fact[]): readonly EvidencePlace[] {
  const kept: EvidencePlace[] = [];
  for (const fact of triggers) addPlace(kept, fact, 'trigger');
  for (const fact of samples) addPlace(kept, fact, 'sample');
  return kept.sort(byPlace);
}

function addPlace(kept: EvidencePlace[], { source, line, session }: Fact, role: EvidencePlace['role']): void {
  if (kept.length >= evidenceLimit) return;
  for (let i = 0; i < kept.length; i++) if (kept[i]?.line === line && kept[i]?.source === source) return;
  kept.push({ source, line, role, session });
}

/** First, worst and last of facts that are in order. */
function tellingFacts(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length <= evidenceLimit) return facts;
  return [...facts.slice(0, 3), ...facts.slice(-3), worstOf(facts), ...facts.slice(3, 6)];
}

/** The gravest of facts that are in order, the first of several. */
function worstOf(facts: readonly Fact[]): Fact {
  return facts.reduce((worst, f) => (f.rank > worst.rank ? f : worst));
}

/** Subject of a finding; a session is named where the client is unknown. */
export function subjectOf(client: string, user: string, session = ''): Subject {
  return {
    ...(client === '' ? {} : { client }),
    ...(user === '' ? {} : { user }),
    ...(client === '' && session !== '' ? { session } : {}),
  };
}

/** What {@link findingOf} cannot know by itself. */
export interface FindingParts {
  readonly message: string;
  readonly subject: Subject;
  /** In order. */
  readonly facts: readonly Fact[];
  /** Facts without which there would be no finding: they are shown whatever else is cut. Default: the gravest, the first of several. */
  readonly triggers?: readonly Fact[];
  readonly severity?: Severity;
  /** Default: the number of facts, which must then be all there were. */
  readonly count?: number;
  readonly identity?: string;
}

/** A finding about facts that are in order. */
export function findingOf(meta: RuleMeta, parts: FindingParts): Finding {
  let firstTime = Number.NaN;
  let lastTime = Number.NaN;
  for (const f of parts.facts) {
    firstTime = earlier(firstTime, f.time);
    lastTime = later(lastTime, f.time);
  }
  return {
    rule: meta.id,
    severity: parts.severity ?? meta.severity,
    message: parts.message,
    subject: parts.subject,
    count: parts.count ?? parts.facts.length,
    firstTime,
    lastTime,
    evidence: placesOf(
      parts.triggers ?? (parts.facts.length === 0 ? [] : [worstOf(parts.facts)]),
      tellingFacts(parts.facts),
    ),
    identity: parts.identity ?? '',
  };
}

/** `1 file`, `3 files`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `did` where the log says of all facts that they were done, else `asked`: an unanswered command is a wish. */
export function doneOrAsked(facts: readonly Fact[], did: string, asked: string): string {
  return facts.every((f) => f.done) ? did : asked;
}

/** How many different things there were. `atLeast`: counting stopped there. */
export interface Distinct {
  readonly n: number;
  readonly atLeast: boolean;
}

/**
 * Up to `limit` different notes, quoted, as `'a', 'b' and 3 more`. `distinct`: how many there were, where `facts` are
 * only those that were kept.
 */
export function listed(facts: readonly Fact[], limit = 3, distinct?: Distinct): string {
  const notes = [...new Set(facts.map((f) => f.note))].filter((n) => n !== '');
  const shown = notes.slice(0, limit).map((n) => `'${short(n)}'`);
  const more = Math.max(notes.length, distinct?.n ?? 0) - shown.length;
  if (more <= 0) return shown.join(', ');
  return `${shown.join(', ')} and ${distinct?.atLeast === true ? 'at least ' : ''}${more} more`;
}

/** At most 60 characters, visibly cut; control characters do not reach the message. */
export function short(text: string): string {
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    out += code < 32 || (code >= 127 && code < 160) ? `\\x${code.toString(16).padStart(2, '0')}` : c;
    if (out.length >= 60) return `${out}…`;
  }
  return out.toWellFormed();
}
