/** PAM's lines in a daemon's log: a second witness of a failed login, never a second failure. */
import type { Envelope, EventSink, Understanding } from '../model.ts';
import { numberIn } from '../number.ts';
import { ambiguousEvent, loginEvent, type Origin } from './event.ts';

/** The process that a syslog header names. */
export function processOf(line: number, envelope: Envelope): Origin {
  return { line, time: envelope.time, session: envelope.pid, peer: '', user: '' };
}

/** Of the process that `from` names: `pam_unix(vsftpd:auth): authentication failure; … rhost=192.0.2.7  user=alice`; other PAM lines are noise. */
export function pamLogin(text: string, from: Origin, emit: EventSink): Understanding {
  if (!text.includes('authentication failure')) return 'noise';
  const host = text.indexOf('rhost=');
  // `ruser` is what the client gave, and not escaped: it may hold a host of its own.
  if (host >= 0 && text.indexOf('rhost=', host + 1) >= 0) {
    emit(ambiguousEvent(from));
    return 'event';
  }
  const peer = field(text, 'rhost=');
  if (peer === '') return 'noise';
  // Where the account is unknown, pam_unix leaves `user=` out; the name that was tried is in `ruser=`.
  const account = wordAt(text, text.indexOf(' user=', host), 6);
  const user = account || field(text, ' ruser=');
  const at = { line: from.line, time: from.time, session: from.session === '' ? peer : from.session, peer, user };
  for (let n = failuresIn(text); n > 0; n--) emit(loginEvent(at, false, 'authenticator'));
  return 'event';
}

/** A record never stands for more. */
const mostFailures = 100;

/** `PAM 2 more authentication failures; …`: those since the first, which has a record of its own. */
function failuresIn(text: string): number {
  const mark = text.indexOf(' more authentication failure');
  if (mark < 0) return 1;
  const n = numberIn(text.slice(text.lastIndexOf(' ', mark - 1) + 1, mark));
  return n < 0 ? 1 : Math.min(n, mostFailures);
}

function field(text: string, name: string): string {
  return wordAt(text, text.lastIndexOf(name), name.length);
}

/** The word behind a mark of this length at `at`; '' if `at` is negative. */
function wordAt(text: string, at: number, length: number): string {
  if (at < 0) return '';
  const from = at + length;
  const blank = text.indexOf(' ', from);
  return blank < 0 ? text.slice(from) : text.slice(from, blank);
}
