/** `--fail-on`: never, a severity and what is above it, or one rule. */
import { rank } from '../analyze.ts';
import type { Severity } from '../model.ts';
import { UsageError } from './flags.ts';

const severities: readonly string[] = ['info', 'low', 'medium', 'high', 'critical'];

/** Refuses what is neither `never` nor a severity nor one of these rules. */
export function checkFailOn(what: string, rules: readonly { readonly id: string }[]): void {
  if (what === 'never' || severities.includes(what) || rules.some((rule) => rule.id === what)) return;
  throw new UsageError(`--fail-on wants never, a severity (${severities.join(', ')}) or a rule, not '${what}'`);
}

/** The finding is one that makes the run fail. */
export function isFailing(finding: { readonly rule: string; readonly severity: Severity }, what: string): boolean {
  if (what === 'never') return false;
  return severities.includes(what) ? rank(finding.severity) >= severities.indexOf(what) : finding.rule === what;
}
