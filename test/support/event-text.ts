/** An event as one line of an `.events` file. Only what is there is written. */
import type { Event } from '../../src/model.ts';
import { clockText, isDated, timeOfDayMs } from '../../src/timestamp.ts';

export function eventText(e: Event): string {
  const parts: string[] = [String(e.line), e.kind];
  const add = (name: string, value: string): void => {
    if (value !== '') parts.push(`${name}=${JSON.stringify(value)}`);
  };
  if (isDated(e.time)) parts.push(new Date(e.time).toISOString());
  else if (!Number.isNaN(e.time)) parts.push(`${clockText(e.time)}${Number.isNaN(timeOfDayMs(e.time)) ? ' on' : ''}`);
  add('session', e.session);
  add('peer', e.peer);
  if (e.peerPort > 0) parts.push(`port=${e.peerPort}`);
  add('user', e.user);
  if (e.kind === 'command' || e.kind === 'exchange' || e.kind === 'transfer')
    parts.push(`verb=${e.verb === '' ? '""' : e.verb}`);
  add('arg', e.arg);
  if (e.code > 0) parts.push(`code=${e.code}`);
  add('text', e.text);
  if (e.kind === 'login' || e.kind === 'transfer' || (e.kind === 'exchange' && e.code === 0))
    parts.push(e.ok ? 'ok' : 'failed');
  if (e.size >= 0) parts.push(`size=${e.size}`);
  if (e.durationMs >= 0) parts.push(`ms=${e.durationMs}`);
  if (e.inferred) parts.push('inferred');
  if (e.kind === 'login') parts.push(`by=${e.witness}`);
  if (e.secret !== '') parts.push(`secret=${e.secret}`);
  return parts.join(' ');
}
