/** The HTML report as one page: sections in the order a reader asks – what is wrong, when, what, who, then the details. */
import type { Column, Row } from '../../model.ts';
import type { Report, SourceRow } from '../../report.ts';
import { sessionRow } from '../../rows/session-row.ts';
import { gravestFirst } from '../../severity.ts';
import { escapeHtml as e } from '../escape.ts';
import { cutText, placeText, type ShortNames, shortNames, sourceName, uncountedText } from '../finding-text.ts';
import { byteSize, counted, grouped, shortTime } from '../format.ts';
import { isCoarse } from '../layout.ts';
import { isUntold, notTold, overviewOf, sizeText, spanText } from '../overview-text.ts';
import { ambiguousText, lacksText } from '../source-text.ts';
import { classFill, classStack, heatMap, latencyChart, timelineChart, timelineTable } from './charts.ts';
import { codeCell, codePages, type ReplyTexts } from './code-pages.ts';
import type { Conversation } from './conversations.ts';
import { diagnosesBody } from './diagnoses.ts';
import { type DrillDown, drillDown, sessionAnchor } from './drill-down.ts';
import { findingsBody } from './findings.ts';
import { plainCell, rowTable, scroll, section } from './markup.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** What the page is made of. */
export interface PageInput {
  readonly report: Report;
  /** The most troubled sessions; empty if the report was saved. */
  readonly conversations: readonly Conversation[];
  /** Sessions there were. */
  readonly sessionCount: number;
  /** The reference of reply codes. */
  readonly texts: ReplyTexts;
  /** SHA-256 of the script and of the style sheet, base64. */
  readonly hashes: { readonly script: string; readonly style: string };
}

/** How much of everything; all together stay below 1 MB. */
interface Caps {
  readonly sessions: number;
  readonly rows: number;
  readonly diagnoses: number;
  readonly findings: number;
  readonly drillOctets: number;
}

const fullCaps: Caps = { sessions: 400, rows: 200, diagnoses: 60, findings: 200, drillOctets: 380_000 };
const mostOctets = 980_000;

/** The page, in pieces. Where names are very long, less of everything is shown, so that it stays below 1 MB. */
export function page(input: PageInput): readonly string[] {
  for (const scale of [1, 0.6, 0.35, 0.2]) {
    const pieces = [...piecesOf(input, scaled(fullCaps, scale))];
    if (pieces.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0) <= mostOctets) return pieces;
  }
  return [...piecesOf(input, scaled(fullCaps, 0.1))];
}

function scaled(caps: Caps, scale: number): Caps {
  return {
    sessions: Math.floor(caps.sessions * scale),
    rows: Math.floor(caps.rows * scale),
    diagnoses: Math.ceil(caps.diagnoses * scale),
    findings: Math.floor(caps.findings * scale),
    drillOctets: Math.floor(caps.drillOctets * scale),
  };
}

function* piecesOf(input: PageInput, caps: Caps): Iterable<string> {
  const { report, hashes } = input;
  const drill = drillDown(input.conversations, report, caps.drillOctets);
  const empty = report.tally.understood === 0;
  const parts = empty ? [] : bodySections(input, drill, caps);
  const why = whyPart(report, drill, caps);
  yield head(report, hashes);
  yield header(report);
  yield `<nav aria-label="Sections"><ul>${[...why, ...parts, { id: 'input', title: 'Input' }].map(({ id, title }) => `<li><a href="#${id}">${e(title)}</a>`).join('')}</ul></nav>\n<main id="main">\n`;
  for (const part of why) yield part.html;
  if (empty)
    yield section(
      'nothing',
      report.tally.lines === 0 ? 'Nothing was read' : 'No FTP was found',
      `<p>${report.tally.lines === 0 ? 'The input is empty.' : 'No line of the input was understood as FTP.'}</p>\n`,
    );
  else yield tiles(report);
  for (const part of parts) yield part.html;
  yield inputSection(report);
  yield `</main>\n<footer><p>Written by ftplog ${e(report.tool.version)}. Passwords are never part of a report.</p></footer>\n<script>${script}</script>\n</body>\n</html>\n`;
}

function head(report: Report, hashes: PageInput['hashes']): string {
  const policy = `default-src 'none'; script-src 'sha256-${hashes.script}'; style-src 'sha256-${hashes.style}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n<title>FTP log report: ${e(sourceNames(report))}</title>\n<style>${style}</style>\n</head>\n<body>\n<a class="skip" href="#main">To the content</a>\n`;
}

function sourceNames(report: Report): string {
  const short = shortNames(report);
  const names = report.sources.map((s) => sourceName(short.get(s.name) ?? s.name));
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function header(report: Report): string {
  const span = spanText(overviewOf(report)) || 'the log carries no dates';
  const counts = gravestFirst
    .map((name) => [name, report.findings.filter((f) => f.severity === name).length] as const)
    .filter(([, n]) => n > 0);
  const badges =
    counts.length === 0
      ? '<li class="badge info">no anomalies'
      : counts.map(([name, n]) => `<li class="badge ${name}">${grouped(n)} ${name}`).join('');
  return `<header>\n<h1>FTP log report</h1>\n<p class="path">${e(sourceNames(report))}</p>\n<p class="soft">${e(span)}</p>\n<ul class="verdict" aria-label="Anomalies by severity">${badges}</ul>\n</header>\n`;
}

function tiles(report: Report): string {
  const o = overviewOf(report);
  const figure = (key: string): string => (isUntold(o[key]) ? '–' : grouped(Number(o[key] ?? 0)));
  const words = (key: string, text: string): string => (isUntold(o[key]) ? `${text} ${notTold}` : text);
  const size = (octets: string, unsized: string, files: string, noun: string): readonly [string, string] =>
    isUntold(o[files])
      ? ['–', `${noun}s ${notTold}`]
      : isUntold(o[octets])
        ? [grouped(Number(o[files])), `${noun}s, size ${notTold}`]
        : [sizeText(o[octets] ?? 0, Number(o[unsized] ?? 0)), `in ${counted(Number(o[files] ?? 0), noun)}`];
  const items: readonly (readonly [string, string])[] = [
    [figure('sessions'), `${o['sessions'] === 1 ? 'session' : 'sessions'}, ${figure('endedQuit')} ended with QUIT`],
    isUntold(o['commands'])
      ? ['–', `commands ${notTold}`]
      : [figure('commands'), isUntold(o['unanswered']) ? 'commands' : `commands, ${figure('unanswered')} unanswered`],
    [figure('replies'), words('replies', 'replies')],
    isUntold(o['loginsFailed'])
      ? ['–', `logins ${notTold}`]
      : [figure('loginsFailed'), `refused logins, ${figure('loginsOk')} accepted`],
    size('bytesDown', 'unsizedDownloads', 'downloads', 'download'),
    size('bytesUp', 'unsizedUploads', 'uploads', 'upload'),
    isUntold(o['incompleteTransfers'])
      ? ['–', `transfers ${notTold}`]
      : [figure('incompleteTransfers'), 'transfers broke off'],
  ];
  return `<ul class="tiles">${items.map(([value, text]) => `<li><b>${value}</b><span>${text}</span>`).join('')}</ul>\n`;
}

/** Tables with a section of their own, or none; the others follow the commands. */
const placed: ReadonlySet<string> = new Set([
  'overview',
  'classes',
  'kinds',
  'codes',
  'commands',
  'clients',
  'users',
  'files',
  'sessions',
  'pairs',
  'latency',
  'timeline',
]);

interface Part {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** Why something failed stands before all else: it is what the log was opened for. */
function whyPart(report: Report, drill: DrillDown, caps: Caps): readonly Part[] {
  const title = 'Why it failed';
  const body = diagnosesBody(report, drill, caps.diagnoses);
  return body === '' ? [] : [{ id: 'why', title, html: section('why', title, body) }];
}

function bodySections(input: PageInput, drill: DrillDown, caps: Caps): readonly Part[] {
  const { report } = input;
  const rows = (id: string): readonly Row[] => (report.tables.get(id) ?? []).slice(0, caps.rows);
  const columns = (id: string): readonly Column[] => report.layouts.find((l) => l.id === id)?.columns ?? [];
  const parts: Part[] = [];
  const add = (id: string, title: string, body: string): void => {
    if (body !== '') parts.push({ id, title, html: section(id, title, body) });
  };
  const table = (id: string, name: string, bar: string, fill?: (row: Row) => string): string =>
    rows(id).length === 0 || columns(id).length === 0
      ? ''
      : rowTable(columns(id), rows(id), {
          name,
          bar,
          coarse: isCoarse(report, columns(id), rows(id)),
          cell: codeCell(input.texts),
          ...(fill === undefined ? {} : { fill }),
        }) + restNote(report, id, rows(id).length);
  add('anomalies', 'Anomalies', findingsBody(report, drill, caps.findings));
  const times = report.tables.get('timeline') ?? [];
  if (times.length > 1) add('timeline', 'Timeline', timelineChart(times) + timelineTable(times));
  if (rows('classes').length > 0) add('replies', 'Replies', repliesBody(rows('classes'), rows('kinds'), columns));
  add(
    'codes',
    'Reply codes',
    table('codes', 'reply codes', 'count', (row) => `f${Math.floor(Number(row['code']) / 100)}`) +
      codePages([...rows('codes'), ...rows('failures')], input.texts),
  );
  add('commands', 'Commands', table('commands', 'commands', 'count'));
  for (const { id, title } of report.layouts)
    if (!placed.has(id)) add(id, title, table(id, title.toLowerCase(), 'count'));
  if (rows('pairs').length > 0) add('pairs', 'Codes by command', heatMap(report.tables.get('pairs') ?? []));
  if (rows('latency').length > 0) add('latency', 'Latency', latencyChart(rows('latency')));
  add('clients', 'Clients', table('clients', 'clients', 'commands'));
  add('users', 'Users', table('users', 'users', 'commands'));
  add('files', 'Files', table('files', 'files', 'bytes'));
  add('sessions', 'Sessions', sessionsBody(input, drill, columns('sessions'), caps.sessions));
  return parts;
}

function restNote(report: Report, id: string, shown: number): string {
  const cut = cutText(report, id, shown);
  return cut === '' ? '' : `<p class="small soft">The first ${cut}; --format json has more.</p>\n`;
}

function repliesBody(
  classes: readonly Row[],
  kinds: readonly Row[],
  columns: (id: string) => readonly Column[],
): string {
  return `${classStack(classes)}${rowTable(columns('classes'), classes, { name: 'replies by class', bar: 'count', fill: classFill })}<h3>By kind</h3>\n${rowTable(columns('kinds'), kinds, { name: 'replies by kind', bar: 'count' })}`;
}

function sessionsBody(
  { report, conversations, sessionCount }: PageInput,
  drill: DrillDown,
  columns: readonly Column[],
  mostSessions: number,
): string {
  const sources = report.sources.map((s) => s.name);
  const all =
    conversations.length > 0
      ? conversations.map((c) => sessionRow(c.session, sources))
      : (report.tables.get('sessions') ?? []);
  const rows = pointedFirst(all, drill.pointed).slice(0, mostSessions);
  if (rows.length === 0) return '';
  const total = Math.max(sessionCount, Number(report.tables.get('overview')?.[0]?.['sessions'] ?? 0));
  const shown: readonly Column[] = [
    ...columns.slice(0, 3),
    { key: 'opened', title: 'Opened (UTC)', align: 'left' },
    ...columns.slice(3),
  ];
  const table = rowTable(shown, rows, {
    name: 'sessions',
    coarse: isCoarse(report, shown, rows),
    cell: (row, column) => {
      if (column.key === 'opened') return `<td>${e(typeof row['opened'] === 'string' ? shortTime(row['opened']) : '')}`;
      const id = String(row['session']);
      if (column.key !== 'session' || !drill.sessions.has(id)) return undefined;
      return `<td><a href="#${sessionAnchor(id)}"><code>${e(id)}</code></a>`;
    },
  });
  const note =
    total > rows.length
      ? `<p class="small soft">${grouped(rows.length)} of ${grouped(total)} sessions: those with causes and findings, then the most troubled.</p>\n`
      : '';
  return `${note}${table}${drill.html}`;
}

/** Sessions that findings point at stand first, in their order; of one that was not kept its id is all there is. */
function pointedFirst(rows: readonly Row[], pointed: ReadonlySet<string>): readonly Row[] {
  const byId = new Map(rows.map((row) => [String(row['session']), row]));
  return [
    ...[...pointed].map((session): Row => byId.get(session) ?? { session }),
    ...rows.filter((row) => !pointed.has(String(row['session']))),
  ];
}

function inputSection(report: Report): string {
  const lines = report.sources.map(sourceLine).join('');
  const bound = uncountedText(report);
  const assumptions = [...(bound === '' ? [] : [bound]), ...report.assumptions]
    .map((text) => `<li>${e(text)}`)
    .join('');
  const rules =
    report.rules.length === 0
      ? ''
      : `<details><summary>${counted(report.rules.length, 'rule')} looked</summary><ul class="small">${report.rules.map((r) => `<li><code>${e(r.id)}</code> ${e(r.title)}`).join('')}</ul></details>\n`;
  const heads =
    '<th scope="col">Source<th scope="col">Format<th scope="col" class="n">Lines<th scope="col" class="n">Understood<th scope="col" class="n">Without FTP<th scope="col" class="n">Not understood<th scope="col" class="n">Size';
  return section(
    'input',
    'Input',
    `${scroll('Sources', `<table><thead><tr>${heads}<tbody>\n${lines}</table>`)}${samples(report.sources, shortNames(report))}${report.tally.ambiguous > 0 ? `<p>${ambiguousText(report.tally.ambiguous)}</p>\n` : ''}${assumptions === '' ? '' : `<h3>Notes</h3><ul>${assumptions}</ul>\n`}${rules}`,
  );
}

function sourceLine(s: SourceRow): string {
  const format =
    s.dialects.length === 0
      ? 'not recognised'
      : [...new Set(s.dialects.map((d) => [...d.wrappers, d.id].join(' › ')))].join(', ');
  const error = s.error === '' ? '' : ` <b class="high">${e(s.error)}</b>`;
  const numbers = [s.lines, s.understood, s.noise + s.blank, s.unparsed]
    .map((n) => plainCell(n, { key: 'n', title: '', align: 'right', format: 'count' }))
    .join('');
  return `<tr><td class="t"><code>${e(sourceName(s.name))}</code>${error}<td class="t">${e(format)}${lacksText(s) === '' ? '' : `<br><span class="soft">${e(lacksText(s))}</span>`}${numbers}<td class="n">${byteSize(s.bytes)}\n`;
}

function samples(sources: readonly SourceRow[], names: ShortNames): string {
  const lines = sources.flatMap((s) =>
    s.samples.map(
      (sample) =>
        `<li><code>${e(placeText({ source: s.name, line: sample.line }, names))}</code> <code>${e(sample.text)}</code>`,
    ),
  );
  return lines.length === 0
    ? ''
    : `<details><summary>First lines that were not understood</summary><ul class="places small path">${lines.join('')}</ul></details>\n`;
}
