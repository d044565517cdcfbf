/**
 * A record of Zeek's ftp.log, however it was written: command and final reply, at completion. `<init>` stands for the
 * greeting; the argument of a transfer is a URL; the password is left out
 * unless Zeek was told to keep it.
 */

import {
  besidePassword,
  commandOfParts,
  exchangeEvent,
  type Origin,
  openEvent,
  replyEvent,
  verbOf,
} from '../../../decoding/event.ts';
import type { EventSink } from '../../../model.ts';
import { isGreeting } from '../../../protocol/greeting.ts';

export interface ZeekRecord {
  readonly line: number;
  readonly time: number;
  readonly uid: string;
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  readonly user: string;
  /** In clear where Zeek was told to keep it. */
  readonly password: string;
  readonly command: string;
  readonly arg: string;
  readonly code: number;
  readonly message: string;
  /** Octets of the file; -1 if unknown. */
  readonly size: number;
}

/** Emits what a record says. */
export function emitZeek(r: ZeekRecord, emit: EventSink): void {
  const code = r.code >= 100 && r.code <= 999 ? r.code : 0;
  const session = r.uid !== '' ? r.uid : `${r.client}:${r.clientPort}`;
  const at: Origin = {
    line: r.line,
    time: r.time,
    session,
    peer: r.client,
    user: r.user === '<unknown>' ? '' : r.user,
  };
  if (r.command === '<init>' || r.command === '') {
    if (isGreeting(code)) emit(openEvent(at, r.clientPort, r.server));
    if (code > 0) emit(replyEvent(at, code, r.message));
    return;
  }
  const verb = verbOf(r.command);
  const arg = pathOf(r.arg);
  const event =
    code > 0
      ? exchangeEvent(at, verb, arg, code, { text: r.message, size: r.size, peerPort: r.clientPort })
      : commandOfParts(at, verb, arg, r.clientPort);
  emit(r.password === '' || r.password === '<hidden>' ? event : besidePassword(event, r.password));
}

/** `ftp://192.0.2.1/./pub/a.txt` → `/pub/a.txt`; anything else stays. */
function pathOf(arg: string): string {
  if (!arg.startsWith('ftp://')) return arg;
  const slash = arg.indexOf('/', 6);
  if (slash < 0) return arg;
  return arg.startsWith('/./', slash) ? arg.slice(slash + 2) : arg.slice(slash);
}
