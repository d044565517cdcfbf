/** Login tried as root, administrator or the like. */
import type { Finding, Rule, RuleMeta } from '../model.ts';
import { counted, exchangeFact, type Fact, findingOf, inOrder, listed, loginFact, subjectOf } from './engine/fact.ts';
import { workOf } from './engine/work.ts';
import { type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { plainUser } from './words/users.ts';

const meta = {
  id: 'privileged-login-attempt',
  status: 'stable',
  severity: 'medium',
  group: 'authentication',
  title: 'Login tried as root, administrator or the like',
  why: 'FTP daemons refuse root by default and nobody administers a machine over FTP, so even one try is no accident; a success gives the whole machine away.',
  advice:
    'Keep such accounts in ftpusers (or its like). If the login succeeded, find out who it was and what was touched.',
  falseAlarms:
    'Hosting customers who are really called `admin`: where that name gets in and hardly ever fails, nothing is reported.',
  references: ['RFC 2577 §5'],
  attack: ['T1110.001', 'T1078.003'],
  cwe: [],
  verbs: ['USER'],
} satisfies RuleMeta;

const names: ReadonlySet<string> = new Set(['root', 'administrator', 'admin', 'toor', 'sysadmin', 'supervisor']);

/** USER and the login that follows are one try. */
export const privilegedLoginAttempt: Rule<Counts<never>> = countingRule(meta, () => ({
  exchange(state, x) {
    const name = plainUser(x.arg);
    if (names.has(name)) enter(state.ledgers, `t\n${x.session.client}`, { ...exchangeFact(x, name), user: x.arg });
  },
  login(state, l) {
    const name = plainUser(l.user);
    if (!names.has(name)) return;
    const asked = plainUser(workOf(l.session)?.user?.arg ?? '') === name;
    const { client } = l.session;
    if (!asked) enter(state.ledgers, `t\n${client}`, loginFact(l, name));
    enter(state.ledgers, `${l.ok ? 'p' : 'f'}\n${client}`, loginFact(l, name));
  },
  finish(ledgers) {
    const lists = new Map(entries(ledgers));
    return [...lists].flatMap(([key, tries]) =>
      key.startsWith('t\n')
        ? ofClient(tries, lists.get(`p${key.slice(1)}`) ?? [], lists.get(`f${key.slice(1)}`) ?? [])
        : [],
    );
  },
}));

function count(facts: readonly Fact[]): number {
  return facts.filter((f) => f.note === 'admin').length;
}

/** Somebody who is called so gets in, and rarely mistypes. */
function isCustomer(passed: number, failed: number): boolean {
  return passed > 0 && failed * mistypeShare <= passed;
}

const mistypeShare = 5;
/** Successes that are named among the evidence whatever else is cut. */
const mostTriggers = 3;

function ofClient(tries: readonly Fact[], passed: readonly Fact[], failed: readonly Fact[]): readonly Finding[] {
  const customer = isCustomer(count(passed), count(failed));
  const told = customer ? tries.filter((f) => f.note !== 'admin') : tries;
  const entered = customer ? passed.filter((f) => f.note !== 'admin') : passed;
  const first = told[0];
  if (first === undefined) return [];
  return [
    findingOf(meta, {
      severity: entered.length > 0 ? 'high' : 'medium',
      message: `${counted(told.length, 'login')} tried as ${listed(told)}${entered.length > 0 ? `, ${entered.length} with success` : ''}`,
      subject: subjectOf(first.client, '', first.session),
      facts: [...told, ...entered].sort(inOrder),
      ...(entered.length === 0 ? {} : { triggers: entered.slice(0, mostTriggers) }),
      count: told.length,
    }),
  ];
}
