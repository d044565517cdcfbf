/** One account is in use from several places at once. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder } from './engine/fact.ts';
import { Heap } from './engine/heap.ts';
import { inForce } from './engine/thresholds.ts';
import { once, siteOf } from './words/networks.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'concurrent-user-clients',
  status: 'stable',
  severity: 'medium',
  group: 'authentication',
  title: 'One account is in use from several places at once',
  why: 'A person sits in one place, with a laptop and a phone in two. More places at the same moment mean that the password is shared, sold or stolen.',
  advice:
    'Ask the owner which of the clients are theirs; change the password, and give each machine an account of its own.',
  falseAlarms:
    'Service accounts of a fleet or a chain of stores (allow-list them). A session counts as open only while the log shows it alive.',
  references: [],
  attack: ['T1078'],
  cwe: [],
  thresholds: { networks: 3 },
} satisfies RuleMeta;

/** A session from its first line to its last, as far as the log shows it alive. */
interface Span {
  readonly id: string;
  readonly dialect: string;
  readonly client: string;
  readonly source: number;
  readonly opened: number;
  readonly closed: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

export type Spans = BoundedMap<Span[]>;

const userLimit = 20_000;
const spanLimit = 8192;

export const concurrentUserClients: Rule<Spans> = {
  meta,
  create(thresholds) {
    const { networks } = inForce(meta, thresholds);
    return {
      init: () => boundedMap(userLimit),
      session(state, s): void {
        if (!s.loggedIn || s.user === '' || s.client === '' || isAnonymousSession(s) || !(s.closed >= s.opened)) return;
        const { id, dialect, client, source, opened, closed, firstLine, lastLine } = s;
        const span = { id, dialect, client, source, opened, closed, firstLine, lastLine };
        const known = state.map.get(s.user);
        if (known === undefined) claim(state, s.user, () => [span]);
        else if (known.push(span) >= spanLimit * 2) cut(known);
      },
      merge(into, from): void {
        mergeBounded(into, from, (a, b) => {
          for (const span of b) a.push(span);
          if (a.length > spanLimit) cut(a);
        });
      },
      finish: (state): readonly Finding[] => {
        const site = once(siteOf);
        return [...state.map.keys()]
          .sort(byText)
          .flatMap((user) => ofUser(user, state.map.get(user) as Span[], networks, site));
      },
    };
  },
};

function cut(spans: Span[]): void {
  spans.sort((a, b) => a.opened - b.opened || a.source - b.source || a.firstLine - b.firstLine);
  if (spans.length > spanLimit) spans.length = spanLimit;
}

function ofUser(user: string, spans: Span[], networks: number, site: (client: string) => string): readonly Finding[] {
  if (spans.length < networks || mostAtOnce(spans) < networks) return [];
  cut(spans);
  const sites = spans.map((s) => site(s.client));
  if (new Set(sites).size < networks) return [];
  const open = new OpenSpans(spans, sites);
  let most = 0;
  let where: readonly string[] = [];
  const involved: Span[] = [];
  /** Index behind the last span that was looked at for `involved`. */
  let looked = 0;
  for (let i = 0; i < spans.length; i++) {
    open.add(i);
    if (open.places.size < networks) continue;
    if (open.places.size > most) {
      most = open.places.size;
      where = open.clients(5);
    }
    if (looked < i) involved.push(...open.since(looked, i));
    involved.push(spans[i] as Span);
    looked = i + 1;
  }
  if (most === 0) return [];
  return [
    findingOf(meta, {
      message: `'${user}' was logged in from ${most} networks at once: ${where.join(', ')}`,
      subject: { user },
      facts: involved.map((s) => factOf(s, user)).sort(inOrder),
    }),
  ];
}

/** How many are open at one time at the most, wherever; for most users that already decides it. */
function mostAtOnce(spans: readonly Span[]): number {
  const opened = new Float64Array(spans.length);
  const closed = new Float64Array(spans.length);
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i] as Span;
    opened[i] = span.opened;
    closed[i] = span.closed;
  }
  opened.sort();
  closed.sort();
  let most = 0;
  let ended = 0;
  for (let i = 0; i < opened.length; i++) {
    while ((closed[ended] as number) < (opened[i] as number)) ended++;
    most = Math.max(most, i + 1 - ended);
  }
  return most;
}

/** The spans that are open while one goes through all of them in the order in which they open. */
class OpenSpans {
  /** How many are open at each site. */
  readonly places = new Map<string, number>();
  readonly #spans: readonly Span[];
  readonly #sites: readonly string[];
  readonly #isOpen: Uint8Array;
  /** No span before this one is open. */
  #oldest = 0;
  /** Indices of the spans that last, by the time at which they close. */
  readonly #closing: readonly number[];
  /** Where those of them begin that have not closed yet. */
  #next = 0;
  /**
   * Of those that close in the second in which the last span opened, by their last line: clocks of whole seconds, within
   * one the order of the lines decides.
   */
  readonly #inSecond: Heap;

  constructor(spans: readonly Span[], sites: readonly string[]) {
    this.#spans = spans;
    this.#sites = sites;
    this.#isOpen = new Uint8Array(spans.length);
    this.#closing = spans
      .flatMap((s, i) => (s.closed > s.opened ? [i] : []))
      .sort((a, b) => (spans[a] as Span).closed - (spans[b] as Span).closed);
    this.#inSecond = new Heap((i) => (spans[i] as Span).lastLine);
  }

  /** The next span opens; those that ended before are no longer open. */
  add(index: number): void {
    const now = this.#spans[index] as Span;
    for (let i = this.#inSecond.first; i >= 0 && !isOpen(this.#spans[i] as Span, now); i = this.#inSecond.first) {
      this.#inSecond.shift();
      this.#end(i);
    }
    for (; this.#next < this.#closing.length; this.#next++) {
      const i = this.#closing[this.#next] as number;
      const span = this.#spans[i] as Span;
      if (span.closed > now.opened) break;
      if (isOpen(span, now)) this.#inSecond.add(i);
      else this.#end(i);
    }
    this.#isOpen[index] = 1;
    if (now.closed === now.opened) this.#inSecond.add(index);
    count(this.places, this.#sites[index] ?? '', 1);
    while (this.#isOpen[this.#oldest] === 0) this.#oldest++;
  }

  #end(index: number): void {
    this.#isOpen[index] = 0;
    count(this.places, this.#sites[index] ?? '', -1);
  }

  /** Clients of the open spans, one of each site. */
  clients(limit: number): readonly string[] {
    const found = new Map<string, string>();
    for (let i = this.#oldest; i < this.#spans.length && found.size < limit; i++) {
      const site = this.#sites[i] ?? '';
      if (this.#isOpen[i] === 1 && !found.has(site)) found.set(site, (this.#spans[i] as Span).client);
    }
    return [...found.values()];
  }

  /** The open spans from one index to another, in order. */
  since(from: number, to: number): readonly Span[] {
    return this.#spans.slice(from, to).filter((_, i) => this.#isOpen[from + i] === 1);
  }
}

function factOf({ id, dialect, client, source, opened, firstLine }: Span, user: string): Fact {
  return { time: opened, source, line: firstLine, session: id, dialect, client, user, note: '', rank: 0, done: true };
}

function count(places: Map<string, number>, place: string, by: number): void {
  const n = (places.get(place) ?? 0) + by;
  if (n === 0) places.delete(place);
  else places.set(place, n);
}

/** Clocks of whole seconds: within one, the order of the lines decides. */
function isOpen(span: Span, now: Span): boolean {
  return (
    span.closed > now.opened ||
    (span.closed === now.opened && span.source === now.source && span.lastLine > now.firstLine)
  );
}
