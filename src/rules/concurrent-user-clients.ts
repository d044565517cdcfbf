/** One account is in use from several places at once. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf } from './support/fact.ts';
import { withoutEchoes } from './support/ledger.ts';
import { siteOf } from './support/networks.ts';
import { isAnonymousSession } from './support/users.ts';

const meta: RuleMeta = {
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
};

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
    const { networks = 3 } = { ...meta.thresholds, ...thresholds };
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
      finish: (state) =>
        [...state.map].sort((a, b) => byText(a[0], b[0])).flatMap(([user, spans]) => ofUser(user, spans, networks)),
    };
  },
};

function cut(spans: Span[]): void {
  spans.sort((a, b) => a.opened - b.opened || a.source - b.source || a.firstLine - b.firstLine);
  if (spans.length > spanLimit) spans.length = spanLimit;
}

function ofUser(user: string, spans: Span[], networks: number): readonly Finding[] {
  if (spans.length < networks) return [];
  if (new Set(spans.map((s) => siteOf(s.client))).size < networks) return [];
  cut(spans);
  let open: Span[] = [];
  let most: readonly Span[] = [];
  /** When the first of the open ones closes. */
  let soonest = Number.POSITIVE_INFINITY;
  const places = new Map<string, number>();
  const involved = new Set<Span>();
  for (const span of spans) {
    if (span.opened >= soonest) {
      for (const o of open) if (!isOpen(o, span)) count(places, siteOf(o.client), -1);
      open = open.filter((o) => isOpen(o, span));
      soonest = open.reduce((min, o) => Math.min(min, o.closed), Number.POSITIVE_INFINITY);
    }
    soonest = Math.min(soonest, span.closed);
    const before = places.size;
    open.push(span);
    count(places, siteOf(span.client), 1);
    if (places.size < networks) continue;
    for (const o of before < networks ? open : [span]) involved.add(o);
    if (places.size > most.length) most = [...new Map(open.map((o) => [siteOf(o.client), o])).values()];
  }
  if (most.length === 0) return [];
  return [
    findingOf(meta, {
      message: `'${user}' was logged in from ${most.length} networks at once: ${most
        .slice(0, 5)
        .map((s) => s.client)
        .join(', ')}`,
      subject: { user },
      facts: withoutEchoes(spans.filter((s) => involved.has(s)).map((s) => factOf(s, user))),
    }),
  ];
}

function factOf({ id, dialect, client, source, opened, firstLine }: Span, user: string): Fact {
  return { time: opened, source, line: firstLine, session: id, dialect, client, user, note: '', rank: 0 };
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
