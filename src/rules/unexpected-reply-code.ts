/** A code that the command cannot have. */
import type { Exchange, Rule, RuleMeta } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { isInvalidCode } from '../protocol/replies.ts';
import { counted } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { named, type Sightings, sightingRule } from './kinds/sightings.ts';

const meta = {
  id: 'unexpected-reply-code',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A code the command cannot have',
  why: 'The client decides by the code what to do next. A code that belongs to another command leads it astray, or shows that replies and commands have come apart.',
  advice:
    'Look at the exchange and the ones before it: is one reply missing or doubled? If the server always answers so, report it to its makers.',
  falseAlarms:
    'Vendor extensions with codes of their own. Codes of failures and the general ones (200, 202, 250) are taken as they come.',
  references: ['RFC 959 §5.4', 'RFC 2228 §5', 'RFC 2428', 'RFC 3659', 'RFC 7151'],
  attack: [],
  cwe: [],
} satisfies RuleMeta;

const unsure =
  deviations.logEdge |
  deviations.resynchronised |
  deviations.clientSynthetic |
  deviations.abortUnclear |
  deviations.terminatorCodeMismatch;

export const unexpectedReplyCode: Rule<Sightings> = sightingRule(
  meta,
  () => ({
    by: 'client',
    exchange(x) {
      if ((x.deviations & deviations.unexpectedCode) === 0) return undefined;
      return cannotBe(x) ? { severity: 'low', note: `${x.verb} ${String(x.code).padStart(3, '0')}` } : undefined;
    },
    message: (seen) => `${counted(seen.count, 'reply', 'replies')} with a code of another command: ${named(seen)}`,
  }),
  { when: () => gates.deviating },
);

/**
 * 214 and 221 have rules of their own. A failure may have any code of its kind; a code that no reply can have is wrong
 * whatever the command.
 */
function cannotBe(x: Exchange): boolean {
  const { code } = x;
  if (!x.asked || x.inferred || x.replies.length === 0 || (x.deviations & unsure) !== 0) return false;
  if (isInvalidCode(code)) return true;
  if (code >= 400 || code === 200 || code === 202 || code === 250 || code === 214 || code === 221) return false;
  return isVerb(x.verb);
}
