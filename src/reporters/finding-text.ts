/** Findings in words, the same in all reports for people. */
import type { RuleMeta } from '../model.ts';
import type { Report } from '../report.ts';
import type { EvidenceRow, FindingRow } from '../rows/finding-row.ts';
import { gravestFirst } from '../severity.ts';
import { shortestNames } from '../text.ts';
import { counted, grouped } from './format.ts';

/** `2 high, 1 medium`; `none` if there is nothing. */
export function severityCounts(findings: readonly FindingRow[]): string {
  const counts = gravestFirst.map((name) => [findings.filter((f) => f.severity === name).length, name] as const);
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

/** Short names of the sources of a report: without folders, but for those that tell two of them apart. */
export function shortNames({ sources }: Pick<Report, 'sources'>): ShortNames {
  return shortestNames(sources.map((s) => s.name));
}

export type ShortNames = ReadonlyMap<string, string>;

/** `auth.log:12`, or `a/auth.log:12` where another source has the same name. */
export function placeText(place: { readonly source: string; readonly line: number }, names: ShortNames): string {
  return `${sourceName(names.get(place.source) ?? place.source)}:${place.line}`;
}

/** The line to look at: without it there would be no finding. */
export function mainPlace({ evidence }: FindingRow): EvidenceRow | undefined {
  return evidence.find((place) => place.role === 'trigger') ?? evidence[0];
}

/** Triggers beside the place that a report with room for one place shows. */
export function otherTriggers(f: FindingRow, shown: EvidenceRow | undefined): readonly EvidenceRow[] {
  return f.evidence.filter((place) => place.role === 'trigger' && place !== shown);
}

/** `10 of 34`; '' if all rows of a table are shown. */
export function cutText(report: Report, id: string, shown: number): string {
  const rows = Math.max(report.extents.get(id)?.rows ?? 0, report.tables.get(id)?.length ?? 0);
  return shown < rows ? `${grouped(shown)} of ${grouped(rows)}` : '';
}

/** What a bound kept out of tables and findings, for people; '' if nothing. */
export function uncountedText({ uncounted }: Report): string {
  if (uncounted.length === 0) return '';
  const parts = uncounted.map(
    ({ where, events }) => `${counted(events, 'event')} not in ${where.replace(/^rule:/, 'the findings of ')}`,
  );
  return `more different names than are kept: ${parts.join(', ')}`;
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
