/** PAM's lines in a daemon's log: a second witness of a failed login, never a second failure. */
import type { Envelope, EventSink, Understanding } from '../../model.ts';
import { loginEvent } from '../event.ts';

/** `pam_unix(vsftpd:auth): authentication failure; … rhost=192.0.2.7  user=alice`; other PAM lines are noise. */
export function pamLogin(text: string, line: number, envelope: Envelope, emit: EventSink): Understanding {
  if (!text.includes('authentication failure')) return 'noise';
  const peer = field(text, 'rhost=');
  const user = field(text, ' user=');
  if (peer === '') return 'noise';
  emit(
    loginEvent(
      { line, time: envelope.time, session: envelope.pid === '' ? peer : envelope.pid, peer, user },
      false,
      'authenticator',
    ),
  );
  return 'event';
}

function field(text: string, name: string): string {
  const at = text.lastIndexOf(name);
  if (at < 0) return '';
  const from = at + name.length;
  const blank = text.indexOf(' ', from);
  return blank < 0 ? text.slice(from) : text.slice(from, blank);
}
