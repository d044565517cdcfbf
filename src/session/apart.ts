/**
 * Parts of the input that were analysed apart and merged: what logs of two parts tell of one event is in the tables and
 * findings of both, and cannot be taken out again. It is found, and said in the report. The answer depends on the set of
 * parts alone, not on the order in which they are merged.
 */
import { count, type Joins, joins, type Kind, kindNames } from './corroboration.ts';
import { isBefore, Likeness, type Log, type Told } from './likeness.ts';
import {
  type Fact,
  keepFact,
  keepSession,
  keptFacts,
  keptSessions,
  kindOf,
  tellAgain,
  type Witness,
  type Witnesses,
  witnesses,
} from './witnesses.ts';

/** What is known of the parts. Plain data. */
export interface Parts {
  /** That of the analysis itself comes first. */
  readonly told: Told[];
  /** They hold more than is kept. */
  full: boolean;
}

export function mergeParts(into: Parts, from: Parts): void {
  for (const part of from.told) if (part.logs.length > 0) into.told.push(part);
  if (!from.full && !isMore(into.told)) return;
  into.full = true;
  // Of the others no more is needed than that there are such parts.
  into.told.forEach((part, i) => {
    if (i > 0) into.told[i] = { ...part, kept: witnesses() };
  });
}

function isMore(parts: readonly Told[]): boolean {
  let sessions = 0;
  let facts = 0;
  for (const { kept } of parts) {
    sessions += kept.sessions.length;
    facts += kept.facts.chains.size;
  }
  return sessions > keptSessions || facts > keptFacts;
}

/** What several parts tell: `joined` are the events that count twice. */
export interface Apart extends Pick<Joins, 'joined' | 'undecided'> {
  /** There are parts that could not be compared. */
  readonly unknown: boolean;
}

export function tellApart({ told, full }: Parts, copies: (source: number, of: number) => boolean): Apart {
  const parts = told.filter(({ logs }) => logs.length > 0);
  const found = joins();
  if (parts.length < 2) return { ...found, unknown: false };
  if (full || isMore(parts)) return { ...found, unknown: true };
  parts.sort((a, b) => firstSource(a) - firstSource(b));
  const logs: Log[] = [];
  const kept = witnesses();
  const likeness = new Likeness(kept, logs, copies);
  const bits = new Map<string, number>();
  for (const part of parts) {
    const shift = logs.length;
    for (const log of part.logs) logs.push({ ...log, number: log.number + shift });
    compare(part, shift, bitsIn(part, bits), kept, likeness, found);
  }
  return { ...found, unknown: parts.some(({ whole }) => !whole) };
}

function firstSource({ logs }: Told): number {
  return Math.min(...logs.map((l) => l.source));
}

/** The bit here for each bit of a part. */
function bitsIn(part: Told, bits: Map<string, number>): (of: number) => number {
  const pairs: (readonly [number, number])[] = [];
  for (const [form, bit] of part.bits) {
    let here = bits.get(form);
    if (here === undefined) {
      here = 1 << Math.min(30, bits.size);
      bits.set(form, here);
    }
    pairs.push([bit, here]);
  }
  return (of) => pairs.reduce((all, [bit, here]) => ((of & bit) === 0 ? all : all | here), 0);
}

/** Compares a part with those before it, and then adds it to them. */
function compare(
  { kept: own }: Told,
  shift: number,
  here: (bits: number) => number,
  kept: Witnesses,
  likeness: Likeness,
  found: Joins,
): void {
  const sessions = own.sessions.map((s): Witness => {
    const [format, told] = [here(s.format), here(s.told)];
    return { ...s, at: -1, log: s.log + shift, client: likeness.nameOf(s.client), format, told };
  });
  own.sessions.forEach(({ of }, i) => {
    // Those of one part know one another.
    if (of !== undefined) (sessions[i] as Witness).of = sessions[of.at];
  });
  const fresh = new Set<Witness>();
  for (const s of sessions) {
    if (s.of !== undefined) continue;
    fresh.add(s);
    const same = likeness.original(s) ?? likeness.session(s, true);
    if (same !== undefined) likeness.join(s, same);
  }
  const left: number[] = [];
  const { facts } = own;
  for (let i = 0; i < facts.chains.size; i++) {
    const s = sessions[facts.sessions[i] as number] as Witness;
    const fact = factAt(own, i, s.log);
    const kind = kindNames[kindOf(fact.what)] as Kind;
    const first = likeness.fact(s, fact);
    if (first < 0) {
      if (likeness.twin !== undefined) count(found.undecided, kind, s, likeness.twin);
      left.push(i);
      continue;
    }
    const one = tellAgain(kept, first, s);
    count(found.joined, kind, s, one);
    const session = one.of ?? one;
    if (s.of === undefined && isBefore(session, s) && (s.guessed || (session.told & s.format) === 0))
      likeness.join(s, session);
  }
  for (const s of sessions) {
    if (s.of !== undefined && fresh.has(s)) count(found.joined, 'sessions', s, s.of);
    keepSession(kept, s);
  }
  for (const i of left) {
    const s = sessions[facts.sessions[i] as number] as Witness;
    keepFact(kept, factAt(own, i, facts.last[i] as number), s, here(facts.told[i] as number));
  }
}

function factAt({ facts }: Witnesses, i: number, log: number): Fact {
  return {
    what: facts.whats[i] as number,
    time: facts.times[i] as number,
    user: facts.users[i] as number,
    size: facts.sizes[i] as number,
    log,
  };
}
