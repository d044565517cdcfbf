/** Why something failed, in the HTML report: cause, who must act, what to do, and what was said at the lines that show it. */
import type { Report } from '../../report.ts';
import type { DiagnosisRow } from '../../rows/diagnosis-row.ts';
import { actorText, type CureText, curesOf } from '../diagnosis-text.ts';
import { escapeHtml as e } from '../escape.ts';
import { placeText } from '../finding-text.ts';
import { counted, shortTime } from '../format.ts';
import { cutMiddle } from '../width.ts';
import { type DrillDown, placeKey, sessionAnchor } from './drill-down.ts';

/** A colour for how sure it is. */
const badges: Readonly<Record<DiagnosisRow['certainty'], string>> = {
  certain: 'high',
  likely: 'medium',
  possible: 'low',
};

/** The most certain first; '' if nothing failed. `most`: of them. */
export function diagnosesBody({ diagnoses }: Report, drill: DrillDown, most: number): string {
  const shown = diagnoses.slice(0, most).map((row, i) => diagnosisBody(row, i + 1, drill));
  const left = diagnoses.length - shown.length;
  const more =
    left > 0 ? `<p class="small soft">${counted(left, 'more cause')} left out here; --format json has all.</p>\n` : '';
  return shown.join('') + more;
}

function diagnosisBody(row: DiagnosisRow, number: number, drill: DrillDown): string {
  const { certainty, id, title, cause, settle } = row;
  const head = `<h3><span class="badge ${badges[certainty]}">${certainty}</span>${e(title)} <code class="soft">${e(id)}</code></h3>`;
  const about = `<p>${e(cutMiddle(cause, 300))} <b>To change: ${actorText(row)}.</b></p>`;
  const cures = `<ul class="advice">${curesOf(row).map(cureItem).join('')}</ul>`;
  const sure = certainty === 'certain' || settle === '' ? '' : `<p class="small">To be sure: ${e(settle)}</p>\n`;
  return `<div class="rule" id="why-${number}">\n${head}\n${about}\n${cures}\n${sure}${evidenceBody(row, drill)}</div>\n`;
}

function cureItem({ head, text, weakens }: CureText): string {
  const whose = head === '' ? '' : `<b>${e(head)}</b>: `;
  return `<li>${whose}${e(text)}${weakens === '' ? '' : ` <span class="soft">${e(weakens)}</span>`}`;
}

/** Where it shows, and what was said there as far as the exchanges of the report have it. */
function evidenceBody(row: DiagnosisRow, drill: DrillDown): string {
  const items = row.evidence.map((place) => {
    const name = `<code>${e(cutMiddle(placeText(place, drill.names), 60))}</code>`;
    const said = drill.spoken.get(placeKey(place));
    const at = said === undefined || said.anchor === '' ? name : `<a href="#${said.anchor}">${name}</a>`;
    const text = said === undefined ? '' : ` <code>${e(cutMiddle(said.text, 140))}</code>`;
    const role = place.role === 'decides' && row.evidence.length > 1 ? ' <span class="soft">decides</span>' : '';
    return `<li>${at}${text}${role}`;
  });
  const whose = whoseText(row, drill);
  return `${whose}${items.length === 0 ? '' : `<ul class="places small path">${items.join('')}</ul>\n`}`;
}

/** Between whom, in which session and when, as far as it is known. */
function whoseText({ subject, count, firstTime, lastTime }: DiagnosisRow, drill: DrillDown): string {
  const { client, server, session } = subject;
  const id = session === undefined ? '' : `<code>${e(session)}</code>`;
  const link =
    session !== undefined && drill.sessions.has(session) ? `<a href="#${sessionAnchor(session)}">${id}</a>` : id;
  const first = firstTime === null ? '' : shortTime(firstTime);
  const last = lastTime === null ? '' : shortTime(lastTime);
  const parts = [
    count > 1 ? `${counted(count, 'session')}, first ${link}` : link === '' ? '' : `session ${link}`,
    client === undefined ? '' : `client <code>${e(cutMiddle(client, 60))}</code>`,
    server === undefined ? '' : `server <code>${e(cutMiddle(server, 60))}</code>`,
    first === last ? e(first) : e(`${first} – ${last}`),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `<p class="small soft">${parts.join(' · ')}</p>\n`;
}
