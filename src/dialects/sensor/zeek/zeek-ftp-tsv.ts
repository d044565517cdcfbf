/**
 * Zeek's and Bro's ftp.log as columns, named by `#fields`; without a head those of Zeek 3 and later are assumed.
 *
 *   1329843162.08<TAB>CHhAv…<TAB>192.0.2.7<TAB>54089<TAB>198.51.100.1<TAB>21<TAB>alice<TAB><hidden><TAB>PASV<TAB>-<TAB>…
 */

import { count, share } from '../../../decoding/detect.ts';
import { PacketClock } from '../../../decoding/packets/time.ts';
import { Row } from '../../../decoding/row.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { hexIn } from '../../../number.ts';
import { isDigit } from '../../../text.ts';
import { emitZeek } from './records.ts';

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
  readonly password: number;
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
    password: names.indexOf('password'),
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
  readonly #row = new Row();
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
    const row = this.#row;
    row.read(text, this.#mark);
    if (row.count !== this.#columns.count) return 'unparsed';
    const c = this.#columns;
    const client = this.#value(c.client);
    const command = this.#value(c.command);
    const code = Math.max(0, row.number(c.code));
    if (client === '' || (command === '' && code === 0)) return 'unparsed';
    emitZeek(
      {
        line,
        time: this.#clock.read(this.#value(c.time)),
        uid: this.#value(c.uid),
        client,
        clientPort: Math.max(0, row.number(c.clientPort)),
        server: this.#value(c.server),
        user: this.#value(c.user),
        password: this.#value(c.password),
        command,
        arg: this.#value(c.arg),
        code,
        message: this.#value(c.message),
        size: row.number(c.size),
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

  #value(column: number): string {
    const value = this.#row.raw(column);
    if (value === '' || value === this.#unset || value === this.#empty) return '';
    return value.includes('\\x') ? unescaped(value) : value;
  }
}

/** `\x09` → TAB; octets are UTF-8 where they are. */
function unescaped(text: string): string {
  const octets = text.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(hexIn(hex)));
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
  marks: ['\t'],
  detect,
  open: (options, emit) => new ZeekTsv(options, emit),
};
