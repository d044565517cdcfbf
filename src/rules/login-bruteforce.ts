/** One client, or one network, keeps failing to log in: within minutes, hours or days. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { networkOf } from '../protocol/host-port.ts';
import { byText } from '../text.ts';
import { counted, type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { bursts } from './kinds/ledger.ts';
import { guesses, type History, histories, type Logins, loginRule, usersText } from './kinds/logins.ts';

const meta = {
  id: 'login-bruteforce',
  status: 'stable',
  severity: 'high',
  group: 'authentication',
  title: 'One client keeps failing to log in',
  why: 'A program tries passwords until one fits. Weak and leaked passwords fall to it sooner or later, and FTP accounts are often system accounts too.',
  advice:
    'Block the client, let the server delay or ban after a few failures, and check whether one of its tries succeeded (login-bruteforce-success). Use keys, TLS client certificates or longer passwords.',
  falseAlarms:
    'A job with an old password that retries at random, or many people behind one address. Users who get in after a few tries, and jobs that keep a steady pace, are not counted.',
  references: ['RFC 2577 §5', 'RFC 959 §5.4'],
  attack: ['T1110.001'],
  cwe: ['CWE-307'],
  thresholds: {
    fastFailures: 8,
    fastSeconds: 300,
    mediumFailures: 20,
    mediumSeconds: 21_600,
    slowFailures: 40,
    slowSeconds: 604_800,
    networkFailures: 20,
    networkClients: 3,
    networkSeconds: 600,
  },
} satisfies RuleMeta;

export const loginBruteforce: Rule<Logins> = loginRule(meta, (t) => (book) => {
  const findings: Finding[] = [];
  const rest: Fact[] = [];
  for (const history of histories(book)) {
    const tries = guesses(history);
    const run = fastest(tries, t);
    if (run === undefined) rest.push(...tries);
    else findings.push(ofClient(history, run.facts, run.seconds));
  }
  return [...findings, ...ofNetworks(rest, t)];
});

interface Run {
  readonly facts: readonly Fact[];
  readonly seconds: number;
}

/** Failures in windows that are too full, by the shortest window that tells; undefined if none is. */
function fastest(tries: readonly Fact[], t: ThresholdsOf<typeof meta>): Run | undefined {
  for (const pace of ['fast', 'medium', 'slow'] as const) {
    const seconds = t[`${pace}Seconds` as const];
    const facts = bursts(tries, t[`${pace}Failures` as const], seconds * 1000).flat();
    if (facts.length > 0) return { facts, seconds };
  }
  return undefined;
}

function ofClient(history: History, facts: readonly Fact[], seconds: number): Finding {
  const first = facts[0];
  const got =
    history.passed.length === 0 ? '' : `; ${counted(history.passed.length, 'login')} of this client succeeded`;
  return findingOf(meta, {
    message: `${counted(facts.length, 'failed login')} ${usersText(facts)}, at a pace of ${paceText(facts, seconds)}${got}`,
    subject: subjectOf(first?.client ?? '', '', first?.session),
    facts,
  });
}

function paceText(facts: readonly Fact[], seconds: number): string {
  const first = facts[0]?.time ?? Number.NaN;
  const last = facts[facts.length - 1]?.time ?? Number.NaN;
  const span = Math.round((last - first) / 1000);
  return span >= 0
    ? `${facts.length} in ${spanText(Math.max(1, span))}`
    : `${facts.length} in one session (the log has no clock; window ${spanText(seconds)})`;
}

function spanText(seconds: number): string {
  if (seconds < 600) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Clients of one /24 or /64 that stay below the limit each, but not together. */
function ofNetworks(tries: readonly Fact[], t: ThresholdsOf<typeof meta>): readonly Finding[] {
  const networks = new Map<string, Fact[]>();
  for (const f of tries) {
    const network = networkOf(f.client, 24, 64);
    if (network === '') continue;
    const list = networks.get(network);
    if (list === undefined) networks.set(network, [f]);
    else list.push(f);
  }
  const findings: Finding[] = [];
  for (const [network, list] of [...networks].sort((a, b) => byText(a[0], b[0]))) {
    const runs = bursts(list.sort(inOrder), t.networkFailures, t.networkSeconds * 1000);
    const facts = runs.filter((run) => new Set(run.map((f) => f.client)).size >= t.networkClients).flat();
    if (facts.length === 0) continue;
    const clients = new Set(facts.map((f) => f.client)).size;
    findings.push(
      findingOf(meta, {
        message: `${counted(facts.length, 'failed login')} ${usersText(facts)} from ${clients} clients of one network`,
        subject: { network },
        facts,
      }),
    );
  }
  return findings;
}
