/**
 * Suricata's record of an FTP transaction (output-json-ftp.c): one command, all codes and all lines of its replies as
 * lists; the greeting is a record without command.
 */

import { commandOfParts, type Origin, openEvent, replyEvent, verbOf } from '../../../decoding/event.ts';
import { asText, asTexts, type JsonObject } from '../../../decoding/json.ts';
import type { EventSink } from '../../../model.ts';
import { codeOf, numberIn } from '../../../number.ts';
import { isGreeting } from '../../../protocol/greeting.ts';

/** Emits what a transaction says; false if it says nothing. */
export function emitSuricata(ftp: JsonObject, at: Origin, port: number, server: string, emit: EventSink): boolean {
  const command = asText(ftp['command']);
  const codes: number[] = [];
  for (const shown of list(ftp['completion_code'])) {
    const code = codeOf(numberIn(shown));
    if (code > 0) codes.push(code);
  }
  const texts = list(ftp['reply']);
  if (command !== '') emit(commandOfParts(at, verbOf(command), asText(ftp['command_data']), port));
  else if (isGreeting(codes[0] ?? 0)) emit(openEvent(at, port, server));
  if (codes.length === 0) return command !== '';
  // A code stands once for each line that begins with it; lines inside a reply have none.
  let from = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    let last = i;
    while (codes[last + 1] === code) last++;
    const rest = codes.length - 1 - last;
    const to =
      last === codes.length - 1 ? texts.length : Math.max(from + 1, Math.min(texts.length - rest, from + last - i + 1));
    emit(replyEvent(at, code, to === from + 1 ? (texts[from] ?? '') : texts.slice(from, to).join('\n')));
    from = to;
    i = last;
  }
  return true;
}

function list(value: unknown): readonly string[] {
  if (Array.isArray(value)) return asTexts(value);
  const text = asText(value);
  return text === '' ? [] : [text];
}
