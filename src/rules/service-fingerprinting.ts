/** A session that only asks what the server is. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { rankOf } from '../severity.ts';
import { exchangeFact, type Fact, factAt } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { keep, recall } from './engine/memory.ts';
import { workOf } from './engine/work.ts';
import { sight, type Watch, watchingRule } from './kinds/sightings.ts';

const meta = {
  id: 'service-fingerprinting',
  status: 'stable',
  severity: 'low',
  group: 'reconnaissance',
  title: 'A session that only asks what the server is',
  why: 'SYST, FEAT, HELP and STAT tell the software and its version. A session that asks for all of them and then for nothing collects targets.',
  advice: 'Keep the version out of greeting, SYST and STAT, and keep the software up to date.',
  falseAlarms:
    'Somebody who tries a server out by hand. Clients ask two or three such questions and go on to a listing.',
  references: ['RFC 959 §4.1.3', 'RFC 2389 §3'],
  attack: ['T1592.002'],
  cwe: [],
  verbs: ['SYST', 'FEAT', 'HELP', 'STAT', 'SITE', 'AUTH', 'USER'],
  thresholds: { questions: 4 },
} satisfies RuleMeta;

/** The questions, each once, and a USER; their notes say which. */
type Asked = Fact[];

export const serviceFingerprinting: Rule<Watch<Asked>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      const known = recall(state, x.session);
      const question = x.verb === 'USER' ? 'USER' : questionOf(x);
      if (question === '' || (question === 'USER' && (x.session.sawStart || known !== undefined))) return;
      if (known?.some((asked) => asked.note === question) === true) return;
      const fact = exchangeFact(x, question, rankOf('low'));
      if (known === undefined) keep(state, x.session, [fact]);
      else known.push(fact);
    },
    session(state, s, asked) {
      if (workOf(s)?.busy === true || s.downloads + s.uploads > 0) return;
      const questions = asked.filter((f) => f.note !== 'USER');
      const whole = s.sawStart || !s.loggedIn || questions.length < asked.length;
      if (!whole || questions.length < t.questions) return;
      for (const { note, rank, source, line, time } of questions)
        sight(state.seen, 'client', factAt(s, { source, line, time }, note, rank));
    },
    message: (seen) =>
      `Nothing but questions about the server: ${[...new Set(seen.facts.map((f) => f.note))].sort().join(', ')}`,
  }),
  { when: (verb) => (verb === 'USER' ? gates.unbegun : gates.idle) },
);

/** A question about the server itself; '' for anything else. */
function questionOf(x: Exchange): string {
  if (x.verb === 'STAT') return x.arg === '' ? 'STAT' : '';
  if (x.verb === 'HELP') return x.arg.toUpperCase() === 'SITE' ? 'SITE HELP' : 'HELP';
  if (x.verb === 'SITE') return x.arg.slice(0, 4).toUpperCase() === 'HELP' ? 'SITE HELP' : '';
  return x.verb === 'SYST' || x.verb === 'FEAT' || x.verb === 'AUTH' ? x.verb : '';
}
