/**
 * Zeek's and Bro's ftp.log as columns, named by `#fields`; without a head those of Zeek 3 and later are assumed.
 *
 *   1329843162.08<TAB>CHhAv…<TAB>192.0.2.7<TAB>54089<TAB>198.51.100.1<TAB>21<TAB>alice<TAB><hidden><TAB>PASV<TAB>-<TAB>…
 */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isDigit } from '../../text.ts';
import { count, share } from '../detect.ts';
import { PacketClock } from './packet-time.ts';
import { emitZeek } from './zeek.ts';

const usual =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p user password command arg mime_type file_size reply_code reply_msg data_channel.passive data_channel.orig_h data_channel.resp_h data_channel.resp_p fuid'.split(
    ' ',
  );

/** Where the columns are; -1 for those a log does not have. */
interface Columns {
  readonly time: number;
  readonly uid: number;
  readonly client: number;
  readonly clientPort: number;
  readonly server: number;
  readonly user: number;
  readonly command: number;
  readonly arg: number;
  readonly code: number;
  readonly message: number;
  readonly size: number;
  readonly count: number;
}

function columnsOf(names: readonly string[]): Columns {
  return {
    time: names.indexOf('ts'),
    uid: names.indexOf('uid'),
    client: names.indexOf('id.orig_h'),
    clientPort: names.indexOf('id.orig_p'),
    server: names.indexOf('id.resp_h'),
    user: names.indexOf('user'),
    command: names.indexOf('command'),
    arg: names.indexOf('arg'),
    code: names.indexOf('reply_code'),
    message: names.indexOf('reply_msg'),
    size: names.indexOf('file_size'),
    count: names.length,
  };
}

class ZeekTsv implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: PacketClock;
  #columns: Columns = columnsOf(usual);
  #mark = '\t';
  #unset = '-';
  #empty = '(empty)';
  #isFtp = true;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new PacketClock(options);
  }

  line(text: string, line: number): Understanding {
    if (text.charCodeAt(0) === 35) return this.#header(text);
    if (!this.#isFtp) return 'unparsed';
    const values = text.split(this.#mark);
    if (values.length !== this.#columns.count) return 'unparsed';
    const c = this.#columns;
    const client = this.#value(values[c.client]);
    const command = this.#value(values[c.command]);
    const code = this.#value(values[c.code]);
    if (client === '' || (command === '' && code === '')) return 'unparsed';
    emitZeek(
      {
        line,
        time: this.#clock.read(this.#value(values[c.time])),
        uid: this.#value(values[c.uid]),
        client,
        clientPort: number(this.#value(values[c.clientPort]), 0),
        server: this.#value(values[c.server]),
        user: this.#value(values[c.user]),
        command,
        arg: this.#value(values[c.arg]),
        code: number(code, 0),
        message: this.#value(values[c.message]),
        size: number(this.#value(values[c.size]), -1),
      },
      this.#emit,
    );
    return 'event';
  }

  #header(text: string): Understanding {
    if (text.startsWith('#fields')) this.#columns = columnsOf(text.slice(8).split(this.#mark));
    else if (text.startsWith('#separator ')) this.#mark = unescaped(text.slice(11));
    else if (text.startsWith('#unset_field')) this.#unset = text.slice(13);
    else if (text.startsWith('#empty_field')) this.#empty = text.slice(13);
    else if (text.startsWith('#path')) this.#isFtp = text.slice(6) === 'ftp';
    else if (!/^#(set_separator|types|open|close|##)/.test(text)) return 'unparsed';
    return 'noise';
  }

  #value(value: string | undefined): string {
    if (value === undefined || value === this.#unset || value === this.#empty) return '';
    return value.includes('\\x') ? unescaped(value) : value;
  }
}

function number(text: string, none: number): number {
  const n = digits(text, 0, text.length);
  return n < 0 ? none : n;
}

/** `\x09` → TAB; octets are UTF-8 where they are. */
function unescaped(text: string): string {
  const octets = text.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const utf8 = Buffer.from(octets, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') || [...octets].some((c) => c.charCodeAt(0) > 255) ? octets : utf8;
}

const row =
  /^(\d+\.\d+|X+\.X+|\d{4}-\d\d-\d\dT\S+)\tC?\w{8,20}\t[0-9a-f.:]+\t\d+\t[0-9a-f.:]+\t\d+\t[^\t]*\t[^\t]*\t([A-Za-z]{3,5}|<init>)\t/;

function detect(sample: Sample): number {
  const head = sample.texts.some((text) => text === '#path\tftp');
  if (!head && count(sample, (text) => row.test(text)) === 0) return 0;
  return share(sample, (text) => text.startsWith('#') || isDigit(text, 0) || row.test(text)) * (head ? 1 : 0.95);
}

export const zeekFtpTsv: Dialect = {
  id: 'zeek-ftp-tsv',
  title: 'Zeek ftp.log',
  evidence: 'pasted',
  side: 'sensor',
  identity: 'key',
  // As Zeek comes: `FTP::logged_commands` names more.
  lacks: ['logins', 'commands'],
  example:
    '1329843162.08\tCHhAvVGS1DHFjwGM9\t192.0.2.7\t54089\t198.51.100.1\t21\talice\t<hidden>\tPASV\t-\t-\t-\t227\tEntering\tT\t-\t-\t-\t-',
  detect,
  open: (options, emit) => new ZeekTsv(options, emit),
};
