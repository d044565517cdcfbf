/**
 * Rules for which one sighting is enough: what was seen is gathered to one finding per client, account, user or source,
 * with the number of sightings and the first, the worst and the last of them.
 */
import type { Ambiguous, Exchange, Finding, Login, RuleFold, RuleMeta, Severity, Transfer } from '../../model.ts';
import { type BoundedMap, boundedMap, claim, earlier, later, mergeBounded } from '../../monoid.ts';
import { rankOf, severityOf } from '../../severity.ts';
import { byText, hash32 } from '../../text.ts';
import { breakOff, type Course, goesOn, newCourse } from '../engine/course.ts';
import {
  ambiguousFact,
  type Distinct,
  exchangeFact,
  type Fact,
  inOrder,
  listed,
  loginFact,
  placesOf,
  subjectOf,
  transferFact,
  worstFirst,
} from '../engine/fact.ts';
import { type GatedRule, type Occasions, occasionsOf } from '../engine/gates.ts';
import { type Hooks, hooksOf, newSlot, type Remembering } from '../engine/memory.ts';
import { inForce, type ThresholdsOf } from '../engine/thresholds.ts';

/** Whom a finding is about: `account` is a user at a client; where the client is unknown, the source stands for it. */
export type GroupBy = 'client' | 'account' | 'user' | 'source';

/** All sightings about one subject. */
export interface Group {
  readonly client: string;
  readonly user: string;
  count: number;
  /** The smallest hashes of the notes, in order: how many different ones there were, up to {@link distinctLimit}. */
  readonly notes: number[];
  /** Some sightings were only counted: there may be more different notes. */
  unnamed: boolean;
  firstTime: number;
  lastTime: number;
  /** Each in its order, a few at most. */
  readonly first: Fact[];
  readonly worst: Fact[];
  readonly last: Fact[];
  /** What a later sighting must be graver than to be among the worst. */
  worstRank: number;
}

export interface Sightings extends BoundedMap<Group> {
  readonly course: Course;
}

/** Findings per rule before the rest is only counted. */
const groupLimit = 10_000;

export function sightings(): Sightings {
  return { ...boundedMap<Group>(groupLimit), course: newCourse() };
}

const firstLimit = 4;
const otherLimit = 3;
/** Different notes that are counted exactly. */
export const distinctLimit = 64;

/** Adds one sighting; `times`: how many events it stands for. */
export function sight(state: Sightings, by: GroupBy, fact: Fact, times = 1): Group | undefined {
  const key = keyOf(by, fact);
  const group = state.map.get(key) ?? claim(state, key, () => groupOf(by, fact));
  if (group === undefined) return undefined;
  group.count += times;
  if (fact.note !== '') addDistinct(group.notes, hash32(fact.note));
  group.firstTime = earlier(group.firstTime, fact.time);
  group.lastTime = later(group.lastTime, fact.time);
  const { first, worst, last } = group;
  const follows = goesOn(state.course, fact);
  if (!follows || first.length < firstLimit) insert(first, fact, firstLimit, inOrder);
  if (!follows || fact.rank > group.worstRank) {
    insert(worst, fact, otherLimit, worstFirst);
    group.worstRank = leastRank(worst);
  }
  keepLast(last, fact, otherLimit, follows);
  return group;
}

/** Keeps the smallest: what stays does not depend on the order in which notes come. */
export function addDistinct(hashes: number[], hashed: number): void {
  // Signed, and so a small integer: an array of these stays of one kind.
  const hash = hashed | 0;
  const last = hashes[hashes.length - 1] ?? 0;
  if (hashes.length >= distinctLimit && hash >= last) return;
  let at = hashes.length;
  while (at > 0 && (hashes[at - 1] as number) > hash) at--;
  if (at > 0 && hashes[at - 1] === hash) return;
  if (at === hashes.length) hashes.push(hash);
  else hashes.splice(at, 0, hash);
  if (hashes.length > distinctLimit) hashes.pop();
}

function keyOf(by: GroupBy, { client, user, source }: Fact): string {
  if (by === 'client') return client === '' ? `\n${source}` : client;
  if (by === 'user') return user === '' ? `\n${source}` : user;
  return by === 'source' || (client === '' && user === '') ? `\n${source}` : `${client}\n${user}`;
}

function groupOf(by: GroupBy, fact: Fact): Group {
  return {
    client: by === 'user' || by === 'source' ? '' : fact.client,
    user: by === 'user' || by === 'account' ? fact.user : '',
    count: 0,
    notes: [],
    unnamed: false,
    firstTime: Number.NaN,
    lastTime: Number.NaN,
    first: [],
    worst: [],
    last: [],
    worstRank: -1,
  };
}

/** The rank of the least grave of the worst; -1 while there is room. */
function leastRank(worst: readonly Fact[]): number {
  return worst.length < otherLimit ? -1 : (worst[worst.length - 1] as Fact).rank;
}

/** Keeps the first few of an order. */
export function insert(list: Fact[], fact: Fact, limit: number, order: (a: Fact, b: Fact) => number): void {
  const worst = list[list.length - 1];
  if (list.length < limit) list.push(fact);
  else if (worst === undefined || order(fact, worst) >= 0) return;
  let at = list.length - 1;
  for (let before = list[at - 1]; before !== undefined && order(fact, before) < 0; before = list[at - 1])
    list[at--] = before;
  list[at] = fact;
}

/** Keeps the last few, in order. `follows`: it is known to come behind them. */
export function keepLast(list: Fact[], fact: Fact, limit: number, follows = false): void {
  let at = list.length;
  while (!follows && at > 0 && inOrder(list[at - 1] as Fact, fact) > 0) at--;
  if (at === list.length) list.push(fact);
  else if (at > 0 || list.length < limit) list.splice(at, 0, fact);
  if (list.length > limit) list.shift();
}

export function mergeSightings(into: Sightings, from: Sightings): void {
  breakOff(into.course);
  mergeBounded(into, from, (a, b) => {
    a.count += b.count;
    for (const hash of b.notes) addDistinct(a.notes, hash);
    a.unnamed ||= b.unnamed;
    a.firstTime = earlier(a.firstTime, b.firstTime);
    a.lastTime = later(a.lastTime, b.lastTime);
    for (const f of b.first) insert(a.first, f, firstLimit, inOrder);
    for (const f of b.worst) insert(a.worst, f, otherLimit, worstFirst);
    a.worstRank = leastRank(a.worst);
    for (const f of b.last) keepLast(a.last, f, otherLimit);
  });
}

/** What a message may be made of. */
export interface Seen {
  readonly count: number;
  readonly client: string;
  readonly user: string;
  readonly worst: Fact;
  /** First, worst and last, in order, without repetition. A count is never their number. */
  readonly facts: readonly Fact[];
  /** Different notes among all sightings. */
  readonly distinct: Distinct;
}

/** The notes of the sightings, as {@link listed}: what is not named is counted. */
export function named({ facts, distinct }: Seen, limit = 3): string {
  return listed(facts, limit, distinct);
}

/** Facts of one session until it ends: the first are kept, all are counted. */
export interface KeptFacts {
  readonly facts: Fact[];
  /** The last one that was only counted. */
  last: Fact | undefined;
  /** Facts that were only counted. */
  more: number;
}

export function keptFacts(): KeptFacts {
  return { facts: [], last: undefined, more: 0 };
}

const keptPerSession = 128;

export function keepFact(kept: KeptFacts, fact: Fact): void {
  if (kept.facts.length < keptPerSession) kept.facts.push(fact);
  else {
    kept.last = fact;
    kept.more++;
  }
}

/** How many there were. */
export function countOf({ facts, more }: KeptFacts): number {
  return facts.length + more;
}

/** Each of them is a sighting; `change` may say that it is less grave than it looked. */
export function sightAll(state: Sightings, by: GroupBy, kept: KeptFacts, change = (f: Fact): Fact => f): void {
  for (const f of kept.facts) sight(state, by, change(f));
  if (kept.last === undefined) return;
  const group = sight(state, by, change(kept.last), kept.more);
  if (group !== undefined) group.unnamed = true;
}

/** One finding per group. */
export function sightingFindings(
  state: Sightings,
  meta: RuleMeta,
  message: (seen: Seen) => string,
  by: GroupBy = 'client',
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const key of [...state.map.keys()].sort(byText)) {
    const group = state.map.get(key) as Group;
    const { count, first, worst, last } = group;
    const gravest = worst[0];
    if (gravest === undefined) continue;
    const telling = unique([gravest, ...first.slice(0, 3), ...worst, ...last, ...first]);
    const facts = [...telling].sort(inOrder);
    findings.push({
      rule: meta.id,
      severity: severityOf(gravest.rank),
      message: message({
        count,
        client: group.client,
        user: group.user,
        worst: gravest,
        facts,
        distinct: { n: group.notes.length, atLeast: group.unnamed || group.notes.length >= distinctLimit },
      }),
      subject: subjectOf(group.client, group.user, by === 'user' ? '' : facts[0]?.session),
      count,
      firstTime: group.firstTime,
      lastTime: group.lastTime,
      evidence: placesOf([gravest], telling),
      identity: '',
    });
  }
  return findings;
}

function unique(facts: readonly Fact[]): Fact[] {
  const found: Fact[] = [];
  for (const fact of facts) {
    if (found.includes(fact)) continue;
    const { line, source, note } = fact;
    if (!found.some((f) => f.line === line && f.source === source && f.note === note)) found.push(fact);
  }
  return found;
}

/** A sighting: how grave, and what. */
export interface Sighting {
  readonly severity: Severity;
  readonly note: string;
  /** The line that shows it, where that is not the command's. */
  readonly line?: number;
}

/** The looks of a rule that needs one event at a time. */
export interface Looks {
  readonly by: GroupBy;
  exchange?(x: Exchange): Sighting | undefined;
  login?(l: Login): Sighting | undefined;
  /** See `RuleFold.bareLogin`. */
  bareLogin?(l: Login): Sighting | undefined;
  transfer?(t: Transfer): Sighting | undefined;
  ambiguous?(a: Ambiguous): Sighting | undefined;
  message(seen: Seen): string;
}

/** A rule that looks at one event at a time. */
export function sightingRule<M extends RuleMeta>(
  meta: M,
  make: (thresholds: ThresholdsOf<M>) => Looks,
  occasions: Occasions<M> = {},
): GatedRule<Sightings> {
  return {
    meta,
    ...occasionsOf(meta, occasions),
    create(thresholds): RuleFold<Sightings> {
      const looks = make(inForce(meta, thresholds));
      const { by, exchange, login, bareLogin, transfer, ambiguous, message } = looks;
      return {
        init: sightings,
        ...(exchange === undefined
          ? {}
          : { exchange: (state: Sightings, x: Exchange): void => add(state, by, exchange(x), x, exchangeFact) }),
        ...(login === undefined
          ? {}
          : { login: (state: Sightings, l: Login): void => add(state, by, login(l), l, loginFact) }),
        ...(bareLogin === undefined
          ? {}
          : { bareLogin: (state: Sightings, l: Login): void => add(state, by, bareLogin(l), l, loginFact) }),
        ...(transfer === undefined
          ? {}
          : { transfer: (state: Sightings, t: Transfer): void => add(state, by, transfer(t), t, transferFact) }),
        ...(ambiguous === undefined
          ? {}
          : { ambiguous: (state: Sightings, a: Ambiguous): void => add(state, by, ambiguous(a), a, ambiguousFact) }),
        merge: mergeSightings,
        uncounted: (state): number => state.overflow,
        finish: (state): readonly Finding[] => sightingFindings(state, meta, message, by),
      };
    },
  };
}

function add<E extends Exchange | Login | Transfer | Ambiguous>(
  state: Sightings,
  by: GroupBy,
  found: Sighting | undefined,
  event: E,
  factOf: (event: E, note: string, rank: number, line: number | undefined) => Fact,
): void {
  if (found !== undefined) sight(state, by, factOf(event, found.note, rankOf(found.severity), found.line));
}

/** State of a rule that remembers something of each open session. */
export interface Watch<V> extends Remembering<V> {
  readonly seen: Sightings;
}

export interface Watching<V> extends Hooks<Watch<V>, V> {
  message(seen: Seen): string;
}

/** A rule that remembers something of each session until it ends. */
export function watchingRule<V, M extends RuleMeta = RuleMeta>(
  meta: M,
  make: (thresholds: ThresholdsOf<M>) => Watching<V>,
  occasions: Occasions<M> = {},
): GatedRule<Watch<V>> {
  return {
    meta,
    ...occasionsOf(meta, occasions),
    create(thresholds): RuleFold<Watch<V>> {
      const parts = make(inForce(meta, thresholds));
      return {
        init: (slots) => ({ slot: newSlot(slots), seen: sightings() }),
        ...hooksOf(parts),
        merge(into, from): void {
          mergeSightings(into.seen, from.seen);
        },
        uncounted: (state): number => state.seen.overflow,
        finish: (state): readonly Finding[] => sightingFindings(state.seen, meta, parts.message),
      };
    },
  };
}
