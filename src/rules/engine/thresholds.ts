/** Thresholds by the names that a rule declares: any other name is an error of types. */
import type { RuleMeta, Thresholds } from '../../model.ts';

/** The thresholds of a rule with this metadata; it must be a constant that `satisfies RuleMeta`, or the names are lost. */
export type ThresholdsOf<M extends RuleMeta> = M extends { readonly thresholds: infer T }
  ? { readonly [Name in keyof T]: number }
  : { readonly [Name in never]: number };

/** The thresholds in force: as declared, but for those that `set` names. */
export function inForce<M extends RuleMeta>(meta: M, set: Thresholds): ThresholdsOf<M> {
  return { ...meta.thresholds, ...set } as unknown as ThresholdsOf<M>;
}
