/** Diagnoses in words, the same in all reports for people. */
import type { Who } from '../model.ts';
import type { Report } from '../report.ts';
import type { DiagnosisRow } from '../rows/diagnosis-row.ts';
import { hash32, printable } from '../text.ts';
import { placeText, type ShortNames, shortNames } from './finding-text.ts';
import { counted, grouped } from './format.ts';
import type { Pen } from './pen.ts';
import { wrap } from './width.ts';

/** How sure it is, as a sentence begins with it. */
const sureness: Readonly<Record<DiagnosisRow['certainty'], string>> = {
  certain: 'Certain',
  likely: 'Likely',
  possible: 'Possible',
};

const actors: Readonly<Record<Who, string>> = {
  client: 'the client',
  server: 'the server',
  network: 'the network',
  host: 'the host',
};

/** Diagnoses shown; the most certain come first. */
export const mostDiagnoses = 12;
/** Cures shown of one. */
const mostCures = 3;

/** `Certain: TLS could not be agreed on`. */
export function diagnosisTitle({ certainty, title }: DiagnosisRow): string {
  return `${sureness[certainty]}: ${title}`;
}

/** Who must change something: `the server`. */
export function actorText({ who }: DiagnosisRow): string {
  return actors[who];
}

/** How often, and the lines that show it. */
export function shownText(row: DiagnosisRow, names: ShortNames): string {
  const places = row.evidence
    .map((place, i) => (place.source === row.evidence[i - 1]?.source ? String(place.line) : placeText(place, names)))
    .join(', ');
  const often = row.count > 1 ? `${counted(row.count, 'session')}, ` : '';
  return places === '' ? often.slice(0, -2) : `${often}see ${places}`;
}

/** What to do: before `head` whom it is for, '' where that is clear; `weakens` what is given up with it, '' if nothing. */
export interface CureText {
  readonly head: string;
  readonly text: string;
  readonly weakens: string;
}

/** What to do, those first who must act. */
export function curesOf({ cure, who }: DiagnosisRow): readonly CureText[] {
  return [...cure.filter((one) => one.who === who), ...cure.filter((one) => one.who !== who)].map(
    ({ who: by, product, text, weakens = '' }) => ({
      head: product === '' && by !== who ? by : product,
      text,
      weakens,
    }),
  );
}

/** The same in a line each. */
export function cureTexts(row: DiagnosisRow): readonly string[] {
  return curesOf(row)
    .slice(0, mostCures)
    .map(
      ({ head, text, weakens }) => `${head === '' ? '' : `${head}: `}${text}${weakens === '' ? '' : ` (${weakens})`}`,
    );
}

/** The line to look at: without it there would be no diagnosis. */
export function decidingPlace({ evidence }: DiagnosisRow): DiagnosisRow['evidence'][number] | undefined {
  return evidence.find((place) => place.role === 'decides') ?? evidence[0];
}

/** `1 certain, 2 likely`; `none` if there is nothing. */
export function certaintyCounts(rows: readonly DiagnosisRow[]): string {
  const parts = (['certain', 'likely', 'possible'] as const)
    .map((name) => [rows.filter((row) => row.certainty === name).length, name] as const)
    .filter(([n]) => n > 0);
  return parts.length === 0 ? 'none' : parts.map(([n, name]) => `${grouped(n)} ${name}`).join(', ');
}

/** Cause and what to do, a line each, for reports that show text of several lines. */
export function adviceLines(row: DiagnosisRow): readonly string[] {
  const sure = row.certainty === 'certain' || row.settle === '' ? [] : [`To be sure: ${row.settle}`];
  return [`${row.cause} To change: ${actorText(row)}.`, ...cureTexts(row).map((text) => `- ${text}`), ...sure];
}

/**
 * What makes two the same tomorrow: the cause and the server, not where it shows or how often. One that comes again gets a
 * number, since services merge what has one fingerprint.
 */
export function fingerprintsOf(rows: readonly DiagnosisRow[]): ReadonlyMap<DiagnosisRow, string> {
  const seen = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const told = ['diagnosis', row.id, row.subject.server ?? '', row.cause].join('\n');
      const hash = [told, `${told}\nftplog`].map((text) => hash32(text).toString(16).padStart(8, '0')).join('');
      const times = (seen.get(hash) ?? 0) + 1;
      seen.set(hash, times);
      return [row, times === 1 ? hash : `${hash}-${times}`];
    }),
  );
}

/** Why it failed: cause, who must act, the lines that show it, what to do, and what would prove it. */
export function* whySection(report: Report, width: number, p: Pen): Iterable<string> {
  const { diagnoses } = report;
  if (diagnoses.length === 0) return;
  const names = shortNames(report);
  yield `${p.bold('Why it failed')}\n`;
  for (const row of diagnoses.slice(0, mostDiagnoses)) {
    yield `  ${p.bold(wrap(printable(diagnosisTitle(row)), width - 2, 2).join('\n  '))}\n`;
    yield block(`${row.cause} To change: ${actorText(row)}.`, '', width);
    for (const text of cureTexts(row)) yield p.accent(block(text, '→ ', width));
    if (row.certainty !== 'certain' && row.settle !== '') yield p.dim(block(`To be sure: ${row.settle}`, '', width));
    yield p.dim(block(`${row.id}: ${shownText(row, names)}`, '', width));
  }
  const more = diagnoses.length - mostDiagnoses;
  if (more > 0) yield p.dim(`  and ${counted(more, 'more cause')}: --format json has all of them\n`);
}

function block(text: string, mark: string, width: number): string {
  const depth = 4 + mark.length;
  return `    ${mark}${wrap(printable(text), width - depth, 6).join(`\n${' '.repeat(depth)}`)}\n`;
}
