/** The exchange lists of sessions: those that findings point at first, then the most troubled, as many as there is room. */
import type { Subject } from '../../model.ts';
import type { Report } from '../../report.ts';
import { clockText } from '../../timestamp.ts';
import { escapeHtml as e } from '../escape.ts';
import { endText, type ShortNames, shortNames } from '../finding-text.ts';
import { byteSize, counted, duration, grouped } from '../format.ts';
import type { Conversation, Turn } from './conversations.ts';

/** What the rest of the page may link to. */
export interface DrillDown {
  readonly html: string;
  /** Ids of the sessions that are shown. */
  readonly sessions: ReadonlySet<string>;
  /** By place of evidence: the exchange in few words, and its id. */
  readonly turns: ReadonlyMap<string, { readonly anchor: string; readonly text: string }>;
  /** By place of what shows a diagnosis: what was said there, and the id of its exchange; '' if it is not in this file. */
  readonly spoken: ReadonlyMap<string, { readonly anchor: string; readonly text: string }>;
  /** Short names of the sources. */
  readonly names: ShortNames;
  /** Ids of the sessions that findings point at, those of triggers first. */
  readonly pointed: ReadonlySet<string>;
}

const mostShown = 300;

/** `budget`: octets for all exchange lists together. */
export function drillDown(conversations: readonly Conversation[], report: Report, budget: number): DrillDown {
  const exact = turnsByPlace(conversations, report);
  const evidence = evidenceTurns(conversations, report, exact);
  const spoken = spokenTurns(report, exact);
  const pointed = pointedSessions(report);
  const asked = new Set([...spoken, ...evidence].map(([, { conversation }]) => conversation));
  for (const c of conversations) if (pointed.has(c.session.id)) asked.add(c);
  const candidates = [...conversations.filter((c) => asked.has(c)), ...conversations.filter((c) => !asked.has(c))];
  const chosen = new Map<Conversation, string>();
  let size = 0;
  for (const c of candidates) {
    if (chosen.size >= mostShown) break;
    if (c.turns.length === 0) continue;
    const html = conversationHtml(c);
    const octets = new TextEncoder().encode(html).length;
    if (size + octets > budget) continue;
    size += octets;
    chosen.set(c, html);
  }
  const shown = conversations.filter((c) => chosen.has(c));
  const turns = new Map(
    [...evidence]
      .filter(([, { conversation }]) => chosen.has(conversation))
      .map(([place, { conversation, turn }]) => [
        place,
        { anchor: anchorOf(conversation.session.source, turn.line), text: turnText(turn) },
      ]),
  );
  const note =
    conversations.length > shown.length
      ? `<p class="small soft">Exchanges of ${counted(shown.length, 'session')} are in this file: those with causes and findings, then the most troubled. --format ndjson has all.</p>\n`
      : '';
  const html = shown.length === 0 ? '' : `<h3>Exchanges</h3>\n${note}${shown.map((c) => chosen.get(c) ?? '').join('')}`;
  const said = new Map(
    [...spoken].map(([place, { conversation, turn, isReply }]) => [
      place,
      {
        anchor: chosen.has(conversation) ? anchorOf(conversation.session.source, turn.line) : '',
        text: isReply ? `${turn.code} ${turn.text}` : commandText(turn),
      },
    ]),
  );
  return {
    html,
    sessions: new Set(shown.map((c) => c.session.id)),
    turns,
    spoken: said,
    names: shortNames(report),
    pointed,
  };
}

function pointedSessions({ diagnoses, findings }: Report): ReadonlySet<string> {
  const ids: (string | null | undefined)[] = [];
  for (const role of ['trigger', 'sample'])
    for (const f of findings) for (const place of f.evidence) if (place.role === role) ids.push(place.session);
  const subjects = [...diagnoses, ...findings].map(({ subject }) => subject.session);
  return new Set([...subjects, ...ids].filter((id) => typeof id === 'string'));
}

interface Found {
  readonly conversation: Conversation;
  readonly turn: Turn;
}

interface Spoken extends Found {
  readonly isReply: boolean;
}

/** Findings looked at for their evidence. */
const mostFindings = 400;

/** Where commands and their last replies stand. */
function turnsByPlace(conversations: readonly Conversation[], report: Report): ReadonlyMap<string, Spoken> {
  const names = report.sources.map((s) => s.name);
  const found = new Map<string, Spoken>();
  for (const conversation of conversations) {
    const source = names[conversation.session.source] ?? '';
    for (const turn of conversation.turns) {
      if (turn.code > 0)
        found.set(placeKey({ source, line: turn.replyLine }), {
          conversation,
          turn,
          isReply: turn.replyLine > turn.line || !turn.asked,
        });
      if (turn.asked && (turn.code === 0 || turn.line < turn.replyLine))
        found.set(placeKey({ source, line: turn.line }), { conversation, turn, isReply: false });
    }
  }
  return found;
}

/** What was said at the lines that show diagnoses. */
function spokenTurns(report: Report, exact: ReadonlyMap<string, Spoken>): ReadonlyMap<string, Spoken> {
  const found = new Map<string, Spoken>();
  for (const { evidence } of report.diagnoses)
    for (const place of evidence) {
      const at = exact.get(placeKey(place));
      if (at !== undefined) found.set(placeKey(place), at);
    }
  return found;
}

/**
 * The exchanges that evidence points at, by source and line. A line may be no command: the daemon's own word on a login
 * stands between PASS and its reply. Then it is the exchange before it, in a session of the finding's subject.
 */
function evidenceTurns(
  conversations: readonly Conversation[],
  report: Report,
  exact: ReadonlyMap<string, Found>,
): ReadonlyMap<string, Found> {
  const names = report.sources.map((s) => s.name);
  const found = new Map<string, Found>();
  for (const f of report.findings.slice(0, mostFindings)) {
    for (const place of f.evidence) {
      const at =
        exact.get(placeKey(place)) ?? before(conversations, names.indexOf(place.source), place.line, f.subject);
      if (at !== undefined) found.set(placeKey(place), at);
    }
  }
  return found;
}

function before(
  conversations: readonly Conversation[],
  source: number,
  line: number,
  subject: Subject,
): Found | undefined {
  for (const conversation of conversations) {
    const s = conversation.session;
    if (s.source !== source || line < s.firstLine || line > s.lastLine) continue;
    if (subject.client !== undefined && s.client !== subject.client) continue;
    if (subject.user !== undefined && s.user !== subject.user) continue;
    const turn = conversation.turns.findLast((t) => t.line <= line);
    if (turn !== undefined) return { conversation, turn };
  }
  return undefined;
}

/** Key of a place in {@link DrillDown.turns}. */
export function placeKey(place: { readonly source: string; readonly line: number }): string {
  return `${place.source}\n${place.line}`;
}

/** Id of a session's exchange list. */
export function sessionAnchor(id: string): string {
  return `session-${id.replace(/[^\w@-]/g, '_')}`;
}

function anchorOf(source: number, line: number): string {
  return `x${source}-${line}`;
}

function turnText(t: Turn): string {
  return `${t.asked ? commandText(t) : 'greeting'} → ${t.code === 0 ? 'no reply' : t.code}`;
}

function commandText({ verb, arg }: Turn): string {
  return `${verb}${arg === '' ? '' : ` ${arg}`}`;
}

function conversationHtml({ session: s, turns, omitted }: Conversation): string {
  const parts = [
    s.client,
    s.user === '' ? '' : `user ${s.user}`,
    s.commands === 0 && s.lacks.commands ? '' : counted(s.commands, 'command'),
    s.failures > 0 ? `${grouped(s.failures)} failed` : '',
    s.bytesDown > 0 ? `${byteSize(s.bytesDown)} down` : '',
    s.bytesUp > 0 ? `${byteSize(s.bytesUp)} up` : '',
    endText(s.end),
  ];
  const title = parts
    .filter((part) => part !== '')
    .map(e)
    .join(' · ');
  const timed = turns.some((t) => !Number.isNaN(t.time));
  const heads = `<th scope="col" class="n">Line${timed ? '<th scope="col">Time' : ''}<th scope="col">Command<th scope="col">Reply<th scope="col">Text${timed ? '<th scope="col" class="n">Took' : ''}`;
  const note =
    omitted > 0
      ? `<p class="small soft">${omitted === 1 ? '1 exchange of this session is' : `${grouped(omitted)} exchanges of this session are`} left out.</p>\n`
      : '';
  return `<details class="session" id="${sessionAnchor(s.id)}"><summary><code>${e(s.id)}</code> <span class="soft">${title}</span></summary>\n${note}<div class="scroll"><table><thead><tr>${heads}<tbody>\n${turns.map((t) => turnLine(t, s.source, timed)).join('')}</table></div></details>\n`;
}

function turnLine(t: Turn, source: number, timed: boolean): string {
  const bad = t.outcome === 'permanent' || t.outcome === 'transient' || t.outcome === 'unanswered';
  const time = timed ? `<td>${clockText(t.time).slice(0, 8)}` : '';
  const took = timed ? `<td class="n">${t.latencyMs >= 0 ? duration(t.latencyMs) : ''}` : '';
  const command = t.asked ? `<code>${e(commandText(t))}</code>` : '';
  return `<tr id="${anchorOf(source, t.line)}"${bad ? ' class="bad"' : ''}><td class="n">${t.line}${time}<td class="t">${command}<td class="code">${t.code === 0 ? '–' : t.code}<td class="t">${e(t.text)}${took}\n`;
}
