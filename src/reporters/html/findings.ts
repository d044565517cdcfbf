/** The findings of the HTML report, by rule: what was seen, why it matters, what to do, where it stands. */
import type { RuleMeta } from '../../model.ts';
import type { Report } from '../../report.ts';
import type { FindingRow } from '../../rows/finding-row.ts';
import { rankOf } from '../../severity.ts';
import { escapeHtml as e } from '../escape.ts';
import { allowedText, baselineText, placeText, ruleMap, subjectText } from '../finding-text.ts';
import { counted, grouped, shortTime } from '../format.ts';
import { cutMiddle } from '../width.ts';
import { type DrillDown, placeKey, sessionAnchor } from './drill-down.ts';
import { scroll, textClass } from './markup.ts';

const mostPerRule = 30;
/** Rows before «show all». */
const firstRows = 6;
const mostAllowed = 50;

/** All findings, worst rule first; audit facts are folded away. `most`: findings in all. */
export function findingsBody(report: Report, drill: DrillDown, most: number): string {
  const { findings, rules } = report;
  const remarks = baselineText(report) === '' ? '' : `<p class="soft path">${e(baselineText(report))}</p>\n`;
  if (findings.length === 0)
    return `${remarks}<p>None: ${counted(rules.length, 'rule')} looked.</p>\n${allowedBody(report)}`;
  const metas = ruleMap(report);
  let room = most;
  const parts = [...new Set(findings.map((f) => f.rule))].map((id) => {
    const found = findings.filter((f) => f.rule === id);
    const shown = found.slice(0, Math.min(mostPerRule, room));
    room -= shown.length;
    return ruleBody({ id, meta: metas.get(id), found, shown }, drill);
  });
  return `${remarks}${parts.join('')}${allowedBody(report)}`;
}

/** What the allow-list covers, with its reasons. */
function allowedBody(report: Report): string {
  const { suppressed = [] } = report;
  if (suppressed.length === 0) return '';
  const items = suppressed.slice(0, mostAllowed).map((f) => {
    const until = f.expires === null ? '' : `, until ${f.expires}`;
    return `<li><code>${e(f.rule)}</code> ${e(cutMiddle(f.message, 200))} <span class="soft">${e(`${f.reason} (${f.allowed}${until})`)}</span>`;
  });
  return `<details><summary>${e(allowedText(report))}</summary><ul class="places small path">${items.join('')}</ul></details>\n`;
}

interface RuleFindings {
  readonly id: string;
  readonly meta: RuleMeta | undefined;
  readonly found: readonly FindingRow[];
  readonly shown: readonly FindingRow[];
}

function ruleBody({ id, meta, found, shown }: RuleFindings, drill: DrillDown): string {
  const worst = found[0]?.severity ?? 'info';
  const title = `<h3><span class="badge ${worst}">${worst}</span>${e(meta?.title ?? id)} <code class="soft">${e(id)}</code> <span class="soft">${grouped(found.length)}</span></h3>`;
  const notes = meta === undefined ? '' : `<p>${e(meta.why)}</p>\n<p class="advice">${e(meta.advice)}</p>\n`;
  const left = found.length - shown.length;
  const more =
    left > 0
      ? `<p class="small soft">${grouped(left)} more of this rule are left out here; --format json has all.</p>\n`
      : '';
  const body = `${notes}${findingTable(id, shown, drill)}${more}${smallPrint(meta)}`;
  if (worst === 'info')
    return `<details class="rule" id="rule-${e(id)}"><summary>${title}</summary>\n${body}</details>\n`;
  return `<div class="rule" id="rule-${e(id)}">\n${title}\n${body}</div>\n`;
}

function smallPrint(meta: RuleMeta | undefined): string {
  if (meta === undefined) return '';
  const references = [
    ...meta.references,
    ...meta.cwe.map(cweName),
    ...meta.attack.map((technique) => `ATT&CK ${technique}`),
  ];
  return `<p class="small soft">False alarms: ${e(meta.falseAlarms)}${references.length === 0 ? '' : ` · ${e(references.join(', '))}`}</p>\n`;
}

function cweName(id: string): string {
  return id.toUpperCase().startsWith('CWE') ? id : `CWE-${id}`;
}

function findingTable(id: string, shown: readonly FindingRow[], drill: DrillDown): string {
  if (shown.length === 0) return '';
  const mixed = shown.some((f) => f.severity !== shown[0]?.severity);
  const heads = `${mixed ? '<th scope="col">Severity' : ''}<th scope="col">What was seen<th scope="col">Subject<th scope="col" class="n">Times<th scope="col">When (UTC)<th scope="col" data-plain>Evidence`;
  const lines = shown.map((f) => findingLine(f, mixed, drill)).join('');
  const table = `<table class="live" data-first="${firstRows}" data-name="findings of ${e(id)}"><thead><tr>${heads}<tbody>\n${lines}</table>`;
  return scroll(`Findings of ${id}`, table);
}

function findingLine(f: FindingRow, mixed: boolean, drill: DrillDown): string {
  const severity = mixed
    ? `<td data-v="${rankOf(f.severity) + 1}"><span class="badge ${f.severity}">${f.severity}</span>`
    : '';
  const subject = cutMiddle(subjectText(f), 100);
  const { session } = f.subject;
  const link =
    session !== undefined && drill.sessions.has(session)
      ? ` <a href="#${sessionAnchor(session)}">${e(session)}</a>`
      : '';
  return `<tr>${severity}<td class="t">${f.known === true ? '<span class="badge info">known</span> ' : ''}${e(cutMiddle(f.message, 300))}<td class="${textClass(subject)}"><code>${e(subject)}</code>${link}<td class="n" data-v="${f.count}">${grouped(f.count)}<td class="k">${whenText(f)}<td>${placesText(f, drill)}\n`;
}

/** The day only once where both ends are of one. */
function whenText({ firstTime, lastTime }: FindingRow): string {
  if (firstTime === null) return '';
  const [first, last] = [shortTime(firstTime), shortTime(lastTime ?? firstTime)];
  if (first === last) return e(first);
  return e(`${first} – ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`);
}

/** All lines of evidence, ten at most; those without which there would be no finding are marked. */
function placesText({ evidence }: FindingRow, drill: DrillDown): string {
  const [first] = evidence;
  if (first === undefined) return '';
  const some = evidence.some((place) => place.role !== 'trigger');
  const items = evidence.map((place) => {
    const turn = drill.turns.get(placeKey(place));
    const text = e(cutMiddle(placeText(place, drill.names), 60));
    const name = `<code>${some && place.role === 'trigger' ? `<b>${text}</b>` : text}</code>`;
    return turn === undefined
      ? `<li>${name}`
      : `<li><a href="#${turn.anchor}">${name}</a> ${e(cutMiddle(turn.text, 70))}`;
  });
  const count = evidence.length === 1 ? '' : `, ${evidence.length} lines`;
  return `<details><summary class="k">${e(cutMiddle(placeText(first, drill.names), 40))}${count}</summary><ul class="places small">${items.join('')}</ul></details>`;
}
