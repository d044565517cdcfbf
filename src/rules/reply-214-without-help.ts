/** A help text that nobody asked for. */
import type { Rule, RuleMeta } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { type Sightings, sightingRule } from './kinds/sightings.ts';
import { hidesLines } from './words/shown.ts';

const meta = {
  id: 'reply-214-without-help',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A help text nobody asked for',
  why: '214 is for people and answers HELP (or SITE HELP). A program that reads it as the answer to another command cannot know whether that command was carried out.',
  advice:
    'Look at the exchange: the server may explain its usage instead of answering 501, or replies and commands have come apart.',
  falseAlarms: 'SITE without an argument, which some servers answer with a list; it is not reported.',
  references: ['RFC 959 §4.2', 'RFC 959 §5.4'],
  attack: [],
  cwe: [],
} satisfies RuleMeta;

export const reply214WithoutHelp: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange(x) {
      if (x.code !== 214 || x.verb === 'HELP' || x.verb === 'SITE' || x.verb === 'XHLP') return undefined;
      if (!x.asked && hidesLines(x.session)) return undefined;
      return (x.deviations & deviations.logEdge) === 0 ? { severity: 'low', note: x.verb } : undefined;
    },
    message(seen) {
      const verbs = [...new Set(seen.facts.map((f) => f.note || 'no command'))].join(', ');
      return `${counted(seen.count, 'help text (214)', 'help texts (214)')} in answer to ${verbs}`;
    },
  }),
  { when: () => gates.code214 },
);
