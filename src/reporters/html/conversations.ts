/** The exchanges of sessions, kept for the drill-down of the HTML report: the most troubled sessions, within bounds. */
import type { Exchange, Outcome, Session, SessionRecord } from '../../model.ts';
import { recordOf } from '../../record.ts';
import { byText, clip, own } from '../../text.ts';

/** One exchange, shortened. */
export interface Turn {
  readonly line: number;
  /** Of the last reply; that of the command where there is none. */
  readonly replyLine: number;
  readonly time: number;
  readonly asked: boolean;
  readonly verb: string;
  readonly arg: string;
  readonly code: number;
  readonly text: string;
  readonly latencyMs: number;
  readonly outcome: Outcome;
}

export interface Conversation {
  readonly session: SessionRecord;
  readonly turns: readonly Turn[];
  /** Exchanges in the middle that were not kept. */
  readonly omitted: number;
}

interface Talk {
  readonly first: Turn[];
  /** The last ones, in a ring. */
  readonly last: Turn[];
  /** Turns that went into the ring. */
  put: number;
  seen: number;
}

/** Kept of a session: its beginning and its end. */
const firstTurns = 60;
const lastTurns = 20;
/** Kept in all while reading. */
const mostTurns = 100_000;
const textChars = 120;

/** Collects conversations as exchanges and sessions complete. It lives as long as one report. */
export class Conversations {
  readonly #open = new Map<string, Talk>();
  #kept: Conversation[] = [];
  #openTurns = 0;
  #keptTurns = 0;
  #sessions = 0;

  exchange(x: Exchange): void {
    let talk = this.#open.get(x.session.id);
    if (talk === undefined) {
      talk = { first: [], last: [], put: 0, seen: 0 };
      this.#open.set(x.session.id, talk);
    }
    talk.seen++;
    if (this.#openTurns >= mostTurns) return;
    if (talk.first.length < firstTurns) {
      talk.first.push(turnOf(x));
      this.#openTurns++;
      return;
    }
    if (talk.last.length < lastTurns) this.#openTurns++;
    talk.last[talk.put % lastTurns] = turnOf(x);
    talk.put++;
  }

  session(session: Session): void {
    const talk = this.#open.get(session.id);
    this.#open.delete(session.id);
    this.#sessions++;
    const turns = talk === undefined ? [] : turnsOf(talk);
    this.#openTurns -= turns.length;
    this.#keptTurns += turns.length;
    this.#kept.push({ session: recordOf(session), turns, omitted: (talk?.seen ?? 0) - turns.length });
    if (this.#keptTurns > mostTurns || this.#kept.length > mostTurns / 10) this.#thin();
  }

  /** Sessions that were told of. */
  get sessions(): number {
    return this.#sessions;
  }

  /** What was kept, the most troubled session first. */
  ranked(): readonly Conversation[] {
    return this.#kept.sort((a, b) => worst(a.session, b.session));
  }

  #thin(): void {
    const ranked = this.ranked();
    let turns = 0;
    this.#kept = ranked.filter((c, i) => {
      if (i >= mostTurns / 20 || turns > mostTurns / 2) return false;
      turns += c.turns.length;
      return true;
    });
    this.#keptTurns = turns;
  }
}

function turnsOf({ first, last, put }: Talk): readonly Turn[] {
  if (last.length < lastTurns) return [...first, ...last];
  const at = put % lastTurns;
  return [...first, ...last.slice(at), ...last.slice(0, at)];
}

function turnOf(x: Exchange): Turn {
  const last = x.replies.at(-1);
  const text = last?.text ?? '';
  const end = text.indexOf('\n');
  return {
    line: x.line,
    replyLine: last?.line ?? x.line,
    time: x.time,
    asked: x.asked,
    verb: own(clip(x.verb, 20)),
    arg: own(clip(x.arg, textChars)),
    code: x.code,
    text: own(clip(end < 0 ? text : text.slice(0, end), textChars)),
    latencyMs: x.latencyMs,
    outcome: x.outcome,
  };
}

function worst(a: SessionRecord, b: SessionRecord): number {
  return (
    b.failedLogins - a.failedLogins ||
    b.failures - a.failures ||
    b.bytesDown + b.bytesUp - a.bytesDown - a.bytesUp ||
    b.commands - a.commands ||
    a.source - b.source ||
    a.firstLine - b.firstLine ||
    byText(a.id, b.id)
  );
}
