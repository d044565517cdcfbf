/** Account names are probed for existence. */
import type { Finding, Rule, RuleMeta, Session } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { factAt, findingOf, listed, loginFact, subjectOf } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { workOf } from './engine/work.ts';
import { bursts, type Counts, countingRule, enter, entries, type Ledgers } from './kinds/ledger.ts';
import { isAnonymousName, plainUser } from './words/users.ts';

const meta = {
  id: 'user-enumeration',
  status: 'stable',
  severity: 'medium',
  group: 'authentication',
  title: 'Account names are probed for existence',
  why: 'Where a server answers a known name differently from an unknown one, a list of names becomes a list of accounts, and guessing passwords starts from there.',
  advice: 'Let the server answer every USER with 331 and refuse only at PASS; block the client.',
  falseAlarms:
    'Connection pools that send USER and drop. Servers that name unknown users only in their own log: that counts only when the client tries many accounts.',
  references: ['RFC 2577 §7'],
  attack: ['T1595.003'],
  cwe: ['CWE-204'],
  verbs: ['USER'],
  thresholds: { names: 10, seconds: 600 },
} satisfies RuleMeta;

/** `q`: USER without PASS, or refused at USER. `u`: failed, and the server calls the name unknown. */
export const userEnumeration: Rule<Counts<never>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      // A further USER: the one before it got no PASS.
      left(state, x.session);
    },
    login(state, l) {
      if (l.kind === 'name-refused') {
        if (l.user !== '' && !isAnonymousName(l.user)) enter(state.ledgers, `q\n${l.session.client}`, loginFact(l));
      } else if (!l.ok && l.unknownUser) enter(state.ledgers, `u\n${l.session.client}`, loginFact(l));
    },
    end(state, s) {
      left(state, s);
    },
    finish: (ledgers) => conclude(ledgers, t.names, t.seconds * 1000),
  }),
  { when: () => gates.asking },
);

/** The session leaves a name that it gave without a password. */
function left({ ledgers }: Counts<never>, s: Session): void {
  const work = workOf(s);
  const x = work?.asking === true ? work.user : undefined;
  if (x === undefined || x.inferred || x.arg === '' || isAnonymousName(x.arg)) return;
  if ((x.deviations & deviations.logEdge) !== 0 || (x.code !== 331 && x.code !== 332 && x.code !== 0)) return;
  enter(ledgers, `q\n${s.client}`, factAt(s, x, '', 0, x.arg));
}

function conclude(ledgers: Ledgers, names: number, ms: number): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [key, list] of entries(ledgers, names)) {
    const facts = bursts(list, names, ms, (f) => plainUser(f.user)).flat();
    const first = facts[0];
    const probed = new Set(facts.map((f) => plainUser(f.user)));
    if (first === undefined || (key.startsWith('u\n') && facts.length > probed.size * triesPerName)) continue;
    if (findings.some((f) => f.subject.client === first.client)) continue;
    findings.push(
      findingOf(meta, {
        message: `${probed.size} account names probed: ${listed(facts.map((f) => ({ ...f, note: f.user })))}`,
        subject: subjectOf(first.client, '', first.session),
        facts,
      }),
    );
  }
  return findings;
}

/** The client does not see that a name is unknown: only many names with few tries each are a search for names. */
const triesPerName = 3;
