/** What stands around a log line: syslog, journald, docker, a CI server's time stamp. Wrappers compose with any dialect. */
import type { DecoderOptions, Envelope, Evidence } from '../model.ts';

/** A line without its wrapper. */
export interface Peeled {
  readonly text: string;
  readonly envelope: Envelope;
}

/** Takes the wrapper off a line; undefined if the line does not wear it. `null` text: known, but carries no line. */
export type Peel = (text: string, outer: Envelope) => Peeled | undefined;

export interface Wrapper {
  readonly id: string;
  readonly title: string;
  readonly evidence: Evidence;
  /** One line as it looks. */
  readonly example: string;
  /** A peeler for one source; it may remember what it needs for times. */
  open(options: DecoderOptions): Peel;
}

/** Nothing stands around the line. */
export const bare: Envelope = { time: Number.NaN, host: '', program: '', pid: '' };
