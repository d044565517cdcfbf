/**
 * A dialect as a declaration: the shapes of its lines (`shape.ts`), and what each means. From them come the decoder, the
 * marks and the detection. What a format knows beyond that is code: see docs/decisions/0010-declarations.md.
 *
 * The fields that mean something, by name: `time`, `session`, `peer`, `user`; `said`, which is what either party said or
 * what a sentence is about; `server` and `port` of `opened`. Any other name only says what stands there.
 */
import type { Decoder, DecoderOptions, Dialect, Event, EventSink, Sample, Understanding } from '../model.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { digits } from '../text.ts';
import { Conversations } from './conversation.ts';
import { trial } from './detect.ts';
import {
  ambiguousEvent,
  bareOrigin,
  closeEvent,
  commandEvent,
  type OpenOrigin,
  type Origin,
  openEvent,
  replyLine,
} from './event.ts';
import { type Sentences, SessionNotes } from './session-notes.ts';
import { markOf, Shape } from './shape.ts';
import { Stamps } from './stamps.ts';

/**
 * What a line is. The first line whose shape fits and whose meaning can be so is taken.
 * - `command`, `reply`: either party said it
 * - `told`: a command, a line of a reply or a note, as its words tell
 * - `opened`, `closed`: the control connection began, ended
 * - `noise`: nothing about FTP
 */
export type Meaning = 'command' | 'reply' | 'told' | 'opened' | 'closed' | 'noise';

export interface Declaration extends Omit<Dialect, 'capture' | 'detect' | 'marks' | 'open'> {
  /** The lines that a log may hold, in the order in which they are tried. */
  readonly lines: readonly (readonly [meaning: Meaning, template: string])[];
  /**
   * Who keeps the thread: `events`, nobody, each line says all; `conversation`, a client's view of its connection; sentences,
   * those of a server that numbers its sessions.
   */
  readonly voice: 'events' | 'conversation' | Sentences;
  /** Data may stand between the lines: what has no shape is data while a transfer runs. */
  readonly holdsData?: boolean;
  /** A log holds a command or the first line of a reply, or it is none: the shapes are those of many programs. */
  readonly isSpoken?: boolean;
  /** For shapes that fit nearly anything: what the share of lines that fit is multiplied with. */
  readonly weight?: number;
}

/** Makes a dialect of its declaration. */
export function declared(declaration: Declaration): Dialect {
  const { lines, voice, holdsData = false, isSpoken = false, weight = 1, ...dialect } = declaration;
  const marks = marksOf(lines.filter(([meaning]) => !isSpoken || meaning !== 'noise'));
  let shapes: readonly Line[] | undefined;
  const open = (options: DecoderOptions, emit: EventSink): Declared => {
    shapes ??= linesOf(lines);
    return new Declared(shapes, voice, holdsData, options, emit);
  };
  return {
    ...dialect,
    ...(marks.length === 0 ? {} : { marks }),
    detect: (sample) => (isSpoken || hasMark(sample, marks) ? shareOf(sample, open, isSpoken) * weight : 0),
    open,
  };
}

function linesOf(lines: Declaration['lines']): readonly Line[] {
  let before: Shape | undefined;
  return lines.map(([meaning, template]) => {
    before = new Shape(template, before);
    return new Line(meaning, before);
  });
}

/** Texts of one character stand in any log. */
const leastMark = 2;

/** One text of each line that has any. None if a line that says something has none: nothing can be told without looking. */
function marksOf(lines: Declaration['lines']): readonly string[] {
  const marks = new Set<string>();
  for (const [meaning, template] of lines) {
    const mark = markOf(template);
    if (mark.length >= leastMark) marks.add(mark);
    else if (meaning !== 'noise') return [];
  }
  return [...marks];
}

function hasMark({ texts }: Sample, marks: readonly string[]): boolean {
  return marks.length === 0 || texts.some((text) => marks.some((mark) => text.includes(mark)));
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

const bareLine = { time: Number.NaN, host: '', program: '', pid: '' };

/** A command that has three letters or more, or a line of a reply that has a code. */
function isSpeech({ kind, verb, text }: Event): boolean {
  return (kind === 'command' && verb.length > 2) || (kind === 'reply-line' && replyCode(text) > 0);
}

/** The shape of a line, what it means, and where its fields are. */
class Line {
  readonly meaning: Meaning;
  readonly shape: Shape;
  readonly isTimed: boolean;
  readonly isLocal: boolean;
  readonly #session: number;
  readonly #peer: number;
  readonly #user: number;
  readonly #said: number;
  readonly #server: number;
  readonly #port: number;

  constructor(meaning: Meaning, shape: Shape) {
    this.meaning = meaning;
    this.shape = shape;
    this.isTimed = shape.indexOf('time') >= 0;
    this.isLocal = shape.fields.some((field) => field.sort === 'local');
    this.#session = shape.indexOf('session');
    this.#peer = shape.indexOf('peer');
    this.#user = shape.indexOf('user');
    this.#said = shape.indexOf('said');
    this.#server = shape.indexOf('server');
    this.#port = shape.indexOf('port');
  }

  /** Sets what the text that was matched last tells of its origin. */
  fill(at: OpenOrigin, text: string, line: number, time: number): void {
    const { shape } = this;
    at.line = line;
    at.time = this.isTimed ? time : Number.NaN;
    at.session = shape.cut(text, this.#session);
    at.peer = shape.cut(text, this.#peer);
    at.user = shape.cut(text, this.#user);
  }

  session(text: string): string {
    return this.shape.cut(text, this.#session);
  }

  said(text: string): string {
    return this.shape.cut(text, this.#said);
  }

  server(text: string): string {
    return this.shape.cut(text, this.#server);
  }

  port(text: string): number {
    const port = this.shape.cut(text, this.#port);
    return Math.max(0, digits(port, 0, port.length));
  }
}

class Declared implements Decoder {
  readonly inData?: () => boolean;
  readonly #lines: readonly Line[];
  readonly #stamps: Stamps;
  readonly #conversations: Conversations | undefined;
  readonly #notes: SessionNotes | undefined;
  readonly #at = bareOrigin();
  readonly #holdsData: boolean;
  /** Whose reply was read last: data that stands between the lines are of its transfer. */
  #lastSession = '';

  constructor(
    lines: readonly Line[],
    voice: Declaration['voice'],
    holdsData: boolean,
    options: DecoderOptions,
    emit: EventSink,
  ) {
    this.#lines = lines;
    this.#holdsData = holdsData;
    const isLocal = lines.some((line) => line.isLocal);
    this.#stamps = new Stamps(options, emit, isLocal);
    this.#conversations = voice === 'conversation' ? new Conversations(this.#stamps.sink) : undefined;
    this.#notes = typeof voice === 'object' ? new SessionNotes(this.#stamps.sink, voice) : undefined;
    if (holdsData) this.inData = () => this.#isTransferring();
  }

  line(text: string, line: number): Understanding {
    const stamps = this.#stamps;
    /** What the shapes tried so far found of the line. */
    let reached = 0;
    for (let i = 0; i < this.#lines.length; i++) {
      const one = this.#lines[i] as Line;
      const { shape } = one;
      // It begins as the one before, and that did not get so far.
      if (shape.shared > reached) continue;
      const ways = shape.match(text, stamps, shape.shared);
      reached = shape.reached;
      if (ways === 0) continue;
      if (ways > 1) {
        stamps.sink(
          ambiguousEvent({ line, time: one.isTimed ? stamps.time : Number.NaN, session: '', peer: '', user: '' }),
        );
        return 'event';
      }
      if (one.meaning === 'noise') return 'noise';
      const understood = this.#meant(one, text, line);
      if (understood !== undefined) return understood;
    }
    return this.#holdsData && this.#isTransferring() ? 'noise' : 'unparsed';
  }

  end(): void {
    this.#stamps.end();
  }

  #isTransferring(): boolean {
    return this.#conversations?.of(this.#lastSession).transferring === true;
  }

  /** What a line of such a shape says; undefined if it cannot have this meaning. */
  #meant(one: Line, text: string, line: number): Understanding | undefined {
    if (this.#notes !== undefined) return this.#noted(this.#notes, one, text, line);
    // A conversation keeps the origin of a line that may be a command.
    const at = one.meaning === 'told' ? bareOrigin() : this.#at;
    one.fill(at, text, line, this.#stamps.time);
    if (this.#conversations !== undefined) return this.#conversed(this.#conversations, one, at, text);
    const said = one.said(text);
    const { sink } = this.#stamps;
    if (one.meaning === 'command') sink(commandEvent(at, said));
    else if (one.meaning === 'reply') sink(replyLine(at, said));
    else if (one.meaning === 'opened') sink(openEvent(at, one.port(text), one.server(text)));
    else if (one.meaning === 'closed') sink(closeEvent(at, said));
    else return undefined;
    return 'event';
  }

  #noted(notes: SessionNotes, one: Line, text: string, line: number): Understanding {
    const time = one.isTimed ? this.#stamps.time : Number.NaN;
    const session = one.session(text);
    const said = one.said(text);
    if (one.meaning === 'told') return notes.take(line, time, session, said);
    return notes.takeSide(line, time, session, said, one.meaning === 'command');
  }

  #conversed(conversations: Conversations, one: Line, at: Origin, text: string): Understanding | undefined {
    const conversation = conversations.of(at.session);
    const said = one.said(text);
    switch (one.meaning) {
      case 'reply':
        this.#lastSession = at.session;
        conversation.reply(at, said);
        return 'event';
      case 'command':
        conversation.command(at, said);
        return 'event';
      case 'told':
        return conversation.unmarked(at, said) ? 'event' : undefined;
      case 'opened':
        conversation.opened(at, one.server(text));
        return 'event';
      case 'closed':
        return conversation.closed(at, said) ? 'event' : 'noise';
      default:
        return undefined;
    }
  }
}
