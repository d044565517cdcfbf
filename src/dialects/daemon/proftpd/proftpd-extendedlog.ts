/**
 * ProFTPD's ExtendedLog in any LogFormat (1.3.8, recorded): a line when a command is finished, with its final code.
 *   127.0.0.1 UNKNOWN alice [22/Nov/2026:09:59:10 +0000] "PASS (hidden)" 230 -
 *   time=2026-11-22 11:38:45,224 pid=14639 client=192.0.2.7 user=- cmd=CLNT arg="lftp/4.9.2" code=200 …
 * The layout is stated with `--dialect 'proftpd-extendedlog=%h %l …'` or concluded from the first lines. OPTS stands twice,
 * as `OPTS_UTF8 ON` with its code and as `OPTS UTF8 ON` without; requests of SFTP share the log.
 */

import { count } from '../../../decoding/detect.ts';
import {
  ambiguousEvent,
  closeEvent,
  commandOfParts,
  exchangeEvent,
  type Origin,
  verbOf,
} from '../../../decoding/event.ts';
import { withoutTelnet } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, Envelope, EventSink, Sample, Understanding } from '../../../model.ts';
import { msOfSeconds, numberIn } from '../../../number.ts';
import { isVerb } from '../../../protocol/commands.ts';
import { digits, own } from '../../../text.ts';
import { Clock, epochTime } from '../../../timestamp.ts';
import { commandOfValue, inferLayout } from './extended-infer.ts';
import { compileLayout, type Layout } from './extended-layout.ts';

/** Lines from which a layout is concluded. */
const learned = 48;
const layoutLimit = 6;
/** Lines that fit no layout and are looked at on their own. */
const attemptLimit = 64;
const sshLimit = 1024;
const optsLimit = 256;
/** Octets of ProFTPD's buffer for a record: a longer one is cut there, its line end too, and the next one follows at once. */
const recordLimit = 4223;

/** What mod_sftp logs beside real commands. */
const sshRequests: ReadonlySet<string> = new Set([
  'KEXINIT',
  'NEWKEYS',
  'ECDH_INIT',
  'DH_INIT',
  'DH_GEX_GROUP',
  'DH_GEX_INIT',
  'SERVICE_REQUEST',
  'USERAUTH_REQUEST',
  'USER_AUTH_REQUEST',
  'CHANNEL_OPEN',
  'CHANNEL_REQUEST',
  'CHANNEL_CLOSE',
  'CHANNEL_EOF',
  'CHANNEL_DATA',
  'GLOBAL_REQUEST',
  'DISCONNECT',
  'IGNORE',
  'EXEC',
  'SUBSYSTEM',
  'ENV',
  'INIT',
  'REALPATH',
  'OPENDIR',
  'READDIR',
  'LSTAT',
  'FSTAT',
  'OPEN',
  'CLOSE',
  'READ',
  'WRITE',
  'SETSTAT',
  'FSETSTAT',
  'REMOVE',
  'RENAME',
  'MKDIR',
  'RMDIR',
  'READLINK',
  'SYMLINK',
  'LINK',
  'EXTENDED',
]);

interface Held {
  readonly text: string;
  readonly line: number;
  readonly envelope: Envelope;
}

class ExtendedLog implements Decoder {
  readonly #emit: EventSink;
  readonly #clock: Clock;
  readonly #layouts: Layout[] = [];
  readonly #ssh = new Set<string>();
  readonly #declared: boolean;
  #held: Held[] = [];
  /** What the first line alone says, for lines without a known verb among those held. */
  #first: Layout | undefined;
  #learning: boolean;
  #attempts = 0;
  /** Whose OPTS was logged with its code just now; others' lines may stand in between. */
  readonly #opts = new Set<string>();
  #text = '';
  #layout: Layout | undefined;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#emit = emit;
    this.#clock = new Clock(options);
    const layout = options.layout === '' ? undefined : compileLayout(options.layout);
    this.#declared = layout !== undefined;
    if (layout !== undefined) this.#layouts.push(layout);
    this.#learning = layout === undefined;
  }

  line(text: string, line: number, envelope: Envelope): Understanding {
    if (text.length * 3 < recordLimit) return this.#one(text, line, envelope);
    const end = this.#cutAt(text, octetsEnd(text)) || this.#cutAt(text, recordLimit);
    if (end === 0) return this.#one(text, line, envelope);
    const first = this.#one(text.slice(0, end), line, envelope);
    const rest = this.line(text.slice(end), line, envelope);
    return first === 'event' ? first : rest;
  }

  /** `end` if a record ends there and another one follows, 0 if not. */
  #cutAt(text: string, end: number): number {
    if (end >= text.length) return 0;
    const rest = text.slice(end);
    return this.#layouts.some((layout) => layout.match(rest)) || (this.#learning && looksLogged(rest)) ? end : 0;
  }

  #one(text: string, line: number, envelope: Envelope): Understanding {
    if (!this.#learning) return this.#read(text, line, envelope);
    if (!looksLogged(text) && this.#first?.match(text) !== true) return 'unparsed';
    if (this.#held.length === 0) this.#first = inferLayout([text]);
    this.#held.push({ text: own(text), line, envelope });
    if (this.#held.length >= learned) this.#learn();
    return 'event';
  }

  end(): void {
    if (this.#learning) this.#learn();
  }

  #learn(): void {
    this.#learning = false;
    const held = this.#held;
    this.#held = [];
    const layout = inferLayout(withoutSsh(held.map((h) => h.text)));
    if (layout !== undefined) this.#layouts.push(layout);
    for (const h of held) this.#read(h.text, h.line, h.envelope);
  }

  #read(text: string, line: number, envelope: Envelope): Understanding {
    const layouts = this.#layouts;
    for (let i = 0; i < layouts.length; i++) {
      const layout = layouts[i] as Layout;
      if (!layout.match(text) && !layout.matchCut(text, recordLimit)) continue;
      if (i > 0) {
        layouts.splice(i, 1);
        layouts.unshift(layout);
      }
      return this.#record(layout.text, layout, line, envelope);
    }
    if (this.#declared || this.#attempts >= attemptLimit || layouts.length >= layoutLimit || !looksLogged(text))
      return 'unparsed';
    this.#attempts++;
    const layout = inferLayout([text]);
    // One line without a code could be anything.
    if (layout === undefined || layout.index.code < 0 || !layout.match(text)) return 'unparsed';
    layouts.unshift(layout);
    return this.#record(text, layout, line, envelope);
  }

  /** The value of a role by its index; '' where it is missing or `-`. */
  #value(i: number): string {
    if (i < 0) return '';
    const layout = this.#layout as Layout;
    const from = layout.starts[i] ?? 0;
    const to = layout.ends[i] ?? 0;
    return to - from === 1 && this.#text.charCodeAt(from) === 45 ? '' : this.#text.slice(from, to);
  }

  #record(text: string, layout: Layout, line: number, envelope: Envelope): Understanding {
    this.#text = text;
    this.#layout = layout;
    const { index } = layout;
    const peer = this.#value(index.peer);
    const session = this.#value(index.key) || this.#value(index.pid) || envelope.pid;
    const given = this.#value(index.givenUser);
    const at: Origin = { line, time: this.#time(envelope), session, peer, user: this.#value(index.user) || given };
    if (layout.isUnclear) {
      this.#emit(ambiguousEvent(at));
      return 'event';
    }
    const protocol = this.#value(index.protocol);
    if (protocol !== '' && protocol !== 'ftp' && protocol !== 'ftps') return 'noise';
    const request = this.#value(index.request);
    const blank = request.indexOf(' ');
    let word = request === '' ? this.#value(index.verb) : blank < 0 ? request : request.slice(0, blank);
    let arg =
      request === ''
        ? this.#value(index.argument) || this.#value(index.path)
        : blank < 0
          ? ''
          : request.slice(blank + 1);
    const code = this.#code();
    if (word === '') return this.#over(at, code);
    if (word.charCodeAt(0) >= 0x80) word = withoutTelnet(word);
    const gap = word.indexOf(' ');
    if (gap >= 0) {
      // %m holds SITE and its verb, %J begins with the verb once more.
      const site = word.slice(gap + 1);
      if (arg.slice(0, site.length).toUpperCase() !== site.toUpperCase()) arg = arg === '' ? site : `${site} ${arg}`;
      word = word.slice(0, gap);
    }
    if (this.#isSsh(word, code, session)) return 'noise';
    return this.#command(at, word, arg === '' && word === 'USER' ? given : arg, code);
  }

  #command(at: Origin, word: string, arg: string, code: number): Understanding {
    const who = at.session === '' ? at.peer : at.session;
    if (word.startsWith('OPTS_')) {
      if (this.#opts.size >= optsLimit) this.#opts.clear();
      this.#opts.add(own(who));
      const feature = word.slice(5);
      this.#say(at, 'OPTS', arg === '' ? feature : `${feature} ${arg}`, code);
      return 'event';
    }
    if (this.#opts.size > 0 && this.#opts.delete(who) && code === 0 && word === 'OPTS') return 'noise';
    const verb = verbOf(word);
    // Without a code it is not known how it ended, except that OPTS has its code in a line of its own, of another class.
    if (code === 0 && verb !== 'OPTS') this.#emit(commandOfParts(at, verb, arg, this.#port()));
    else this.#say(at, verb, arg, code);
    return 'event';
  }

  #say(at: Origin, verb: string, arg: string, code: number): void {
    const { index } = this.#layout as Layout;
    const seconds = this.#value(index.seconds);
    const ms = seconds === '' ? this.#value(index.ms) : '';
    this.#emit(
      exchangeEvent(at, verb, arg, code, {
        text: this.#value(index.text),
        size: numberIn(this.#value(index.bytes)),
        durationMs: seconds === '' ? numberIn(ms) : msOfSeconds(numberIn(seconds)),
        ok: code < 400,
        inferred: code === 0,
        peerPort: this.#port(),
      }),
    );
  }

  /** Class EXIT: `"" -` when the session is over. `%m` of a SITE without a word behind it is empty too. */
  #over(at: Origin, code: number): Understanding {
    if (code === 0) this.#emit(closeEvent(at, this.#value((this.#layout as Layout).index.text)));
    else if ((this.#layout as Layout).index.request < 0) this.#say(at, 'SITE', '', code);
    else return 'unparsed';
    return 'event';
  }

  #isSsh(word: string, code: number, session: string): boolean {
    if (this.#ssh.size > 0 && session !== '' && this.#ssh.has(session)) return true;
    if (code !== 0 || !sshRequests.has(word)) return false;
    if (session !== '' && this.#ssh.size < sshLimit) this.#ssh.add(own(session));
    return true;
  }

  #code(): number {
    const layout = this.#layout as Layout;
    const i = layout.index.code;
    return i < 0 ? 0 : Math.max(0, digits(this.#text, layout.starts[i] ?? 0, layout.ends[i] ?? 0));
  }

  #port(): number {
    const port = (this.#layout as Layout).index.port;
    return port < 0 ? 0 : Math.max(0, numberIn(this.#value(port)));
  }

  #time(envelope: Envelope): number {
    const { index, starts } = this.#layout as Layout;
    const clf = index.clf;
    if (clf >= 0) return this.#clock.clf(this.#text, starts[clf]);
    const iso = index.iso;
    if (iso >= 0) return this.#clock.iso(this.#text, starts[iso]);
    const epochMs = index.epochMs;
    if (epochMs >= 0) return epochTime(this.#value(index.epochMs), 3);
    if (index.epoch >= 0)
      return epochTime(this.#value(index.epoch), 0) + Math.max(0, numberIn(this.#value(index.millis)));
    const yearless = index.yearless;
    return yearless >= 0 ? this.#clock.yearless(this.#text, starts[yearless]) : envelope.time;
  }
}

/** Where the first octets that fill the buffer end; the length if there are fewer. */
function octetsEnd(text: string): number {
  let octets = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // Each half of a pair stands for two of four octets.
    octets += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
    if (octets > recordLimit) return i;
  }
  return text.length;
}

/** A verb and what may be a code: worth a look before the layout is known. */
function looksLogged(text: string): boolean {
  if (!/(?<![\w.-])(?:[1-6]\d\d|-)(?![\w.-])/.test(text)) return /"" ?-?"?$/.test(text);
  for (const word of text.match(/[A-Z_0-9]{3,20}/g) ?? [])
    if (isVerb(commandOfValue(word)) || sshRequests.has(word)) return true;
  return /""/.test(text);
}

/** The lines of FTP among those that mod_sftp shares the log with; all of them where there are none. */
function withoutSsh(lines: readonly string[]): readonly string[] {
  const ftp = lines.filter((text) => !isSshLine(text));
  return ftp.length === 0 ? lines : ftp;
}

/** A request of SSH or SFTP stands in the line, and no command of FTP. */
function isSshLine(text: string): boolean {
  const words = text.match(/[A-Z_0-9]{3,20}/g) ?? [];
  return words.some((word) => sshRequests.has(word)) && !words.some((word) => isVerb(commandOfValue(word)));
}

/** Lines that only ProFTPD writes: its mask, its two OPTS, its `UNKNOWN`, a quoted command behind a time in brackets. */
const ownMark =
  /\bPASS "?\(hidden\)|\bOPTS_|"PASS",?.*\(hidden\)| UNKNOWN \S+ \[\d\d\/|\] (?:\S+ ){0,4}"[A-Z]{3,4}(?: [^"]*)?" (?:[1-6]\d\d|-)(?: |$)/;
const otherMark =
  /^#(?:Software|Fields|separator)|"(?:event_type|id\.orig_h|layers|_index|@timestamp|logtype|activity-type)"|\bHTTP\/\d\.|Client "|^\(\d{6}\)|^\{.*[{[]/;

function detect(sample: Sample): number {
  const lines = withoutSsh(sample.texts.filter(looksLogged)).slice(0, 60);
  if (lines.length === 0 || count(sample, (text) => otherMark.test(text)) > sample.texts.length / 50) return 0;
  const isMarked = sample.texts.some((text) => ownMark.test(text));
  const isHeaded = sample.programs.some((p) => p !== '');
  // No clock and no seconds: no time either.
  if (!isMarked && !isHeaded && !sample.texts.some((text) => /\d:\d\d|\d{10}/.test(text))) return 0;
  const layout = inferLayout(lines);
  if (layout === undefined || layout.index.code < 0) return 0;
  const timed = (['clf', 'iso', 'epoch', 'epochMs'] as const).some((role) => layout.index[role] >= 0) || isHeaded;
  if (!isMarked && (!timed || (layout.index.peer < 0 && layout.index.pid < 0 && layout.index.key < 0))) return 0;
  // What mod_sftp logs speaks neither for this dialect nor against it.
  const judged = withoutSsh(sample.texts);
  let n = 0;
  for (const text of judged) if (layout.match(text)) n++;
  return (n / judged.length) * (isMarked ? 0.98 : 0.6);
}

export const proftpdExtendedlog: Dialect = {
  id: 'proftpd-extendedlog',
  title: 'ProFTPD ExtendedLog, in any LogFormat',
  evidence: 'recorded',
  side: 'server',
  identity: 'peer',
  example: '192.0.2.7 UNKNOWN alice [22/Nov/2026:09:59:10 +0000] "RETR data.bin" 226 20000',
  detect,
  open: (options, emit) => new ExtendedLog(options, emit),
};
