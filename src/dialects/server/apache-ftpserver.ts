/**
 * Apache FtpServer (org.apache.ftpserver, FtpLoggingFilter and the log4j.properties it ships with): user and address in
 * brackets, then what was received and sent. Nothing tells two connections of one client apart but `CREATED`.
 *
 *   [ INFO] 2012-09-15 10:00:00,000 [alice] [192.0.2.7] RECEIVED: CWD pub
 *   [ INFO] 2012-09-15 10:00:00,010 [alice] [192.0.2.7] SENT: 250 Directory changed to /pub
 *
 * An application that embeds it logs in a format of its own, mostly without user and address (pasted, Quarkus and log4j):
 *
 *   2026-01-02 10:00:00,664 INFO  [org.apa.ftp.lis.nio.FtpLoggingFilter] (pool-5-thread-1) RECEIVED: NOOP
 */

import { count, share } from '../../decoding/detect.ts';
import { ambiguousEvent, closeEvent, commandEvent, type Origin, openEvent, replyLine } from '../../decoding/event.ts';
import { timeAt } from '../../decoding/learned-marks.ts';
import { agreed, Clients, decided, fieldOf, formOf, readingsOf } from '../../decoding/readings.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { Clock } from '../../timestamp.ts';

const words: readonly string[] = [
  '] RECEIVED: ',
  '] SENT: ',
  '] CREATED',
  '] OPENED',
  '] CLOSED',
  '] IDLE',
  '] EXCEPTION',
];

/** A user name may hold a bracket; an address in front of it stands alone. */
const records = words.flatMap((word) => {
  const what = word.slice(2);
  return ['[{user}] [{peer:address}]', '[{peer:address}]', '[] []', '[{user}] []', '[]'].map((head) =>
    formOf(what, `${head} ${what}{said}`),
  );
});

class ApacheFtpServer implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  readonly #clients = new Clients();
  #at: Origin | undefined;
  /** Code of the reply whose further lines stand alone. */
  #open = 0;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
  }

  line(text: string, line: number): Understanding {
    const mark = markOf(text);
    const close = text.indexOf('] ');
    if (mark < 0 || text.charCodeAt(0) !== 91 || close > 8) return this.#embedded(text, line);
    this.#open = 0;
    const time = this.#clock.iso(text, close + 2);
    const readings = readingsOf(text, text.indexOf(' [', close) + 1, records);
    if (readings.found.length === 0) return 'unparsed';
    const reading = decided(readings, [(r) => this.#clients.canBe(fieldOf(r, 'peer'), fieldOf(r, 'peer'))]);
    if (reading === undefined) {
      const one = agreed(readings, 'peer');
      this.#emit(ambiguousEvent({ line, time, session: one, peer: one, user: '' }));
      return 'event';
    }
    const peer = fieldOf(reading, 'peer');
    if (readings.found.length === 1) this.#clients.learn(peer, peer);
    const at: Origin = { line, time, session: peer, peer, user: fieldOf(reading, 'user') };
    return this.#said(reading.form.id + fieldOf(reading, 'said'), at);
  }

  /** Behind a head that another program wrote. */
  #embedded(text: string, line: number): Understanding {
    const mark = filterAt(text);
    if (mark < 0) return this.#further(text, line);
    this.#open = 0;
    const from = timeAt(text, mark);
    const at: Origin = {
      line,
      time: from < 0 || text.charCodeAt(from + 4) !== 45 ? Number.NaN : this.#clock.iso(text, from),
      session: '',
      peer: '',
      user: '',
    };
    return this.#said(text.slice(mark), at);
  }

  #said(said: string, at: Origin): Understanding {
    this.#at = at;
    if (said.startsWith('RECEIVED: ')) this.#emit(commandEvent(at, said.slice(10)));
    else if (said.startsWith('SENT: ')) this.#reply(said.slice(6), at);
    else if (said.startsWith('CREATED')) this.#emit(openEvent(at));
    else if (said.startsWith('CLOSED')) this.#emit(closeEvent(at));
    else return 'noise';
    return 'event';
  }

  #reply(said: string, at: Origin): void {
    this.#open = said.charCodeAt(3) === 45 ? Math.max(0, codeAt(said)) : 0;
    this.#emit(replyLine(at, said));
  }

  #further(text: string, line: number): Understanding {
    const at = this.#at;
    if (this.#open === 0 || at === undefined) return 'unparsed';
    this.#emit(replyLine({ ...at, line }, text));
    if (codeAt(text) === this.#open && text.charCodeAt(3) !== 45) this.#open = 0;
    return 'event';
  }
}

const longestHead = 200;

/** Index of the event's word behind a head that names the filter; -1 if there is none. */
function filterAt(text: string): number {
  const filter = text.indexOf('FtpLoggingFilter');
  if (filter < 0 || filter > longestHead) return -1;
  let first = -1;
  for (const word of words) {
    const at = text.indexOf(word.slice(1), filter);
    if (at > 0 && at < longestHead && (first < 0 || at < first)) first = at;
  }
  return first < 0 ? -1 : first + 1;
}

/** Index of the bracket in front of the event's word. */
function markOf(text: string): number {
  let first = -1;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at >= 0 && (first < 0 || at < first)) first = at;
  }
  return first;
}

const shape =
  /^\[ ?[A-Z]{4,5}\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))? (\[.*\] )?\[[0-9a-fA-F.:]*\] (RECEIVED: |SENT: |CREATED|OPENED|CLOSED|IDLE|EXCEPTION)/;

const embedded = /FtpLoggingFilter\b.{0,100} (?:RECEIVED: [A-Za-z]{3}|SENT: \d{3}|CREATED$|OPENED$|CLOSED$|IDLE$)/;

function isOurs(text: string): boolean {
  return shape.test(text) || embedded.test(text);
}

export const apacheFtpserver: Dialect = {
  id: 'apache-ftpserver',
  title: 'Apache FtpServer',
  evidence: 'source',
  side: 'server',
  identity: 'key',
  example: '[ INFO] 2012-09-15 10:00:00,000 [alice] [192.0.2.7] RECEIVED: CWD pub',
  marks: [...words, 'FtpLoggingFilter'],
  detect: (sample) =>
    count(sample, isOurs) === 0 ? 0 : share(sample, (text) => isOurs(text) || /^(\d{3}[ -]| )/.test(text)),
  open: (options, emit) => new ApacheFtpServer(options, emit),
};
