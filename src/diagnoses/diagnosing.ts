/** Diagnoses as a fold: stories while sessions run, rows of what they showed when they have ended. */
import type { Certainty, Exchange, FinishContext, Fold, Remark, Session, Who } from '../model.ts';
import { earlier, later } from '../monoid.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import { timeOrNull } from '../rows/values.ts';
import { byText, wellFormed } from '../text.ts';
import { epsvBlocked } from './epsv-blocked.ts';
import { diagnoses } from './index.ts';
import { allOccasions, judge, offer } from './judge.ts';
import { addSign, addStated, type Story, storyOf, tell } from './story.ts';

interface Place {
  readonly source: number;
  readonly line: number;
  readonly decides: boolean;
}

/** One cause. Plain data. */
interface Cause {
  readonly id: string;
  certainty: Certainty;
  readonly cause: string;
  readonly who: Who;
  readonly client: string;
  readonly server: string;
  readonly session: string;
  readonly variant: string;
  /** What names the products at hand: the banner of the server, the dialect of the log. */
  readonly products: string;
  count: number;
  first: number;
  last: number;
  readonly evidence: Place[];
}

export interface DiagnosesState {
  readonly causes: Map<string, Cause>;
  /** Servers, or clients where no server is named, between which data connections by PASV worked. */
  readonly passive: Set<string>;
  /** Of replies that refuse, what they mean. */
  readonly meanings: Map<string, string>;
  /** What was said where no session is open, by source. */
  readonly loose: Map<number, Story>;
  uncounted: number;
}

const mostCauses = 512;
const mostLoose = 1024;
const mostEvidence = 5;

/** Notes an exchange in the story of its session. */
export function follow(state: DiagnosesState, x: Exchange): void {
  const { session } = x;
  session.story ??= storyOf(session, x.source);
  tell(session.story as Story, x, state.meanings);
}

export const diagnosing: Fold<DiagnosesState, readonly DiagnosisRow[]> = {
  init: () => ({
    causes: new Map(),
    passive: new Set(),
    meanings: new Map(),
    loose: new Map(),
    uncounted: 0,
  }),
  exchange: follow,
  remark: (state, remark: Remark) => {
    const { session, source } = remark;
    if (session !== undefined) {
      session.story ??= storyOf(session, source);
      addSign(session.story as Story, remark);
      return;
    }
    let story = state.loose.get(source);
    if (story === undefined) {
      if (state.loose.size >= mostLoose) {
        state.uncounted++;
        return;
      }
      story = storyOf(undefined, source);
      state.loose.set(source, story);
    }
    addSign(story, remark);
  },
  login: (_state, { session, ok, code, kind, line, time, user, source }) => {
    if (ok || code > 0) return;
    session.story ??= storyOf(session, source);
    addStated(
      session.story as Story,
      { verb: 'PASS', arg: user, line, time, meaning: kind === 'password-refused' ? '' : 'login-not-allowed' },
      -1,
    );
  },
  transfer: (_state, { session, complete, direction, line, time, path, bytes, source }) => {
    // A transfer log does not tell whether somebody wanted it to end.
    if (complete || session.side === 'transfer') return;
    session.story ??= storyOf(session, source);
    addStated(
      session.story as Story,
      { verb: direction === 'upload' ? 'STOR' : 'RETR', arg: path, line, time, meaning: '' },
      bytes,
    );
  },
  session: (state, session: Session) => {
    const story = session.story as Story | undefined;
    session.story = undefined;
    if (story !== undefined && story.passive > 0 && state.passive.size < mostCauses)
      state.passive.add(session.server || session.client);
    if (story === undefined || !mayTell(story, session)) return;
    add(state, story, session);
  },
  merge: (into, from) => {
    for (const [key, cause] of from.causes) {
      const known = into.causes.get(key);
      if (known === undefined) into.causes.set(key, structuredClone(cause));
      else join(known, cause);
    }
    for (const peer of from.passive) into.passive.add(peer);
    for (const [source, story] of from.loose) into.loose.set(source, story);
    into.uncounted += from.uncounted;
  },
  finish: (state, context) => rowsOf(state, context),
  uncounted: (state) => state.uncounted,
};

function add(state: Pick<DiagnosesState, 'causes' | 'uncounted'>, story: Story, session: Session | undefined): void {
  for (const { diagnosis, found } of judge(story, session, diagnoses)) {
    const server = session?.server ?? '';
    const key = `${diagnosis.id}\n${server}\n${found.variant ?? ''}`;
    const cause: Cause = {
      id: diagnosis.id,
      certainty: found.certainty,
      cause: found.cause ?? diagnosis.cause,
      who: found.who ?? diagnosis.who,
      client: session?.client ?? '',
      server,
      session: session?.id ?? '',
      variant: found.variant ?? '',
      products: `${story.banner}\n${story.dialect}`.toLowerCase(),
      count: 1,
      first: session?.opened ?? Number.NaN,
      last: session?.opened ?? Number.NaN,
      evidence: [...new Set(found.lines)]
        .filter((line) => line > 0)
        .slice(0, mostEvidence)
        .map((line, i) => ({ source: story.source, line, decides: i === 0 }))
        .sort(inOrder),
    };
    const known = state.causes.get(key);
    if (known !== undefined) join(known, cause);
    else if (state.causes.size < mostCauses) state.causes.set(key, cause);
    else state.uncounted++;
  }
}

/** Something failed that may have a diagnosis, or was said, or a data connection was never used. */
function mayTell({ units, signs, pending }: Story, { end, side }: Session): boolean {
  // A sensor tells of a command when its reply has come: one that nobody answered is not in its log.
  if (signs.length > 0 || (pending !== '' && end !== 'quit' && side !== 'sensor')) return true;
  for (const unit of units) if (!unit.mended && offer(unit, isOccasion)) return true;
  return false;
}

const occasions = allOccasions(diagnoses);

function isOccasion(occasion: string): boolean {
  return occasions.has(occasion);
}

const rank: Readonly<Record<Certainty, number>> = { certain: 0, likely: 1, possible: 2 };

/** The first in the order of the log tells whose it is; the first lines stand for all. */
function join(into: Cause, from: Cause): void {
  if (isBefore(from, into)) {
    const { cause, who, client, session, products } = from;
    Object.assign(into, { cause, who, client, session, products });
  }
  if (rank[from.certainty] < rank[into.certainty]) into.certainty = from.certainty;
  into.count += from.count;
  into.first = earlier(into.first, from.first);
  into.last = later(into.last, from.last);
  const { evidence } = into;
  for (const one of from.evidence)
    if (!evidence.some(({ source, line }) => source === one.source && line === one.line)) evidence.push({ ...one });
  evidence.sort(inOrder).splice(mostEvidence);
}

function isBefore(a: Cause, b: Cause): boolean {
  const [one] = a.evidence;
  const [other] = b.evidence;
  return one !== undefined && other !== undefined && inOrder(one, other) < 0;
}

function inOrder(a: Place, b: Place): number {
  return a.source - b.source || a.line - b.line;
}

function rowsOf(state: DiagnosesState, { sources }: FinishContext): readonly DiagnosisRow[] {
  const all = { causes: structuredClone(state.causes), uncounted: 0 };
  for (const story of state.loose.values()) add(all, story, undefined);
  return [...all.causes.values()]
    .map((cause) =>
      isEpsvAlone(cause, state)
        ? { ...cause, id: 'epsv-blocked', cause: epsvBlocked.cause, who: epsvBlocked.who }
        : cause,
    )
    .sort(
      (a, b) =>
        rank[a.certainty] - rank[b.certainty] ||
        b.count - a.count ||
        byText(a.id, b.id) ||
        (a.evidence[0]?.line ?? 0) - (b.evidence[0]?.line ?? 0),
    )
    .map((cause) => rowOf(cause, sources));
}

/** EPSV failed in every session, and PASV worked in another. */
function isEpsvAlone({ id, variant, server, client }: Cause, { passive }: DiagnosesState): boolean {
  return id === 'pasv-port-blocked' && variant === 'epsv' && passive.has(server || client);
}

function rowOf(cause: Cause, sources: readonly string[]): DiagnosisRow {
  const diagnosis = diagnoses.find(({ id }) => id === cause.id);
  const { client, server, session, products } = cause;
  const cures = diagnosis?.cures ?? [];
  const fitting = cures.filter(({ product }) => product === '' || products.includes(product.toLowerCase()));
  return {
    id: cause.id,
    certainty: cause.certainty,
    who: cause.who,
    title: diagnosis?.title ?? '',
    cause: wellFormed(cause.cause),
    cure: (fitting.length > 0 ? fitting : cures).slice(0, 4).map(({ who, product, text, weakens }) => ({
      ...{ who, product, text },
      ...(weakens === undefined ? {} : { weakens }),
    })),
    settle: diagnosis?.settle ?? '',
    subject: {
      ...(client === '' ? {} : { client: wellFormed(client) }),
      ...(server === '' ? {} : { server: wellFormed(server) }),
      ...(session === '' ? {} : { session }),
    },
    evidence: cause.evidence.map(({ source, line, decides }) => ({
      source: wellFormed(sources[source] ?? ''),
      line,
      role: decides ? 'decides' : 'shows',
    })),
    count: cause.count,
    firstTime: timeOrNull(cause.first),
    lastTime: timeOrNull(cause.last),
  };
}
