/**
 * Failed and successful logins by client, and which of the failures are guesses.
 *
 * Seven rules need the same book of logins. Each has its own state, but where several run in one analysis they share one
 * book: 44,000 logins cost 300 ms and 30 MB in seven books, 60 ms and 6 MB in one.
 */
import type { Finding, FinishContext, Fold, Login, Rule, RuleMeta } from '../../model.ts';
import { type Fact, inOrder, loginFact } from '../engine/fact.ts';
import { isSteady, wakeUps } from '../engine/steady.ts';
import { inForce, type ThresholdsOf } from '../engine/thresholds.ts';
import { plainUser } from '../words/users.ts';
import { bursts, enter, entries, type Ledgers, ledgers, mergeLedgers, uncountedIn } from './ledger.ts';

/** Logins of an analysis. */
export interface Book {
  /** Passwords that were refused, by client; where that is unknown, by source. */
  readonly failed: Ledgers;
  /**
   * Attempts that were refused for another reason, in the same way: rank 2 for a name or an account, 1
   * where nobody may. A 421 is a matter of reply-421-storm.
   */
  readonly refused: Ledgers;
  /** By user, as written. */
  readonly passed: Ledgers;
  /** Logins entered. */
  size: number;
  concluded: Conclusions | undefined;
}

/** State of a rule on logins. */
export interface Logins {
  book: Book;
}

/** Logins of one client, in order, each counted once even where two logs state it. */
export interface History {
  readonly client: string;
  /** Refused passwords; for {@link refusals} the attempts refused for another reason. */
  readonly failed: readonly Fact[];
  readonly passed: readonly Fact[];
  /** The same by user, the name as compared. */
  readonly failedBy: ReadonlyMap<string, readonly Fact[]>;
  readonly passedBy: ReadonlyMap<string, readonly Fact[]>;
}

const clientLimit = 100_000;
/** A user may log in far more often than a client. */
const perUser = 131_072;

/** A rule over the book of logins. */
export function loginRule<M extends RuleMeta>(
  meta: M,
  make: (thresholds: ThresholdsOf<M>) => (book: Book, context: FinishContext) => readonly Finding[],
): Rule<Logins> {
  return {
    meta,
    create(thresholds): Fold<Logins, readonly Finding[]> {
      const conclude = make(inForce(meta, thresholds));
      return {
        init: () => ({ book: emptyBook() }),
        login: write,
        merge(into, from): void {
          const book = emptyBook();
          add(book, into.book);
          add(book, from.book);
          into.book = book;
        },
        uncounted: ({ book }): number => uncountedIn(book.failed) + uncountedIn(book.passed),
        finish: (state, context) => conclude(state.book, context),
      };
    },
  };
}

function emptyBook(): Book {
  return {
    failed: ledgers(clientLimit, perUser),
    refused: ledgers(clientLimit, perUser),
    passed: ledgers(clientLimit, perUser),
    size: 0,
    concluded: undefined,
  };
}

/** Copies, since books are shared. */
function add(into: Book, from: Book): void {
  mergeLedgers(into.failed, from.failed);
  mergeLedgers(into.refused, from.refused);
  mergeLedgers(into.passed, from.passed);
  into.size += from.size;
}

/**
 * Enters a login. The rule before this one may have entered the same login: into the same book, or into one that holds
 * nothing else, which a state that has nothing yet takes over.
 */
function write(state: Logins, l: Login): void {
  const entered = l.book as Book | undefined;
  if (entered !== undefined) {
    if (state.book.size === 0 && entered.size === 1) state.book = entered;
    if (state.book === entered) return;
  }
  const { book } = state;
  book.size++;
  const fact = loginFact(l);
  if (l.ok) enter(book.passed, fact.user, fact);
  else if (l.kind === 'password-refused') enter(book.failed, clientKey(fact), fact);
  else if (l.code !== 421) enter(book.refused, clientKey(fact), { ...fact, rank: l.kind === 'not-permitted' ? 1 : 2 });
  l.book = book;
}

/** What several rules conclude from the same book; for as long as nothing is added to it. */
interface Conclusions {
  readonly size: number;
  readonly histories: readonly History[];
  readonly refusals: readonly History[];
  readonly successes: Successes;
}

type Successes = readonly (readonly [user: string, facts: readonly Fact[]])[];

function conclusions(book: Book): Conclusions {
  const known = book.concluded;
  if (known !== undefined && known.size === book.size) return known;
  const passed = passedBySuspects(book);
  const historiesIn = (failures: Ledgers): readonly History[] =>
    entries(failures).map(([client, facts]) => historyOf(client, facts, (passed.get(client) ?? []).sort(inOrder)));
  const histories = historiesIn(book.failed);
  const refusals = historiesIn(book.refused);
  const successes = entries(book.passed);
  const fresh = { size: book.size, histories, refusals, successes };
  book.concluded = fresh;
  return fresh;
}

/** Successes of clients that have failures too: of all others nobody asks by client. */
function passedBySuspects(book: Book): Map<string, Fact[]> {
  const passed = new Map<string, Fact[]>();
  const suspects = new Set([...book.failed.map.keys(), ...book.refused.map.keys()]);
  for (const { facts } of book.passed.map.values()) {
    for (let i = 0; i < facts.length; i++) {
      const fact = facts[i] as Fact;
      const key = clientKey(fact);
      if (!suspects.has(key)) continue;
      const list = passed.get(key);
      if (list === undefined) passed.set(key, [fact]);
      else list.push(fact);
    }
  }
  return passed;
}

function clientKey({ client, source }: Fact): string {
  return client === '' ? `\n${source}` : client;
}

function historyOf(client: string, failed: readonly Fact[], passed: readonly Fact[]): History {
  return { client, failed, passed, failedBy: byUser(failed), passedBy: byUser(passed) };
}

/** Clients whose attempts were refused for another reason than the password, with those attempts as `failed`. */
export function refusals(book: Book): readonly History[] {
  return conclusions(book).refusals;
}

/** Clients that have failures. */
export function histories(book: Book): readonly History[] {
  return conclusions(book).histories;
}

/** Successful logins by user as written, more than `most` of each, in order, by name. */
export function successesByUser(book: Book, most: number): Successes {
  return conclusions(book).successes.filter(([, facts]) => facts.length > most);
}

/** A person who mistypes gives up, or gets in, within this many tries. */
const mistypes = 5;
/** A job that wakes up this often with a password that no longer works is no guesser. */
const loopWakeUps = 10;
const loopMs = 60_000;
const loopVariation = 0.2;

/** Facts by user, the name as compared. */
export function byUser(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const users = new Map<string, Fact[]>();
  for (const f of facts) {
    const name = plainUser(f.user);
    const list = users.get(name);
    if (list === undefined) users.set(name, [f]);
    else list.push(f);
  }
  return users;
}

/** More tries than this in five minutes are no job, however steady the pauses between its bursts. */
const hastyTries = 8;
const hastyMs = 300_000;

/** Whether the failures of one user are a job that keeps trying an old password. */
export function isStaleLoop(facts: readonly Fact[]): boolean {
  return (
    wakeUps(facts) >= loopWakeUps &&
    isSteady(facts, loopMs, loopVariation) &&
    bursts(facts, hastyTries, hastyMs).length === 0
  );
}

/**
 * The failures that may be guesses: without those of users who then got in after a few tries (mistyped), and without
 * jobs that keep a pace.
 */
export function guesses({ failedBy, passedBy }: History): readonly Fact[] {
  const kept: Fact[] = [];
  for (const [user, facts] of failedBy) {
    if (isStaleLoop(facts)) continue;
    const successes = passedBy.get(user) ?? [];
    let next = 0;
    let run: Fact[] = [];
    for (const fact of facts) {
      while (next < successes.length && inOrder(successes[next] ?? fact, fact) < 0) {
        if (run.length > mistypes) kept.push(...run);
        run = [];
        next++;
      }
      run.push(fact);
    }
    if (next >= successes.length || run.length > mistypes) kept.push(...run);
  }
  return kept.sort(inOrder);
}

/** Names in the facts, for a message: one, two, or how many. */
export function usersText(facts: readonly Fact[]): string {
  const users = [...byUser(facts).keys()].filter((user) => user !== '');
  if (users.length === 0) return 'for a user that the log does not name';
  const unnamed = facts.some((f) => f.user === '') ? ', and some that the log does not name' : '';
  return users.length === 1 ? `for user '${users[0]}'${unnamed}` : `for ${users.length} users${unnamed}`;
}
