/**
 * Joins `ddd-` … `ddd ` to one reply (RFC 959 §4.2).
 *
 * A line with another code does not end the reply: help texts and listings hold such lines.
 *   S: 214-Commands
 *   S: 250 commands supported     ← text
 *   S: 214 End
 * If nothing else follows before the next command, it was the terminator after all:
 *   S: 230-Hello bob
 *   S: 220 Ready.                 ← remembered as candidate
 *   C: PWD
 */
import type { Reply } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { codeAt } from '../protocol/reply-line.ts';
import { clip, own } from '../text.ts';

/** A multi-line reply that is not complete yet. */
export interface OpenReply {
  readonly code: number;
  readonly line: number;
  readonly time: number;
  text: string;
  lines: number;
  /** Code of the last line if that looks like a final line of another reply; 0 otherwise. */
  candidate: number;
  candidateText: string;
  /** A command came while it was open. */
  interrupted: boolean;
  /** Text came behind that command. */
  resumed: boolean;
}

/** A reply, and how it departs from the grammar. */
export interface JoinedReply extends Reply {
  readonly deviations: number;
}

const hyphen = 45;

/** The wire line opens a multi-line reply. */
export function opens(wire: string): boolean {
  return wire.charCodeAt(3) === hyphen && codeAt(wire) >= 0;
}

export function openReply(wire: string, line: number, time: number, textChars: number): OpenReply {
  const text = own(clip(wire.slice(4), textChars));
  return {
    code: codeAt(wire),
    line,
    time,
    text,
    lines: 1,
    candidate: 0,
    candidateText: '',
    interrupted: false,
    resumed: false,
  };
}

/** Takes a further line; the complete reply if this line ends it. */
export function extend(open: OpenReply, wire: string, textChars: number): JoinedReply | undefined {
  const code = codeAt(wire);
  open.lines++;
  open.resumed = open.interrupted;
  const inner = code === open.code ? wire.slice(4) : wire;
  if (open.text.length + inner.length < textChars) open.text = own(`${open.text}\n${inner}`);
  if (code === open.code && wire.charCodeAt(3) !== hyphen) return joined(open, 0);
  if (code >= 100 && code < 700 && code !== open.code && wire.charCodeAt(3) !== hyphen) {
    open.candidate = code;
    open.candidateText = own(clip(wire.slice(4), textChars));
  } else open.candidate = 0;
  return undefined;
}

/** Ends a reply whose last line never came, or came with another code. `prefer` says that the candidate's code fits. */
export function abandon(open: OpenReply, prefer: boolean): JoinedReply {
  if (open.candidate === 0) return joined(open, deviations.multilineUnterminated);
  if (!prefer) return joined(open, deviations.terminatorCodeMismatch);
  return { ...joined(open, deviations.terminatorCodeMismatch), code: open.candidate };
}

function joined(open: OpenReply, bits: number): JoinedReply {
  return { code: open.code, text: open.text, line: open.line, lines: open.lines, time: open.time, deviations: bits };
}
