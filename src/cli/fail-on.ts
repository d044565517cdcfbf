/** `--fail-on`: never, a severity and what is above it, or one rule. */
import { rank } from '../analyze.ts';
import type { Severity } from '../model.ts';
import { hint } from './choice.ts';
import { UsageError } from './usage-error.ts';

const severities: readonly string[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Refuses what is neither `never` nor a severity nor one of these rules. */
export function checkFailOn(what: string, rules: readonly { readonly id: string }[]): void {
  if (what === 'never' || severities.includes(what) || rules.some((rule) => rule.id === what)) return;
  const known = ['never', ...severities, ...rules.map((rule) => rule.id)];
  throw new UsageError(
    `--fail-on wants never, a severity or a rule, not '${what}'${hint(what, known, `severities are ${severities.join(', ')}; for rules see ftplog rules`)}`,
  );
}

/** The finding is one that makes the run fail. */
export function isFailing(finding: { readonly rule: string; readonly severity: Severity }, what: string): boolean {
  if (what === 'never') return false;
  return severities.includes(what) ? rank(finding.severity) >= severities.indexOf(what) : finding.rule === what;
}
