/** Findings in words, the same in all reports for people. */
import type { RuleMeta, Severity } from '../model.ts';
import type { Report } from '../report.ts';
import type { FindingRow } from '../rows/finding-row.ts';
import { grouped } from './format.ts';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** `2 high, 1 medium`; `none` if there is nothing. */
export function severityCounts(findings: readonly FindingRow[]): string {
  const counts = severities.map((name) => [findings.filter((f) => f.severity === name).length, name] as const);
  const parts = counts.filter(([n]) => n > 0).map(([n, name]) => `${grouped(n)} ${name}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** Whom it is about: `192.0.2.7, user alice`. */
export function subjectText(f: FindingRow): string {
  const { client, user, session, network } = f.subject;
  const parts = [network, client, user === undefined ? undefined : `user ${user}`].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(', ');
  return session === undefined ? '' : `session ${session}`;
}

/** `auth.log:12`; the name without its folder. */
export function placeText(place: { readonly source: string; readonly line: number }): string {
  return `${sourceName(place.source.slice(place.source.lastIndexOf('/') + 1))}:${place.line}`;
}

/** A source as people read it: standard input has the name that ripgrep gives it. */
export function sourceName(name: string): string {
  return name === '-' ? '<stdin>' : name;
}

/** `once`, `37 times`. */
export function timesText(count: number): string {
  return count === 1 ? 'once' : `${grouped(count)} times`;
}

/** What changed since the baseline: `against old.json: 2 new, 3 known, 1 gone`; '' without one. */
export function baselineText({ baseline: b }: Report): string {
  return b === undefined
    ? ''
    : `against ${b.file}: ${grouped(b.new)} new, ${grouped(b.known)} known, ${grouped(b.gone)} gone`;
}

/** How many the allow-list covers; '' if none. */
export function allowedText({ suppressed = [] }: Report): string {
  return suppressed.length === 0 ? '' : `${grouped(suppressed.length)} more covered by the allow-list`;
}

/** The metadata of the rules, by id. */
export function ruleMap(report: Report): ReadonlyMap<string, RuleMeta> {
  return new Map(report.rules.map((rule) => [rule.id, rule]));
}

/** How a session ended, in words. */
export function endText(end: string): string {
  return endWords.get(end) ?? end;
}

const endWords: ReadonlyMap<string, string> = new Map([
  ['quit', 'quit'],
  ['service-closing', 'by server'],
  ['dropped', 'dropped'],
  ['evicted', 'given up'],
  ['end-of-input', 'unseen'],
]);
