/**
 * IIS 7 and later (FTPSVC) and what else writes FTP verbs into W3C columns. A line is written when its command is
 * complete: lines of the data channel stand before the command that used it.
 *
 *   2022-10-19 00:01:23 192.0.2.7 SRV\alice 192.0.2.1 21 RETR a+b.txt 226 0 0 2684eafa-b405-4cbb-a934-65fc2af1316d /a+b.txt
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isDigit } from '../../text.ts';
import { Clock } from '../../timestamp.ts';
import { share } from '../detect.ts';
import { closeEvent, exchangeEvent, type Origin, openEvent, verbOf } from '../event.ts';
import { type Columns, codeAt, columnsOf, isMethod, learned, numberAt, valueAt } from './w3c.ts';

const utc = (): number => 0;

class IisFtp implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  #columns: Columns | undefined;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock({ ...options, offsetAt: utc });
  }

  line(text: string, line: number): Understanding {
    if (text.charCodeAt(0) === 35) return this.#header(text);
    if (!isDigit(text, 0)) return 'unparsed';
    const values = text.split(' ');
    const columns = this.#columns?.count === values.length ? this.#columns : learned(values);
    if (columns === undefined) return 'unparsed';
    this.#columns ??= columns;
    const method = columns.method < 0 ? '' : (values[columns.method] ?? '');
    if (!isDigit(text, 0) || !isVerbLike(method)) return 'unparsed';
    if (method.startsWith('DataChannel')) return 'noise';
    return this.#record(values, columns, method, line, this.#clock.iso(text));
  }

  #header(text: string): Understanding {
    if (text.startsWith('#Fields:')) this.#columns = columnsOf(text);
    else if (!text.startsWith('#Software:') && !text.startsWith('#Version:') && !text.startsWith('#Date:'))
      return 'unparsed';
    return 'noise';
  }

  #record(values: readonly string[], columns: Columns, method: string, line: number, time: number): Understanding {
    const peer = valueAt(values, columns.client);
    const port = numberAt(values, columns.clientPort);
    const own = valueAt(values, columns.session);
    const session = own !== '' ? own : port > 0 ? `${peer}:${port}` : peer;
    const at: Origin = { line, time, session, peer, user: valueAt(values, columns.user) };
    if (method === 'ControlChannelOpened') this.#emit(openEvent(at, Math.max(0, port)));
    else if (method === 'ControlChannelClosed') this.#emit(closeEvent(at));
    else {
      const verb = verbOf(method);
      const size =
        verb === 'RETR' ? numberAt(values, columns.sent) : isUpload(verb) ? numberAt(values, columns.received) : -1;
      const code = codeAt(values, columns.status);
      this.#emit(
        exchangeEvent(at, verb, valueAt(values, columns.stem), code, {
          size,
          durationMs: numberAt(values, columns.taken),
          ok: code > 0 && code < 400,
        }),
      );
    }
    return 'event';
  }
}

/** A word of letters: unknown verbs are logged too. */
function isVerbLike(method: string): boolean {
  const c = method.charCodeAt(0);
  return method !== '' && ((c >= 65 && c <= 90) || (c >= 97 && c <= 122));
}

function isUpload(verb: string): boolean {
  return verb === 'STOR' || verb === 'APPE' || verb === 'STOU';
}

const header = /^#(Software|Version|Date|Fields): /;
const row = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S/;
const web = /^#Fields:.*\b(cs\(User-Agent\)|cs-uri-query)/;

/** A verb or a channel's note, with a status and a client where they belong. */
function isFtpRow(values: readonly string[]): boolean {
  const columns = learned(values);
  const method = columns === undefined ? '' : (values[columns.method] ?? '');
  return isMethod(method) && method.charCodeAt(0) !== 91;
}

function detect(sample: Sample): number {
  const ftp = share(sample, (text) => row.test(text) && isFtpRow(text.split(' ')));
  if (ftp === 0 || sample.texts.some((text) => web.test(text))) return 0;
  const rows = share(sample, (text) => row.test(text));
  if (ftp < rows * 0.5) return 0;
  const shaped = sample.texts.some(
    (text) => text.startsWith('#Fields:') || /ChannelOpened|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/.test(text),
  );
  return (rows + share(sample, (text) => header.test(text))) * (shaped ? 1 : 0.7);
}

export const iisFtpW3c: Dialect = {
  id: 'iis-ftp-w3c',
  title: 'IIS FTP service from 7 on, W3C',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '2022-10-19 00:01:23 192.0.2.7 SRV\\alice 192.0.2.1 21 PWD - 257 0 0 2684eafa-b405-4cbb-a934-65fc2af1316d -',
  detect,
  open: (options, emit) => new IisFtp(options, emit),
};
