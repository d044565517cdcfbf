/** The HTML report as one page: sections in the order a reader asks – what is wrong, when, what, who, then the details. */
import type { Column, Row, RuleMeta } from '../../model.ts';
import type { Report, SourceRow } from '../../report.ts';
import type { FindingRow } from '../../rows/finding-row.ts';
import { sessionRow } from '../../rows/session-row.ts';
import { escapeHtml as e } from '../escape.ts';
import { placeText, ruleMap, severities, subjectText } from '../finding-text.ts';
import { byteSize, grouped } from '../format.ts';
import { classFill, classStack, heatMap, latencyChart, timelineChart, timelineTable } from './charts.ts';
import type { Conversation } from './conversations.ts';
import { anchorOf, type DrillDown, drillDown, sessionAnchor } from './drill-down.ts';
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
  /** SHA-256 of the script and of the style sheet, base64. */
  readonly hashes: { readonly script: string; readonly style: string };
}

const mostSessions = 500;
const mostRows = 200;
const mostFindings = 300;
const mostPerRule = 50;

/** The page, in pieces. */
export function* page(input: PageInput): Iterable<string> {
  const { report, hashes } = input;
  const drill = drillDown(input.conversations, report);
  const empty = report.tally.understood === 0;
  const parts = empty ? [] : bodySections(input, drill);
  yield head(report, hashes);
  yield header(report);
  yield `<nav aria-label="Sections"><ul>${[...parts, { id: 'input', title: 'Input' }].map(({ id, title }) => `<li><a href="#${id}">${e(title)}</a>`).join('')}</ul></nav>\n<main id="main">\n`;
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
  const names = report.sources.map((s) =>
    s.name === '-' ? 'standard input' : s.name.slice(s.name.lastIndexOf('/') + 1),
  );
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function header(report: Report): string {
  const o = report.tables.get('overview')?.[0] ?? {};
  const span =
    typeof o['firstTime'] === 'string'
      ? `${shortTime(o['firstTime'])} to ${shortTime(String(o['lastTime']))} UTC`
      : 'the log carries no times';
  const counts = severities
    .map((name) => [name, report.findings.filter((f) => f.severity === name).length] as const)
    .filter(([, n]) => n > 0);
  const badges =
    counts.length === 0
      ? '<li class="badge info">no anomalies'
      : counts.map(([name, n]) => `<li class="badge ${name}">${grouped(n)} ${name}`).join('');
  return `<header>\n<h1>FTP log report</h1>\n<p class="path">${e(sourceNames(report))}</p>\n<p class="soft">${e(span)}</p>\n<ul class="verdict" aria-label="Anomalies by severity">${badges}</ul>\n</header>\n`;
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function tiles(report: Report): string {
  const o = report.tables.get('overview')?.[0] ?? {};
  const n = (key: string): number => Number(o[key] ?? 0);
  const items: readonly (readonly [string, string])[] = [
    [grouped(n('sessions')), `sessions, ${grouped(n('endedQuit'))} ended with QUIT`],
    [grouped(n('commands')), `commands, ${grouped(n('unanswered'))} unanswered`],
    [grouped(n('replies')), 'replies'],
    [grouped(n('loginsFailed')), `refused logins, ${grouped(n('loginsOk'))} accepted`],
    [byteSize(n('bytesDown')), `in ${grouped(n('downloads'))} downloads`],
    [byteSize(n('bytesUp')), `in ${grouped(n('uploads'))} uploads`],
    [grouped(n('incompleteTransfers')), 'transfers broke off'],
  ];
  return `<ul class="tiles">${items.map(([value, text]) => `<li><b>${value}</b><span>${text}</span>`).join('')}</ul>\n`;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

function bodySections(input: PageInput, drill: DrillDown): readonly Part[] {
  const { report } = input;
  const rows = (id: string): readonly Row[] => (report.tables.get(id) ?? []).slice(0, mostRows);
  const columns = (id: string): readonly Column[] => report.layouts.find((l) => l.id === id)?.columns ?? [];
  const parts: Part[] = [];
  const add = (id: string, title: string, body: string): void => {
    if (body !== '') parts.push({ id, title, html: section(id, title, body) });
  };
  const table = (id: string, name: string, bar: string, fill?: (row: Row) => string): string =>
    rows(id).length === 0
      ? ''
      : rowTable(columns(id), rows(id), { name, bar, ...(fill === undefined ? {} : { fill }) }) + restNote(report, id);
  add('anomalies', 'Anomalies', findingsBody(report, drill));
  const times = report.tables.get('timeline') ?? [];
  if (times.length > 1) add('timeline', 'Timeline', timelineChart(times) + timelineTable(times));
  if (rows('classes').length > 0) add('replies', 'Replies', repliesBody(rows('classes'), rows('kinds'), columns));
  add(
    'codes',
    'Reply codes',
    table('codes', 'reply codes', 'count', (row) => `f${Math.floor(Number(row['code']) / 100)}`),
  );
  add('commands', 'Commands', table('commands', 'commands', 'count'));
  if (rows('pairs').length > 0) add('pairs', 'Codes by command', heatMap(report.tables.get('pairs') ?? []));
  if (rows('latency').length > 0) add('latency', 'Latency', latencyChart(rows('latency')));
  add('clients', 'Clients', table('clients', 'clients', 'commands'));
  add('users', 'Users', table('users', 'users', 'commands'));
  add('files', 'Files', table('files', 'files', 'bytes'));
  add('sessions', 'Sessions', sessionsBody(input, drill, columns('sessions')));
  return parts;
}

function restNote(report: Report, id: string): string {
  const rows = report.tables.get(id)?.length ?? 0;
  return rows > mostRows
    ? `<p class="small soft">The first ${grouped(mostRows)} of ${grouped(rows)}; --format json has all.</p>\n`
    : '';
}

function repliesBody(
  classes: readonly Row[],
  kinds: readonly Row[],
  columns: (id: string) => readonly Column[],
): string {
  return `${classStack(classes)}${rowTable(columns('classes'), classes, { name: 'replies by class', bar: 'count', fill: classFill })}<h3>By kind</h3>\n${rowTable(columns('kinds'), kinds, { name: 'replies by kind', bar: 'count' })}`;
}

function findingsBody(report: Report, drill: DrillDown): string {
  const { findings, rules } = report;
  if (findings.length === 0) return `<p>None: ${grouped(rules.length)} rules looked.</p>\n`;
  const shown = findings.slice(0, mostFindings);
  const metas = ruleMap(report);
  const ids = [...new Set(shown.map((f) => f.rule))];
  const rest = findings.length - shown.length;
  return (
    ids
      .map((id) =>
        ruleBody(
          id,
          metas.get(id),
          shown.filter((f) => f.rule === id),
          drill,
        ),
      )
      .join('') +
    (rest > 0
      ? `<p class="small soft">${grouped(rest)} more findings are left out here; --format json has all.</p>\n`
      : '')
  );
}

function ruleBody(id: string, meta: RuleMeta | undefined, findings: readonly FindingRow[], drill: DrillDown): string {
  const worst = findings[0]?.severity ?? 'info';
  const shown = findings.slice(0, mostPerRule);
  const lines = shown.map((f) => findingLine(f, drill));
  const heads =
    '<th scope="col">Severity<th scope="col">What was seen<th scope="col">Subject<th scope="col" class="n">Times<th scope="col">When (UTC)<th scope="col" data-plain>Evidence';
  const more =
    findings.length > shown.length
      ? `<p class="small soft">and ${grouped(findings.length - shown.length)} more of this rule</p>\n`
      : '';
  const notes = meta === undefined ? '' : `<p>${e(meta.why)}</p>\n<p class="advice">${e(meta.advice)}</p>\n`;
  const references =
    meta === undefined
      ? []
      : [...meta.references, ...meta.cwe.map(cweName), ...meta.attack.map((technique) => `ATT&CK ${technique}`)];
  const small =
    meta === undefined
      ? ''
      : `<p class="small soft">False alarms: ${e(meta.falseAlarms)}${references.length === 0 ? '' : ` · ${e(references.join(', '))}`}</p>\n`;
  return `<div class="rule" id="rule-${e(id)}">\n<h3><span class="badge ${worst}">${worst}</span>${e(meta?.title ?? id)} <code class="soft">${e(id)}</code></h3>\n${notes}${scroll(`Findings of ${id}`, `<table class="live" data-name="findings of ${e(id)}"><thead><tr>${heads}<tbody>\n${lines.join('')}</table>`)}${more}${small}</div>\n`;
}

function cweName(id: string): string {
  return id.toUpperCase().startsWith('CWE') ? id : `CWE-${id}`;
}

function findingLine(f: FindingRow, drill: DrillDown): string {
  const when =
    f.firstTime === null
      ? ''
      : f.lastTime === null || f.lastTime === f.firstTime
        ? shortTime(f.firstTime)
        : `${shortTime(f.firstTime)} – ${shortTime(f.lastTime)}`;
  const places = f.evidence.map((place) => {
    const turn = drill.turns.get(`${place.source}\n${place.line}`);
    const name = e(placeText(place));
    return turn === undefined
      ? `<li><code>${name}</code>`
      : `<li><a href="#${anchorOf(turn.source, place.line)}"><code>${name}</code></a> ${e(turn.text)}`;
  });
  const session = f.subject.session;
  const link =
    session !== undefined && drill.sessions.has(session)
      ? ` <a href="#${sessionAnchor(session)}">${e(session)}</a>`
      : '';
  const list =
    places.length === 0
      ? ''
      : `<details><summary>${grouped(places.length)} ${places.length === 1 ? 'line' : 'lines'}, first ${e(f.evidence[0] === undefined ? '' : placeText(f.evidence[0]))}</summary><ul class="places small">${places.join('')}</ul></details>`;
  return `<tr><td data-v="${5 - severities.indexOf(f.severity)}"><span class="badge ${f.severity}">${f.severity}</span><td class="t">${e(f.message)}<td class="t"><code>${e(subjectText(f))}</code>${link}<td class="n" data-v="${f.count}">${grouped(f.count)}<td>${when}<td class="t">${list}\n`;
}

function sessionsBody(
  { report, conversations, sessionCount }: PageInput,
  drill: DrillDown,
  columns: readonly Column[],
): string {
  const sources = report.sources.map((s) => s.name);
  const rows =
    conversations.length > 0
      ? conversations.slice(0, mostSessions).map((c) => sessionRow(c.session, sources))
      : (report.tables.get('sessions') ?? []).slice(0, mostSessions);
  if (rows.length === 0) return '';
  const total = Math.max(sessionCount, Number(report.tables.get('overview')?.[0]?.['sessions'] ?? 0));
  const all: readonly Column[] = [
    ...columns.slice(0, 3),
    { key: 'opened', title: 'Opened (UTC)', align: 'left' },
    ...columns.slice(3),
  ];
  const table = rowTable(all, rows, {
    name: 'sessions',
    cell: (row, column) => {
      if (column.key === 'opened') return `<td>${e(typeof row['opened'] === 'string' ? shortTime(row['opened']) : '')}`;
      const id = String(row['session']);
      if (column.key !== 'session' || !drill.sessions.has(id)) return undefined;
      return `<td><a href="#${sessionAnchor(id)}"><code>${e(id)}</code></a>`;
    },
  });
  const note =
    total > rows.length
      ? `<p class="small soft">The ${grouped(rows.length)} most troubled of ${grouped(total)} sessions: refused logins first, then failures, then bytes.</p>\n`
      : '';
  return `${note}${table}${drill.html}`;
}

function inputSection(report: Report): string {
  const lines = report.sources.map(sourceLine).join('');
  const assumptions = report.assumptions.map((text) => `<li>${e(text)}`).join('');
  const rules =
    report.rules.length === 0
      ? ''
      : `<details><summary>${grouped(report.rules.length)} rules looked</summary><ul class="small">${report.rules.map((r) => `<li><code>${e(r.id)}</code> ${e(r.title)}`).join('')}</ul></details>\n`;
  const heads =
    '<th scope="col">Source<th scope="col">Format<th scope="col" class="n">Lines<th scope="col" class="n">Understood<th scope="col" class="n">Without FTP<th scope="col" class="n">Not understood<th scope="col" class="n">Size';
  return section(
    'input',
    'Input',
    `${scroll('Sources', `<table><thead><tr>${heads}<tbody>\n${lines}</table>`)}${samples(report.sources)}${assumptions === '' ? '' : `<h3>Assumptions</h3><ul>${assumptions}</ul>\n`}${rules}`,
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
  return `<tr><td class="t"><code>${e(s.name === '-' ? 'standard input' : s.name)}</code>${error}<td class="t">${e(format)}${numbers}<td class="n">${byteSize(s.bytes)}\n`;
}

function samples(sources: readonly SourceRow[]): string {
  const lines = sources.flatMap((s) =>
    s.samples.map(
      (sample) =>
        `<li><code>${e(placeText({ source: s.name, line: sample.line }))}</code> <code>${e(sample.text)}</code>`,
    ),
  );
  return lines.length === 0
    ? ''
    : `<details><summary>First lines that were not understood</summary><ul class="places small path">${lines.join('')}</ul></details>\n`;
}
