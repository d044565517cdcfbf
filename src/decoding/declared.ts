/**
 * A dialect as a declaration: the shapes of its lines (`shape.ts`), and what each means (`meanings.ts`). From them come the
 * decoder, the marks and the detection. What a format knows beyond that is code: see docs/decisions/0010-declarations.md.
 */
import type { Decoder, DecoderOptions, Dialect, Envelope, Event, EventSink, Sample, Understanding } from '../model.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { trial } from './detect.ts';
import { ambiguousEvent, bareOrigin } from './event.ts';
import type { DateOrder } from './locale-clock.ts';
import { ClientVoice, Line, type Meaning, ServerVoice, type Voice } from './meanings.ts';
import type { Sentences } from './session-notes.ts';
import { markOf, Shape, standsAt } from './shape.ts';
import { Stamps } from './stamps.ts';

export interface Declaration extends Omit<Dialect, 'capture' | 'detect' | 'open'> {
  /** What may stand in front of each line, tried in turn: a time, a number of the session. Default: nothing. */
  readonly heads?: readonly string[];
  /** The lines that a log may hold behind a head, in the order in which they are tried: a meaning and its shapes. */
  readonly lines: Lines;
  /** Those that it may hold where no head stands: how an entry of several lines goes on. */
  readonly bare?: Lines;
  /** How lines begin that look alike and are of another program. */
  readonly foreign?: readonly string[];
  /** A line without a time is of the time of the line before it. */
  readonly timeLasts?: boolean;
  /**
   * Who keeps the thread: `records`, nobody, each line says all; `conversation`, a client's view of its connection; sentences,
   * those of a server that numbers its sessions.
   */
  readonly voice: 'records' | 'conversation' | Sentences;
  /** Data may stand between the lines: what has no shape is data while a transfer runs. */
  readonly holdsData?: boolean;
  /** Which number of a `local` date is which where the log leaves it open. */
  readonly dateOrder?: DateOrder;
  /** Times are UTC, whatever zone the log is said to be of. */
  readonly isUtc?: boolean;
  /** A syslog header names the process, and the process is the session. */
  readonly sessionIsProcess?: boolean;
  /** A log holds a command or the first line of a reply, or it is none: the shapes are those of many programs. */
  readonly isSpoken?: boolean;
  /** A log holds a line for each of these, or it is none. */
  readonly needs?: readonly RegExp[];
  /** For shapes that fit nearly anything: what the share of lines that fit is multiplied with, as the sample may tell. */
  readonly weight?: number | ((sample: Sample) => number);
}

type Lines = readonly (readonly [meaning: Meaning, ...templates: readonly string[]])[];

/** Makes a dialect of its declaration. */
export function declared(declaration: Declaration): Dialect {
  const { heads, lines, bare, foreign, timeLasts, voice, holdsData, dateOrder, isUtc, sessionIsProcess, ...rest } =
    declaration;
  const { isSpoken, needs, weight = 1, ...dialect } = rest;
  const marks = dialect.marks ?? marksOf(declaration);
  let plan: Plan | undefined;
  const open = (options: DecoderOptions, emit: EventSink): Declared => {
    plan ??= planOf(declaration);
    return new Declared(plan, options, emit);
  };
  return {
    ...dialect,
    ...(marks.length === 0 ? {} : { marks }),
    detect(sample) {
      if (!mayBe(sample, declaration, marks)) return 0;
      const factor = typeof weight === 'number' ? weight : weight(sample);
      return factor === 0 ? 0 : shareOf(sample, open, isSpoken === true) * factor;
    },
    open,
  };
}

/** A declaration whose templates are compiled. */
interface Plan {
  readonly heads: readonly Shape[];
  readonly headed: LineSet;
  readonly bare: LineSet | undefined;
  readonly declaration: Declaration;
  readonly isLocal: boolean;
}

/** Lines in the order in which they are tried. */
interface LineSet {
  readonly lines: readonly Line[];
  /** The character with which each shape begins; -1 if a field does. */
  readonly firsts: Int32Array;
}

function lineSetOf(lines: Lines, heads: readonly Shape[]): LineSet {
  const all = lines.flatMap(([meaning, ...templates]) =>
    templates.map((template) => new Line(meaning, new Shape(template), heads)),
  );
  return { lines: all, firsts: Int32Array.from(all, ({ shape }) => shape.first) };
}

function planOf(declaration: Declaration): Plan {
  const heads = (declaration.heads ?? ['']).map((template) => new Shape(template));
  for (const head of heads) if (!head.isHead) throw new Error(`${declaration.id}: a head has a field without an end`);
  const headed = lineSetOf(declaration.lines, heads);
  const bare = declaration.bare === undefined ? undefined : lineSetOf(declaration.bare, []);
  const shapes = [...heads, ...[...headed.lines, ...(bare?.lines ?? [])].map(({ shape }) => shape)];
  return {
    heads,
    headed,
    bare,
    declaration,
    isLocal: shapes.some((shape) => shape.has('local')),
  };
}

/** Texts of one character stand in any log. */
const leastMark = 2;

/** One text of each line that has any. None if a line that says something has none: nothing can be told without looking. */
function marksOf({ heads, lines, isSpoken = false }: Declaration): readonly string[] {
  const marks = new Set<string>();
  for (const [meaning, ...templates] of lines) {
    if (isSpoken && meaning === 'noise') continue;
    for (const template of templates.flatMap((one) => (heads ?? ['']).map((head) => head + one))) {
      const mark = markOf(template);
      if (mark.length >= leastMark) marks.add(mark);
      else if (meaning !== 'noise') return [];
    }
  }
  return [...marks];
}

/** Says quickly that a sample is none of the dialect. */
function mayBe({ texts }: Sample, { needs = [] }: Declaration, marks: readonly string[]): boolean {
  const isMarked = marks.length === 0 || texts.some((text) => marks.some((mark) => text.includes(mark)));
  return isMarked && needs.every((needed) => texts.some((text) => needed.test(text)));
}

/** Share of the lines that are understood; 0 where one must be said by either party and none is. */
function shareOf({ texts }: Sample, open: Dialect['open'], isSpoken: boolean): number {
  let spoken = 0;
  let understood = 0;
  const decoder = open(trial, (event) => {
    if (isSpeech(event)) spoken++;
  });
  for (const [i, text] of texts.entries()) if (decoder.line(text, i + 1, bareLine) !== 'unparsed') understood++;
  decoder.end?.();
  return texts.length === 0 || (isSpoken && spoken === 0) ? 0 : understood / texts.length;
}

const noHead = -1;
const bareLine: Envelope = { time: Number.NaN, host: '', program: '', pid: '' };

/** A command that has three letters or more, or a line of a reply that has a code. */
function isSpeech({ kind, verb, text }: Event): boolean {
  return (kind === 'command' && verb.length > 2) || (kind === 'reply-line' && replyCode(text) > 0);
}

class Declared implements Decoder {
  readonly inData?: () => boolean;
  readonly #heads: readonly Shape[];
  readonly #headless: boolean;
  readonly #lines: LineSet;
  readonly #bare: LineSet | undefined;
  readonly #foreign: readonly string[];
  readonly #stamps: Stamps;
  readonly #voice: Voice;
  readonly #at = bareOrigin();
  readonly #holdsData: boolean;
  readonly #sessionIsProcess: boolean;
  readonly #timeLasts: boolean;
  /** Of the last line that had one, where it lasts. */
  #lastTime = Number.NaN;

  constructor(plan: Plan, options: DecoderOptions, emit: EventSink) {
    const { heads, headed, bare, declaration, isLocal } = plan;
    this.#heads = heads;
    this.#headless = declaration.heads === undefined;
    this.#lines = headed;
    this.#bare = bare;
    this.#foreign = declaration.foreign ?? [];
    this.#holdsData = declaration.holdsData === true;
    this.#sessionIsProcess = declaration.sessionIsProcess === true;
    this.#timeLasts = declaration.timeLasts === true;
    const zoned = declaration.isUtc === true ? { ...options, offsetAt: (): number => 0 } : options;
    this.#stamps = new Stamps(zoned, emit, isLocal, declaration.dateOrder);
    const { sink } = this.#stamps;
    const { voice } = declaration;
    this.#voice = voice === 'conversation' ? new ClientVoice(sink, this.#holdsData) : new ServerVoice(sink, voice);
    if (this.#holdsData) this.inData = () => this.#voice.inData;
  }

  line(text: string, line: number, envelope: Envelope): Understanding {
    const understood = this.#headless
      ? this.#behind(text, this.#lines, 0, 0, Number.NaN, line, envelope)
      : this.#headed(text, line, envelope);
    return understood ?? (this.#holdsData && this.#voice.inData ? 'noise' : 'unparsed');
  }

  #headed(text: string, line: number, envelope: Envelope): Understanding | undefined {
    for (const start of this.#foreign) if (standsAt(text, start, 0)) return undefined;
    const stamps = this.#stamps;
    let isBare = true;
    for (let i = 0; i < this.#heads.length; i++) {
      stamps.time = Number.NaN;
      const from = (this.#heads[i] as Shape).begins(text, stamps, 0);
      if (from < 0) continue;
      isBare = false;
      const understood = this.#behind(text, this.#lines, from, i, stamps.time, line, envelope);
      if (understood !== undefined) return understood;
    }
    const bare = isBare ? this.#bare : undefined;
    return bare && this.#behind(text, bare, 0, noHead, Number.NaN, line, envelope);
  }

  end(): void {
    this.#stamps.end();
  }

  /**
   * What stands from `from` on, behind the head of this index, which told the time; undefined if no line fits, or none can
   * have its meaning.
   */
  #behind(
    text: string,
    { lines, firsts }: LineSet,
    from: number,
    head: number,
    headTime: number,
    line: number,
    envelope: Envelope,
  ): Understanding | undefined {
    const first = from < text.length ? text.charCodeAt(from) : 0;
    for (let i = 0; i < firsts.length; i++) {
      if (firsts[i] !== first && (firsts[i] as number) >= 0) continue;
      const one = lines[i] as Line;
      const ways = one.shape.match(text, this.#stamps, from);
      if (ways === 0) continue;
      if (one.isNoise && ways === 1) return 'noise';
      let time = one.isTimed ? this.#stamps.time : headTime;
      if (this.#timeLasts) {
        if (Number.isNaN(time)) time = this.#lastTime;
        else this.#lastTime = time;
      }
      const at = one.isKept ? bareOrigin() : this.#at;
      at.line = line;
      at.time = Number.isNaN(time) ? envelope.time : time;
      at.session = this.#sessionIsProcess ? envelope.pid : '';
      at.peer = '';
      at.user = '';
      if (ways > 1) {
        this.#stamps.sink(ambiguousEvent(at));
        return 'event';
      }
      one.fill(at, text, from, head);
      const understood = this.#voice.say(one, text, at);
      if (understood !== undefined) return understood;
    }
    return undefined;
  }
}
