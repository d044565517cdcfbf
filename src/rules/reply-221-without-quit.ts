/** The server says goodbye unasked. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';
import { hidesLines } from './words/shown.ts';

const meta = {
  id: 'reply-221-without-quit',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'The server says goodbye unasked',
  why: '221 answers QUIT. Sent on its own it ends a session that the client did not mean to end; a server that shuts down has to say 421.',
  advice: 'Look for a restart or a limit of the server at that time; the client has to treat it as a lost connection.',
  falseAlarms:
    'Servers that write 221 to their log when a client just leaves (GNU ftpd: “You could at least say goodbye”).',
  references: ['RFC 959 §5.4', 'RFC 1123 §4.1.3.2'],
  attack: [],
  cwe: [],
} satisfies RuleMeta;

export const reply221WithoutQuit: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange: (x) => (x.code === 221 && isUnasked(x) ? { severity: 'low', note: x.verb } : undefined),
    message: (seen) => `${counted(seen.count, 'goodbye (221)', 'goodbyes (221)')} without QUIT`,
  }),
  { when: (verb) => (verb === 'QUIT' ? gates.never : gates.code221) },
);

function isUnasked(x: Exchange): boolean {
  if (x.asked && (x.verb === 'QUIT' || x.verb === 'STAT' || x.verb === 'REIN' || x.legal)) return false;
  if (x.session.sawQuit || (!x.asked && hidesLines(x.session)) || (x.deviations & deviations.logEdge) !== 0)
    return false;
  const text = (x.replies[x.replies.length - 1]?.text ?? '').toLowerCase();
  return !text.includes('could at least say goodbye') && !text.includes('shutdown') && !text.includes('shutting down');
}
