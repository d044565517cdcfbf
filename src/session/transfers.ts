/** What an answered command says of the file that it moved (RFC 959 §4.1.3). */
import type { Exchange, Session, Transfer } from '../model.ts';
import { octetsOf } from '../number.ts';
import { digits } from '../text.ts';
import { elapsedMs } from '../timestamp.ts';

export function isTransfer(verb: string): boolean {
  return verb === 'RETR' || verb === 'STOR' || verb === 'APPE' || verb === 'STOU';
}

/** The one place where transfers are made. Times in ms, `bytes` and `durationMs` -1 where unknown. */
export function transfer(
  session: Session,
  source: number,
  line: number,
  time: number,
  direction: Transfer['direction'],
  path: string,
  bytes: number,
  durationMs: number,
  complete: boolean,
): Transfer {
  return { session, source, line, time, direction, path, bytes, durationMs, complete };
}

// Durations may be fractions. V8 learns it here and not from the first one of a log, when all that was compiled for
// transfers would be thrown away.
transfer(undefined as unknown as Session, 0, 0, 0.5, 'download', '', 0, 0.5, true);

/** The transfer that an answered RETR, STOR … was; undefined if it did not begin. */
export function transferOf(exchange: Exchange): Transfer | undefined {
  const done = exchange.outcome === 'completed';
  const begun = (exchange.replies[0]?.code ?? 999) < 200 || exchange.code === 426 || exchange.code === 451;
  if (!done && !begun) return undefined;
  return transfer(
    exchange.session,
    exchange.source,
    lastLineOf(exchange),
    lastTimeOf(exchange),
    exchange.verb === 'RETR' ? 'download' : 'upload',
    exchange.arg,
    exchange.size >= 0 ? exchange.size : announcedBytes(exchange),
    durationOf(exchange),
    done,
  );
}

function lastLineOf(exchange: Exchange): number {
  return exchange.replies[exchange.replies.length - 1]?.line ?? exchange.line;
}

function lastTimeOf(exchange: Exchange): number {
  return exchange.replies[exchange.replies.length - 1]?.time ?? exchange.time;
}

/** First 1yz to the final reply, or what the log says the command took, in ms; -1 if neither is known. */
function durationOf(exchange: Exchange): number {
  const first = exchange.replies[0];
  if (first === undefined || first.code >= 200) return exchange.latencyMs;
  return elapsedMs(first.time, lastTimeOf(exchange));
}

/** `150 Opening BINARY mode data connection for a.iso (1048576 bytes).`: the size that servers announce; -1 if none does. */
function announcedBytes(exchange: Exchange): number {
  if (exchange.verb !== 'RETR' || exchange.outcome !== 'completed') return -1;
  const text = exchange.replies[0]?.text ?? '';
  const end = text.lastIndexOf(' bytes)');
  const start = text.lastIndexOf('(', end);
  if (end < 0 || start < 0) return -1;
  return octetsOf(digits(text, start + 1, end));
}

/** A reply names the path as sent, a daemon's line mostly the whole path. */
export function sameFile(sent: string, stated: string): boolean {
  return baseName(sent) === baseName(stated);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
