/** What writes one line for each command, as a verb in W3C columns: FTPSVC of IIS, Titan, and others that do as they. */
import type { Decoder, DecoderOptions, EventSink, Understanding } from '../model.ts';
import { isDigit } from '../text.ts';
import { Clock } from '../timestamp.ts';
import { closeEvent, exchangeEvent, type Origin, openEvent, verbOf } from './event.ts';
import { type Columns, columnsOf, W3cRow } from './w3c.ts';

const utc = (): number => 0;

export class W3cService implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  readonly #row = new W3cRow();
  #columns: Columns | undefined;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock({ ...options, offsetAt: utc });
  }

  line(text: string, line: number): Understanding {
    if (text.charCodeAt(0) === 35) return this.#header(text);
    if (!isDigit(text, 0)) return 'unparsed';
    const row = this.#row;
    row.take(text);
    const columns = row.columns(this.#columns);
    if (columns === undefined) return 'unparsed';
    this.#columns ??= columns;
    const method = row.raw(columns.method);
    if (!isVerbLike(method)) return 'unparsed';
    if (method.startsWith('DataChannel')) return 'noise';
    this.#record(columns, method, line, this.#clock.iso(text));
    return 'event';
  }

  #header(text: string): Understanding {
    if (text.startsWith('#Fields:')) this.#columns = columnsOf(text);
    else if (!isDirective(text)) return 'unparsed';
    return 'noise';
  }

  #record(columns: Columns, method: string, line: number, time: number): void {
    const row = this.#row;
    const peer = row.value(columns.client);
    const port = row.number(columns.clientPort);
    const own = row.value(columns.session);
    const session = own !== '' ? own : port > 0 ? `${peer}:${port}` : peer;
    const at: Origin = { line, time, session, peer, user: row.value(columns.user) };
    if (method === 'ControlChannelOpened') this.#emit(openEvent(at, Math.max(0, port)));
    else if (method === 'ControlChannelClosed') this.#emit(closeEvent(at));
    else {
      const verb = verbOf(method);
      const size = verb === 'RETR' ? row.number(columns.sent) : isUpload(verb) ? row.number(columns.received) : -1;
      const code = row.code(columns.status);
      const durationMs = row.number(columns.taken);
      const ok = code > 0 && code < 400;
      this.#emit(exchangeEvent(at, verb, row.value(columns.stem), code, { size, durationMs, ok }));
    }
  }
}

const directives: readonly string[] = ['#Software:', '#Version:', '#Date:', '#Start-Date:', '#End-Date:', '#Remark:'];

/** A line of the head that names no columns. */
export function isDirective(text: string): boolean {
  for (const directive of directives) if (text.startsWith(directive)) return true;
  return false;
}

/** A word of letters: unknown verbs are logged too. */
function isVerbLike(method: string): boolean {
  const c = method.charCodeAt(0);
  return method !== '' && ((c >= 65 && c <= 90) || (c >= 97 && c <= 122));
}

function isUpload(verb: string): boolean {
  return verb === 'STOR' || verb === 'APPE' || verb === 'STOU';
}
