/** What stands around a log line: syslog, journald, docker, a CI server's time stamp. Wrappers compose with any dialect. */
import type { DecoderOptions, Envelope, Evidence } from '../model.ts';

/** A line without its wrapper. */
export interface Peeled {
  readonly text: string;
  readonly envelope: Envelope;
  /** How many lines it stands for: `message repeated 3 times: [ … ]`. */
  readonly times: number;
}

/**
 * What became of a line. `'noise'`: a line of the wrapper itself (`-- Boot … --`); `'part'`: a piece of a line, which comes
 * whole with its last piece; undefined: the line does not wear this wrapper.
 */
export type Peel = (text: string, outer: Envelope) => Peeled | 'noise' | 'part' | undefined;

export interface Wrapper {
  readonly id: string;
  readonly title: string;
  readonly evidence: Evidence;
  /** One line as it looks. */
  readonly example: string;
  /** False where these lines cannot wear it, however they peel; absent: the lines that peel decide. */
  wears?(lines: readonly string[]): boolean;
  /** Formats have this shape of their own: it comes off only where more is understood without it. */
  readonly timid?: boolean;
  /** It comes off only where nothing is recognised with it on. */
  readonly lastResort?: boolean;
  /** A peeler for one source; it may remember what it needs for times and pieces of lines. */
  open(options: DecoderOptions): Peel;
}

/** Nothing stands around the line. */
export const bare: Envelope = { time: Number.NaN, host: '', program: '', pid: '' };

/** A line that stands for itself. */
export function once(text: string, envelope: Envelope): Peeled {
  return { text, envelope, times: 1 };
}

/** The inner envelope, with what only the outer one knows. */
export function within(outer: Envelope, time: number, host = '', program = '', pid = ''): Envelope {
  return {
    time: Number.isNaN(time) ? outer.time : time,
    host: host === '' ? outer.host : host,
    program: program === '' ? outer.program : program,
    pid: pid === '' ? outer.pid : pid,
  };
}
