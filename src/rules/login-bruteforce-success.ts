/** The guessing client gets in. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { byText } from '../text.ts';
import { counted, type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';
import { byUser, guesses, type History, histories, type Logins, loginRule } from './kinds/logins.ts';
import { isAnonymousName, plainUser } from './words/users.ts';

const meta = {
  id: 'login-bruteforce-success',
  status: 'stable',
  severity: 'critical',
  group: 'authentication',
  title: 'The guessing client got in',
  why: 'After a run of failed logins one of the guessed accounts let the client in: the password is known to whoever guessed it.',
  advice:
    'Treat the account as taken over: lock it, change the password wherever it is used, and go through everything this client and account did since.',
  falseAlarms:
    'A neighbour behind the same address who logs in while somebody else guesses; only accounts among the guessed ones count.',
  references: ['RFC 2577 §5'],
  attack: ['T1110', 'T1078'],
  cwe: ['CWE-307'],
  thresholds: {
    failures: 8,
    seconds: 300,
    slowFailures: 20,
    slowSeconds: 21_600,
    users: 8,
    usersSeconds: 3600,
    successSeconds: 900,
    spraySeconds: 300,
  },
} satisfies RuleMeta;

type Limits = ThresholdsOf<typeof meta>;

export const loginBruteforceSuccess: Rule<Logins> = loginRule(
  meta,
  (t) => (book) => histories(book).flatMap((history) => ofClient(history, t)),
);

function isNamed(f: Fact): boolean {
  return !isAnonymousName(f.user);
}

interface Hit {
  readonly success: Fact;
  readonly tries: readonly Fact[];
}

function ofClient(all: History, t: Limits): readonly Finding[] {
  if (all.passed.length === 0 || all.failed.length < Math.min(t.failures, t.users)) return [];
  const history = { ...all, failed: all.failed.filter(isNamed), passed: all.passed.filter(isNamed) };
  const hits = new Map<string, Hit>();
  for (const { facts, isSpray } of runsOf(history, t)) {
    const seen = new Set<string>();
    const until = (facts[facts.length - 1]?.time ?? Number.NaN) + t.successSeconds * 1000;
    for (const success of history.passed) {
      if (success.time > until) break;
      const name = plainUser(success.user);
      const first = !seen.has(name);
      seen.add(name);
      if (hits.has(name) || !isAfter(facts, success, t.failures)) continue;
      const guessed = triesBefore(history.failedBy.get(name) ?? [], facts, success).length > 0;
      const seconds = guessed ? t.successSeconds : first && isSpray ? t.spraySeconds : -1;
      if (follows(facts, success, seconds, t.failures))
        hits.set(name, { success, tries: triesBefore(history.failed, facts, success) });
    }
  }
  return [...hits].sort((a, b) => byText(a[0], b[0])).map(([name, hit]) => told(name, hit));
}

function told(name: string, { success, tries }: Hit): Finding {
  const own = byUser(tries).get(name)?.length ?? 0;
  return findingOf(meta, {
    message: `Login as '${name}' succeeded after ${counted(tries.length, 'failed login')} of the same client, ${own} of them for this user`,
    subject: subjectOf(success.client, success.user, success.session),
    facts: [...tries, success],
    triggers: [success],
    count: 1,
  });
}

interface Run {
  readonly facts: readonly Fact[];
  /** Many users, each tried rarely: the account that opens may do so at its first try. */
  readonly isSpray: boolean;
}

/** Runs of failures that count as guessing: many at all, or many users. */
function runsOf(history: History, t: Limits): readonly Run[] {
  const tries = guesses(history).filter(isNamed);
  const many = [...bursts(tries, t.failures, t.seconds * 1000), ...bursts(tries, t.slowFailures, t.slowSeconds * 1000)];
  const wide = bursts(tries, t.users, t.usersSeconds * 1000, (f) => plainUser(f.user));
  return [...many.map((facts) => ({ facts, isSpray: false })), ...wide.map((facts) => ({ facts, isSpray: true }))];
}

/** Failures from the beginning of the run up to the success. */
function triesBefore(failed: readonly Fact[], run: readonly Fact[], success: Fact): readonly Fact[] {
  const first = run[0];
  const last = run[run.length - 1];
  const tries: Fact[] = [];
  for (const f of failed) {
    if (last === undefined || inOrder(f, last) > 0 || inOrder(f, success) >= 0) break;
    if (first !== undefined && inOrder(f, first) >= 0) tries.push(f);
  }
  return tries;
}

/** At least so many failures of the run came before. */
function isAfter(run: readonly Fact[], success: Fact, atLeast: number): boolean {
  const enough = run[atLeast - 1];
  return enough !== undefined && inOrder(enough, success) < 0;
}

/** After the run crossed the limit, and at most `seconds` after its last failure before. */
function follows(run: readonly Fact[], success: Fact, seconds: number, atLeast: number): boolean {
  if (seconds < 0) return false;
  let before: Fact | undefined;
  let n = 0;
  for (const f of run) {
    if (inOrder(f, success) > 0) break;
    before = f;
    n++;
  }
  if (before === undefined || n < atLeast) return false;
  return Number.isNaN(success.time) ? before.session === success.session : success.time - before.time <= seconds * 1000;
}
