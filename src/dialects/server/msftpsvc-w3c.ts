/**
 * IIS 4 to 6 (MSFTPSVC): the number of the connection in front of the verb, and verbs of its own for what moved. Often
 * a time without a date, which then stands in `#Date:`.
 *
 *   10:54:13 192.0.2.7 anonymous 21 [135]USER anonymous 331
 *   2006-07-23 17:57:59 192.0.2.7 alice MSFTPSVC1 HOST 192.0.2.1 21 [144]sent /a+b.txt - 226 0 2048 0 16 FTP - - - -
 */

import { count, share } from '../../decoding/detect.ts';
import { closeEvent, exchangeEvent, type Origin, verbOf } from '../../decoding/event.ts';
import { type Columns, columnsOf, W3cRow } from '../../decoding/w3c.ts';
import { isDirective } from '../../decoding/w3c-service.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isDigit } from '../../text.ts';
import { Clock, clockAt } from '../../timestamp.ts';

const utc = (): number => 0;
const dayMs = 86_400_000;

/** The service's own words. */
const verbs: ReadonlyMap<string, string> = new Map([
  ['sent', 'RETR'],
  ['created', 'STOR'],
  ['appended', 'APPE'],
  ['deleted', 'DELE'],
]);

class Msftpsvc implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  readonly #row = new W3cRow();
  #columns: Columns | undefined;
  /** Midnight of the day, for logs that have only times. */
  #day = 0;
  #lastOfDay = 0;

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
    const method = columns === undefined ? '' : row.raw(columns.method);
    const close = method.indexOf(']');
    if (columns === undefined || method.charCodeAt(0) !== 91 || close < 2) return 'unparsed';
    this.#columns ??= columns;
    const at: Origin = {
      line,
      time: columns.date === 0 ? this.#clock.iso(text) : this.#timeOf(row.raw(columns.time)),
      session: method.slice(1, close),
      peer: row.value(columns.client),
      user: row.value(columns.user),
    };
    this.#record(columns, method.slice(close + 1), at);
    return 'event';
  }

  #record(columns: Columns, word: string, at: Origin): void {
    const row = this.#row;
    if (word === 'closed') {
      this.#emit(closeEvent(at, row.raw(columns.status)));
      return;
    }
    const verb = verbs.get(word);
    const size = verb === 'RETR' ? row.number(columns.sent) : verb === undefined ? -1 : row.number(columns.received);
    const code = row.code(columns.status);
    const durationMs = row.number(columns.taken);
    const detail = { size, durationMs, ok: code > 0 && code < 400, inferred: verb !== undefined };
    this.#emit(exchangeEvent(at, verb ?? verbOf(word), row.value(columns.stem), code, detail));
  }

  #header(text: string): Understanding {
    if (text.startsWith('#Fields:')) this.#columns = columnsOf(text);
    else if (text.startsWith('#Date:')) {
      const time = this.#clock.iso(text, 7);
      if (time > 0) {
        this.#day = time - (time % dayMs);
        this.#lastOfDay = time % dayMs;
      }
    } else if (!isDirective(text)) return 'unparsed';
    return 'noise';
  }

  #timeOf(text: string): number {
    const time = clockAt(text, 0);
    if (!(time >= 0)) return Number.NaN;
    if (time < this.#lastOfDay - dayMs / 2) this.#day += dayMs;
    this.#lastOfDay = time;
    return this.#day + time;
  }
}

const row = /^(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d \S+ .*\[\d+\][A-Za-z]/;

function detect(sample: Sample): number {
  if (count(sample, (text) => row.test(text)) === 0) return 0;
  return share(sample, (text) => row.test(text) || /^#(Software|Version|Date|Fields): /.test(text));
}

export const msftpsvcW3c: Dialect = {
  id: 'msftpsvc-w3c',
  title: 'IIS FTP service up to 6, W3C',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '10:54:13 192.0.2.7 anonymous 21 [135]USER anonymous 331',
  detect,
  open: (options, emit) => new Msftpsvc(options, emit),
};
