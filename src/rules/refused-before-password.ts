/** One client is turned away at the door again and again. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { counted, type Fact, findingOf, subjectOf } from './engine/fact.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';
import { byUser, guesses, type History, type Logins, loginRule, refusals, usersText } from './kinds/logins.ts';

const meta = {
  id: 'refused-before-password',
  status: 'stable',
  severity: 'medium',
  group: 'authentication',
  title: 'A client is refused again and again, not for its password',
  why: 'The server would not have the name or the account, or wants TLS or another client: no password was at stake, but the client does not stop. A guessing tool does that, and so does a job that nobody looks after.',
  advice:
    'Find out who the client is. If it is yours, repair the account, or switch TLS on in the client; else block it.',
  falseAlarms:
    'A job whose account was closed or whose server began to require TLS; that is reported as low where only the way of logging in was refused. Jobs that keep a pace are told by stale-credential-loop, many names by user-enumeration, 421 by reply-421-storm.',
  references: ['RFC 959 §5.4', 'RFC 2577 §5'],
  attack: ['T1110'],
  cwe: ['CWE-307'],
  thresholds: { refusals: 10, seconds: 300, slowRefusals: 40, slowSeconds: 21_600, names: 10 },
} satisfies RuleMeta;

type Limits = ThresholdsOf<typeof meta>;

export const refusedBeforePassword: Rule<Logins> = loginRule(
  meta,
  (t) => (book) => refusals(book).flatMap((history) => ofClient(history, t)),
);

function ofClient(history: History, t: Limits): readonly Finding[] {
  const tries = guesses(history);
  const fast = bursts(tries, t.refusals, t.seconds * 1000).flat();
  const facts = fast.length > 0 ? fast : bursts(tries, t.slowRefusals, t.slowSeconds * 1000).flat();
  const first = facts[0];
  if (first === undefined || byUser(facts).size >= t.names) return [];
  return [
    findingOf(meta, {
      severity: facts.some(isOfName) ? 'medium' : 'low',
      message: `${counted(facts.length, 'login')} refused ${usersText(facts)}, ${reasonText(facts)}`,
      subject: subjectOf(first.client, '', first.session),
      facts,
    }),
  ];
}

/** The name or the account was refused, not the way of logging in. */
function isOfName(f: Fact): boolean {
  return f.rank > 1;
}

function reasonText(facts: readonly Fact[]): string {
  if (facts.every(isOfName)) return 'the name or account, not the password';
  return facts.some(isOfName)
    ? 'the name, the account or the way of logging in'
    : 'the way of logging in (TLS, limits)';
}
