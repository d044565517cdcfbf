/**
 * Reads session fixtures: Markdown with a section per case, a transcript in a block `ftp`, and what comes of it in a block
 * `exchanges` (for all identities) or `exchanges order`, `exchanges key` (for one).
 */
import { closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../src/decoding/event.ts';
import { defaultLimits, emptyTally } from '../../src/limits.ts';
import type { Event, Exchange, Identity, Limits, Session } from '../../src/model.ts';
import { deviationNames } from '../../src/protocol/deviations.ts';
import { Tracker } from '../../src/session/tracker.ts';

export interface SessionCase {
  readonly title: string;
  readonly transcript: readonly string[];
  /** Expected text by identity; '' is for all. */
  readonly expected: ReadonlyMap<string, string>;
}

interface Block {
  readonly info: string;
  readonly lines: readonly string[];
}

/** The cases of a fixture, in order. */
export function sessionCases(markdown: string): readonly SessionCase[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const all = blocks(section);
      const expected = all
        .filter((b) => b.info.startsWith('exchanges'))
        .map((b) => [b.info.slice('exchanges '.length), b.lines.join('\n')] as const);
      return {
        title: section.slice(0, section.indexOf('\n')).trim(),
        transcript: all.filter((b) => b.info === 'ftp').flatMap((b) => b.lines),
        expected: new Map(expected),
      };
    });
}

function blocks(section: string): readonly Block[] {
  const found: Block[] = [];
  let open: { info: string; lines: string[] } | undefined;
  for (const line of section.split('\n')) {
    if (open === undefined && line.startsWith('```')) open = { info: line.slice(3).trim(), lines: [] };
    else if (open !== undefined && line === '```') {
      found.push(open);
      open = undefined;
    } else open?.lines.push(line);
  }
  return found;
}

/** What the tracker makes of `C: …`, `S: …`, `(open)` and `(close)` lines: one text line per exchange and session end. */
export function tracked(transcript: readonly string[], identity: Identity, limits: Partial<Limits> = {}): string {
  const out: string[] = [];
  const observer = {
    open: (): void => undefined,
    exchange: (x: Exchange): void => void out.push(exchangeText(x)),
    login: (): void => undefined,
    transfer: (): void => undefined,
    ambiguous: (): void => undefined,
    remark: (): void => undefined,
    session: (s: Session): void => void out.push(sessionText(s)),
  };
  const tracker = new Tracker(observer, { ...defaultLimits, ...limits }, emptyTally());
  tracker.begin(0);
  const scope = tracker.scope('transcript', identity, false, 'wire');
  for (const [i, line] of transcript.entries()) tracker.accept(scope, eventOf(line, i + 1, identity));
  tracker.endScope(scope);
  tracker.end();
  return out.join('\n');
}

function eventOf(text: string, line: number, identity: Identity): Event {
  const at: Origin = { line, time: Number.NaN, session: identity === 'key' ? '4711' : '', peer: '', user: '' };
  if (text === '(open)') return openEvent(at);
  if (text === '(close)') return closeEvent(at);
  const wire = text.slice(3);
  if (text.startsWith('C:')) return commandEvent(at, wire);
  if (text.startsWith('S:')) return replyLine(at, wire);
  throw new Error(`line ${line} of the transcript: '${text}'`);
}

/** `RETR a.iso = 150 226 completed`; `*4` behind a code: lines of the reply; deviations behind `|`; `-` where nobody asked. */
function exchangeText(x: Exchange): string {
  const command = !x.asked ? '-' : x.arg === '' ? x.verb : `${x.verb} ${x.arg}`;
  const codes = x.replies.map((r) => (r.lines === 1 ? String(r.code) : `${r.code}*${r.lines}`));
  const names = deviationNames(x.deviations);
  const tail = names.length === 0 ? '' : ` | ${names.join(' ')}`;
  return `${[command, '=', ...codes, x.outcome, ...(x.legal ? [] : ['illegal'])].join(' ')}${tail}`;
}

function sessionText(s: Session): string {
  const facts = [
    ...(s.user === '' ? [] : [`user=${s.user}`]),
    ...(s.loggedIn ? ['logged-in'] : []),
    ...(s.encrypted ? ['encrypted'] : []),
    ...(s.failedLogins > 0 ? [`failed-logins=${s.failedLogins}`] : []),
  ];
  return ['session', s.end, ...facts].join(' ');
}
