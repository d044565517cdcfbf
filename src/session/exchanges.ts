/**
 * The one place where exchanges are made: of a command that waits, of a reply that nobody asked for, of a line that tells
 * both; and what an exchange came to when no further reply will come.
 */
import type { Event, Exchange, Outcome, Reply } from '../model.ts';
import { accepts } from '../protocol/commands.ts';
import { deviations } from '../protocol/deviations.ts';
import { isPreliminary } from '../protocol/reply-line.ts';
import { clip, own } from '../text.ts';
import { elapsedMs, timeBefore } from '../timestamp.ts';
import { fits } from './alignment.ts';
import type { Connection, Waiting } from './connection.ts';

const noReplies: readonly Reply[] = [];

/** A command that waits for its reply. */
export function asked(c: Connection, source: number, event: Event, bits: number, textChars: number): Waiting {
  return {
    session: c,
    source,
    asked: true,
    verb: event.verb,
    arg: own(clip(event.arg, textChars)),
    line: event.line,
    time: event.time,
    replies: noReplies,
    code: 0,
    outcome: 'unanswered',
    legal: true,
    latencyMs: -1,
    size: -1,
    inferred: event.inferred,
    secret: event.secret,
    deviations: bits,
  };
}

/** A reply that no command asked for, as an exchange of the pseudo-command `''`. */
export function unasked(c: Connection, r: Reply, bits: number, source: number): Exchange {
  return {
    session: c,
    source,
    asked: false,
    verb: '',
    arg: '',
    line: r.line,
    time: r.time,
    replies: [r],
    code: r.code,
    outcome: outcomeOf(r.code),
    legal: accepts('', r.code) || (bits & (deviations.serverGoodbye | deviations.unsolicitedClose)) !== 0,
    latencyMs: -1,
    size: -1,
    inferred: false,
    secret: '',
    deviations: bits,
  };
}

/** Command and reply as one line of the log tells them: there is nothing to pair. */
export function stated(c: Connection, source: number, event: Event, textChars: number): Exchange {
  const claimed = event.ok ? 'completed' : 'permanent';
  return {
    session: c,
    source,
    asked: true,
    verb: event.verb,
    arg: own(clip(event.arg, textChars)),
    line: event.line,
    time: event.durationMs > 0 ? timeBefore(event.time, event.durationMs) : event.time,
    replies:
      event.code === 0 ? [] : [{ code: event.code, text: event.text, line: event.line, lines: 1, time: event.time }],
    code: event.code,
    outcome: event.code === 0 ? claimed : outcomeOf(event.code),
    legal: true,
    latencyMs: event.durationMs,
    size: event.size,
    inferred: event.inferred,
    secret: event.secret,
    deviations: c.lingering ? deviations.commandAfterQuit : 0,
  };
}

/** No further reply will come: the command becomes the exchange that it was with those it has. */
export function concluded(waiting: Waiting, known = false): Exchange {
  const { replies, verb } = waiting;
  const last = replies[replies.length - 1];
  const code = last === undefined ? 0 : last.code;
  const fit = known || last === undefined || fits(waiting.verb, waiting.arg, code);
  let bits = waiting.deviations & ~deviations.unexpectedCode;
  if (!fit) bits |= deviations.unexpectedCode;
  if (replies.length === 1 && code >= 200 && code < 300 && movesData(verb)) bits |= deviations.missingPreliminary;
  waiting.code = code;
  waiting.outcome = last === undefined ? 'unanswered' : outcomeOf(code);
  waiting.legal = fit;
  waiting.deviations = bits;
  if (last !== undefined && !isPreliminary(code)) {
    waiting.latencyMs = elapsedMs(waiting.time, last.time);
  }
  return waiting;
}

export function addReply(waiting: Waiting, r: Reply): void {
  const { replies } = waiting;
  const first = replies[0];
  waiting.replies = first === undefined ? [r] : replies.length === 1 ? [first, r] : [...replies, r];
}

/** The reply with a text of its own, to be kept. */
export function ownReply(r: Reply): Reply {
  return { code: r.code, text: own(r.text), line: r.line, lines: r.lines, time: r.time };
}

/** These use the data connection, and answer 1yz before they complete (RFC 959 §5.4); an empty listing may lack it. */
export function movesData(verb: string): boolean {
  return (
    verb === 'RETR' ||
    verb === 'STOR' ||
    verb === 'LIST' ||
    verb === 'NLST' ||
    verb === 'MLSD' ||
    verb === 'APPE' ||
    verb === 'STOU'
  );
}

/**
 * The first digit of a code decides (RFC 1123 §4.1.2.11). A protected reply (6yz) answered the command; what it says is
 * hidden. A code that no reply can have is a refusal to whoever reads it.
 */
export function outcomeOf(code: number): Outcome {
  if (code < 100) return 'permanent';
  if (code < 200) return 'preliminary';
  if (code < 300) return 'completed';
  if (code < 400) return 'intermediate';
  if (code < 500) return 'transient';
  return code < 600 || code >= 700 ? 'permanent' : 'completed';
}
