/** A line of lftp's debug output behind whatever stands in front of it; shared by its two dialects. */
import type { EventSink, Understanding } from '../../model.ts';
import { closeEvent, commandEvent, openEvent, type Origin, replyLine } from '../event.ts';

/** Reads the mark at `at` and what follows it. */
export function lftpLine(text: string, at: number, origin: Origin, emit: EventSink): Understanding {
  if (text.startsWith('<--- ', at)) {
    emit(replyLine(origin, text.slice(at + 5)));
    return 'event';
  }
  if (text.startsWith('---> ', at)) {
    emit(commandEvent(origin, text.slice(at + 5)));
    return 'event';
  }
  if (text.startsWith('---- ', at)) {
    if (text.startsWith('Connecting to ', at + 5)) {
      emit(openEvent(origin, 0, hostOf(text, at + 19)));
      return 'event';
    }
    if (text.startsWith('Closing control socket', at + 5)) {
      emit(closeEvent(origin, 'closed by the client'));
      return 'event';
    }
    return 'noise';
  }
  return text.startsWith('**** ', at) ? 'noise' : 'unparsed';
}

/** `host (192.0.2.7) port 21` → the address. */
function hostOf(text: string, at: number): string {
  const open = text.indexOf('(', at);
  const close = text.indexOf(')', open);
  return open > 0 && close > 0 ? text.slice(open + 1, close) : text.slice(at).split(' ')[0] ?? '';
}
