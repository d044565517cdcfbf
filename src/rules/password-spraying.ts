/** One client tries many accounts, few times each. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { counted, type Fact, findingOf, listed, subjectOf } from './engine/fact.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';
import { byUser, type History, histories, type Logins, loginRule } from './kinds/logins.ts';
import { plainUser } from './words/users.ts';

const meta = {
  id: 'password-spraying',
  status: 'stable',
  severity: 'high',
  group: 'authentication',
  title: 'One client tries many accounts, few times each',
  why: 'One common password tried on every account stays below the limits that lock a single account, and in a large user base it mostly opens one.',
  advice:
    'Block the client, look for logins of the tried users from it or its network, and forbid the passwords everyone tries.',
  falseAlarms:
    'A hosting panel that tests all mailboxes or accounts; an office behind one address, which is told by most of its users getting in.',
  references: ['RFC 2577 §5'],
  attack: ['T1110.003'],
  cwe: ['CWE-307'],
  thresholds: { users: 8, seconds: 3600, slowUsers: 20, slowSeconds: 86_400, triesPerUser: 3 },
} satisfies RuleMeta;

type Limits = ThresholdsOf<typeof meta>;

export const passwordSpraying: Rule<Logins> = loginRule(
  meta,
  (t) => (book) => histories(book).flatMap((history) => ofClient(history, t)),
);

function ofClient(history: History, t: Limits): readonly Finding[] {
  const facts = sprays(history, t);
  if (facts.length === 0) return [];
  const users = byUser(facts);
  const names = listed(facts.map((f) => ({ ...f, note: plainUser(f.user) })));
  return [
    findingOf(meta, {
      message: `${counted(facts.length, 'failed login')} spread over ${users.size} accounts, ${triesText(users)}: ${names}`,
      subject: subjectOf(facts[0]?.client ?? '', '', facts[0]?.session),
      facts,
    }),
  ];
}

/** `one each`, `3 each`, `1 to 3 each`. */
function triesText(users: ReadonlyMap<string, readonly Fact[]>): string {
  const tries = [...users.values()].map((list) => list.length);
  const least = Math.min(...tries);
  const most = Math.max(...tries);
  if (least < most) return `${least} to ${most} each`;
  return most === 1 ? 'one each' : `${most} each`;
}

/** Failures in windows with too many different users, few tries each, most of whom never get in from there. */
function sprays({ failed, failedBy, passedBy }: History, t: Limits): readonly Fact[] {
  if (failedBy.size < t.users) return [];
  const byName = (f: Fact): string => plainUser(f.user);
  const runs = [
    ...bursts(failed, t.users, t.seconds * 1000, byName),
    ...bursts(failed, t.slowUsers, t.slowSeconds * 1000, byName),
  ];
  const kept = new Set<Fact>();
  for (const run of runs) {
    const users = byUser(run);
    const tries = [...users.values()].map((list) => list.length).sort((a, b) => a - b);
    const median = tries[Math.floor(tries.length / 2)] ?? 0;
    const got = [...users.keys()].filter((user) => passedBy.has(user)).length;
    if (median > t.triesPerUser || got * 2 >= users.size) continue;
    for (const f of run) kept.add(f);
  }
  return failed.filter((f) => kept.has(f));
}
