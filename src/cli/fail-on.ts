/** `--fail-on`: never, a severity and what is above it, or one rule. */
import type { Severity } from '../model.ts';
import { atLeast, isSeverity, severities } from '../severity.ts';
import { hint } from './choice.ts';
import { UsageError } from './usage-error.ts';

/** Refuses what is neither `never` nor a severity nor one of these rules. */
export function checkFailOn(what: string, rules: readonly { readonly id: string }[]): void {
  if (what === 'never' || isSeverity(what) || rules.some((rule) => rule.id === what)) return;
  const known = ['never', ...severities, ...rules.map((rule) => rule.id)];
  throw new UsageError(
    `--fail-on wants never, a severity or a rule, not '${what}'${hint(what, known, `severities are ${severities.join(', ')}; for rules see ftplog rules`)}`,
  );
}

/** The finding is one that makes the run fail. */
export function isFailing(finding: { readonly rule: string; readonly severity: Severity }, what: string): boolean {
  if (what === 'never') return false;
  return isSeverity(what) ? atLeast(finding.severity, what) : finding.rule === what;
}
