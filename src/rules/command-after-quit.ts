/** Commands after the end of the session. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'command-after-quit',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'Commands after the session’s end',
  why: 'After QUIT and its 221 the control connection is closed. A server that goes on has not ended the session, and what follows may run without the checks that belong to it.',
  advice:
    'See whether the server carries the commands out. Then it is a bug of the server; else the client should wait for the close.',
  falseAlarms:
    'Two sessions in one transcript without a mark between them; commands that were sent before the 221 came.',
  references: ['RFC 959 §4.1.1', 'RFC 959 §5.4'],
  attack: [],
  cwe: [],
} satisfies RuleMeta;

export const commandAfterQuit: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: (x) =>
      x.asked && (x.deviations & deviations.commandAfterQuit) !== 0 && !isMixed(x)
        ? { severity: 'low', note: x.verb }
        : undefined,
    message(seen) {
      const verbs = [...new Set(seen.facts.map((f) => f.note))].join(', ');
      return `${counted(seen.count, 'command')} after QUIT was answered (${verbs})`;
    },
  }),
  { when: () => gates.deviating },
);

/** Where a log names the client and no connection, lines of several connections of one client are taken for one session. */
function isMixed({ session }: Exchange): boolean {
  return session.key === '' && session.client !== '';
}
