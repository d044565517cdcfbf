/** Failed and successful logins by client, and which of the failures are guesses. */
import type { Finding, Login, Rule, RuleMeta, Thresholds } from '../../model.ts';
import { type Counts, countingRule, enter, entries, type Ledgers, withoutEchoes } from './ledger.ts';
import { type Fact, inOrder, loginFact } from './fact.ts';
import { isSteady, wakeUps } from './steady.ts';
import { plainUser } from './users.ts';

const failedMark = 'f\n';
const passedMark = 'p\n';

/** Logins under one key, in order, each counted once even where two logs state it. */
export interface History {
  readonly key: string;
  readonly failed: readonly Fact[];
  readonly passed: readonly Fact[];
}

/** A rule over logins by a key, `''` meaning that a login does not count. `finish` gets the keys in order. */
export function loginRule(
  meta: RuleMeta,
  keyOf: (l: Login) => string,
  make: (thresholds: Thresholds) => (histories: readonly History[]) => readonly Finding[],
): Rule<Counts<never>> {
  return countingRule<never>(meta, (thresholds) => {
    const conclude = make(thresholds);
    return {
      login(state, l): void {
        const key = keyOf(l);
        if (key === '') return;
        enter(state.ledgers, (l.ok ? passedMark : failedMark) + key, loginFact(l, l.unknownUser ? 'unknown' : ''));
      },
      finish: (ledgers) => conclude(historiesOf(ledgers)),
    };
  });
}

function historiesOf(state: Ledgers): readonly History[] {
  const byKey = new Map<string, { failed: readonly Fact[]; passed: readonly Fact[] }>();
  for (const [marked, facts] of entries(state)) {
    const key = marked.slice(2);
    const known = byKey.get(key) ?? { failed: [], passed: [] };
    byKey.set(key, known);
    if (marked.startsWith(failedMark)) known.failed = withoutLoginEchoes(facts);
    else known.passed = withoutLoginEchoes(facts);
  }
  return [...byKey].map(([key, { failed, passed }]) => ({ key, failed, passed }));
}

/** One log may call the user unknown where the other only says that the login failed. */
function withoutLoginEchoes(facts: readonly Fact[]): readonly Fact[] {
  const plain = withoutEchoes(facts.map((f) => ({ ...f, note: '' })));
  const unknown = new Set(facts.filter((f) => f.note !== '').map((f) => `${f.source}:${f.line}`));
  return plain.map((f) => (unknown.has(`${f.source}:${f.line}`) ? { ...f, note: 'unknown' } : f));
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

/** Whether the failures of one user are a job that keeps trying an old password. */
export function isStaleLoop(facts: readonly Fact[]): boolean {
  return wakeUps(facts) >= loopWakeUps && isSteady(facts, loopMs, loopVariation);
}

/**
 * The failures that may be guesses: without those of users who then got in after a few tries (mistyped), and without
 * jobs that keep a pace.
 */
export function guesses(failed: readonly Fact[], passed: readonly Fact[]): readonly Fact[] {
  const kept: Fact[] = [];
  const entered = byUser(passed);
  for (const [user, facts] of byUser(failed)) {
    if (isStaleLoop(facts)) continue;
    const successes = entered.get(user) ?? [];
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
  const users = [...byUser(facts).keys()];
  if (users.length === 1) return `for user '${users[0]}'`;
  return `for ${users.length} users`;
}
