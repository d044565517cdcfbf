/** A rule as data, made into a fold that merges and is bounded like those of ftplog's own. */
import type { Exchange, Finding, Fold, Login, Outcome, Place, Rule, Session, Subject, Transfer } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { commandOf } from '../protocol/commands.ts';
import { byText, own, printable } from '../text.ts';
import { anything, type Compiler, clientTest, pathTest, patternTest, textTest } from './conditions.ts';
import type { Conditions, CustomRule } from './config.ts';
import { beat, crowded, mergePace, type Pace, pace } from './pace.ts';

/** What is counted of one subject. */
interface Matches {
  readonly pace: Pace;
  readonly client: string;
  readonly user: string;
  readonly session: string;
  /** Of the first match: what to name in the message. */
  first: { readonly time: number; readonly place: Place; readonly what: string };
}

export type Matching = BoundedMap<Matches>;

/** Subjects per rule; beyond it a sample of them is watched, the same in any order. */
const subjectLimit = 2000;
/** Characters of a path or argument that a message repeats. */
const whatChars = 80;

/** One thing that happened, as conditions look at it. */
interface Event {
  readonly session: Session;
  readonly user: string;
  readonly verb: string;
  readonly arg: string;
  readonly path: string;
  readonly code: number;
  readonly outcome: Outcome | '';
  readonly what: string;
  readonly time: number;
  readonly source: number;
  readonly line: number;
}

/** The rule. Patterns are compiled once. */
export function customRule(custom: CustomRule, compiler: Compiler): Rule<Matching> {
  const fits = eventTest(custom.match, compiler);
  const excepted = custom.except === undefined ? undefined : eventTest(custom.except, compiler);
  const look = (state: Matching, event: Event): void => {
    if (fits(event) && excepted?.(event) !== true) add(state, event, custom);
  };
  return {
    meta: custom.meta,
    create(): Fold<Matching, readonly Finding[]> {
      return {
        init: () => boundedMap(subjectLimit),
        ...eventsOf(custom, look),
        merge: (into, from): void => mergeBounded(into, from, join),
        finish: (state): readonly Finding[] => findings(state, custom),
      };
    },
  };
}

/** The part of the fold that takes the events of this rule. */
function eventsOf(
  { events, result }: CustomRule,
  look: (state: Matching, event: Event) => void,
): Partial<Fold<Matching, never>> {
  if (events === 'login') {
    return {
      login(state: Matching, l: Login): void {
        if (result === '' || (result === 'ok') === l.ok) look(state, loginEvent(l));
      },
    };
  }
  if (events === 'transfer') {
    return {
      transfer(state: Matching, t: Transfer): void {
        if (t.complete && (result === '' || result === t.direction)) look(state, transferEvent(t));
      },
    };
  }
  return {
    exchange(state: Matching, x: Exchange): void {
      if (x.asked) look(state, exchangeEvent(x));
    },
  };
}

function exchangeEvent(x: Exchange): Event {
  const { session, verb, arg, code, outcome, time, source, line } = x;
  const what = arg === '' ? verb : `${verb} ${arg}`;
  return { session, user: session.user, verb, arg, path: pathOf(x), code, outcome, what, time, source, line };
}

function loginEvent({ session, user, ok, code, time, source, line }: Login): Event {
  return {
    session,
    user,
    verb: '',
    arg: '',
    path: '',
    code,
    outcome: '',
    what: ok ? 'login' : 'failed login',
    time,
    source,
    line,
  };
}

function transferEvent({ session, path, direction, time, source, line }: Transfer): Event {
  return {
    session,
    user: session.user,
    verb: '',
    arg: '',
    path,
    code: 0,
    outcome: '',
    what: `${direction} of ${path}`,
    time,
    source,
    line,
  };
}

/** The path that a command names, as sent; '' where its argument is none. */
export function pathOf({ verb, arg }: Exchange): string {
  if (pathVerbs.has(verb)) return arg;
  return commandOf(verb)?.data === 'listing' && !arg.startsWith('-') ? arg : '';
}

const pathVerbs: ReadonlySet<string> = new Set(
  'RETR STOR APPE STOU DELE RMD XRMD MKD XMKD CWD XCWD SMNT RNFR RNTO SIZE MDTM MFMT MLST STAT XCRC XMD5 XSHA1 HASH'.split(
    ' ',
  ),
);

function eventTest(conditions: Conditions, compiler: Compiler): (event: Event) => boolean {
  const verbs = new Set(conditions.verbs);
  const { codes, outcomes, argument } = conditions;
  const argumentFits = argument === undefined ? anything : patternTest(argument, compiler);
  const paths = conditions.paths.length === 0 ? anything : nonEmpty(pathTest(conditions.paths, compiler));
  const clients = clientTest(conditions.clients, compiler);
  const users = conditions.users.length === 0 ? anything : nonEmpty(textTest(conditions.users, compiler));
  return (event) =>
    (verbs.size === 0 || verbs.has(event.verb)) &&
    (codes.length === 0 || codes.some((code) => String(event.code).startsWith(code))) &&
    (outcomes.length === 0 || outcomes.some((outcome) => outcome === event.outcome)) &&
    clients(event.session.client) &&
    users(event.user) &&
    paths(event.path) &&
    argumentFits(event.arg);
}

/** What is not known fits no pattern. */
function nonEmpty(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => text !== '' && test(text);
}

function add(state: Matching, event: Event, { per, windowMs }: CustomRule): void {
  const { id, client } = event.session;
  const known = per === 'client' ? client : per === 'user' ? event.user : '';
  // Without a clock a window is a session; without a name for the subject, so is the subject.
  const alone = known === '' || (windowMs > 0 && Number.isNaN(event.time));
  const matches = claim(state, alone ? `${known}\n${id}` : known, () => ({
    pace: pace(),
    client: own(per === 'user' && known !== '' ? '' : client),
    user: own(per === 'client' && known !== '' ? '' : event.user),
    session: known === '' ? id : '',
    first: { time: Number.NaN, place: { source: Number.MAX_SAFE_INTEGER, line: 0 }, what: '' },
  }));
  if (matches === undefined) return;
  const place = { source: event.source, line: event.line };
  beat(matches.pace, event.time, place);
  const first = { time: event.time, place, what: event.what };
  if (before(first, matches.first)) matches.first = { ...first, what: own(event.what.slice(0, whatChars)) };
}

function join(into: Matches, from: Matches): void {
  mergePace(into.pace, from.pace);
  if (before(from.first, into.first)) into.first = from.first;
}

/** By place: a total order that needs no clock. */
function before(a: Matches['first'], b: Matches['first']): boolean {
  return a.place.source < b.place.source || (a.place.source === b.place.source && a.place.line < b.place.line);
}

function findings(state: Matching, { meta, count, windowMs }: CustomRule): readonly Finding[] {
  return [...state.map]
    .sort((a, b) => byText(a[0], b[0]))
    .flatMap(([, { pace: matches, client, user, session, first }]) => {
      const run = crowded(matches, count, windowMs);
      if (run === undefined) return [];
      const subject: Subject = {
        ...(client === '' ? {} : { client }),
        ...(user === '' ? {} : { user }),
        ...(session === '' ? {} : { session }),
      };
      const times = run.count === 1 ? '' : `, ${run.count} times`;
      const message = `${meta.title.replace(/\.$/, '')}${times}; first '${printable(first.what)}'`;
      const { firstTime, lastTime, evidence } = run;
      return [
        {
          rule: meta.id,
          severity: meta.severity,
          message,
          subject,
          count: run.count,
          firstTime,
          lastTime,
          evidence,
          identity: '',
        },
      ];
    });
}
