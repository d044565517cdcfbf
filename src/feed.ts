/** The one feeder of command line and library: opens inputs one after the other and gives their lines to an analyzer. */
import type { Analyzer } from './analyze.ts';
import { type OrderOptions, readingOrder } from './input-order.ts';
import { type LinesRead, readLines } from './io/lines.ts';
import type { OpenInput } from './io/source.ts';
import { defaultLimits } from './limits.ts';
import type { Recognised } from './recognition/source-reader.ts';

type Take = (line: string) => void;
type Pause = (octets: number) => Promise<void> | undefined;

/** An input that can be opened once. */
export interface LineSource {
  readonly name: string;
  /** Of a file; '' if it is none. */
  readonly path: string;
  readonly open: () => Promise<OpenLines>;
}

/** An input that is open: its last change, and its lines. */
export interface OpenLines {
  readonly modified: number;
  readonly read: (take: Take, pause: Pause) => Promise<LinesRead>;
}

/** Whoever has inputs read: what it says to what happens. */
export interface Watcher {
  /** Asked before each input: why it is not read; undefined if it is. */
  readonly skips: () => string | undefined;
  /** An input was opened. */
  readonly begun: () => void;
  /** So many octets of the input were read; the reading may be held up. */
  readonly pause: Pause;
  /** What is wrong with an input, for the report; throws where nothing more is to be read. */
  readonly fault: (name: string, error: unknown) => string;
}

/** For whom nothing happens, and whom any fault ends. */
export const unwatched: Watcher = {
  skips: () => undefined,
  begun: () => undefined,
  pause: () => undefined,
  fault: (_name, error) => {
    throw error;
  },
};

/** An input of octets: unpacked where it is packed, decoded, and cut into lines. */
export function octetSource(
  name: string,
  path: string,
  open: () => Promise<OpenInput>,
  lineOctets: number = defaultLimits.lineOctets,
): LineSource {
  return {
    name,
    path,
    open: async () => {
      const { chunks, modified } = await open();
      return { modified, read: (take, pause) => readLines(chunks, lineOctets, take, pause) };
    },
  };
}

/** Reads the inputs, parts of a rotated log oldest first, each as a source of the analyzer. Returns the octets read. */
export async function feed(
  analyzer: Analyzer,
  inputs: readonly LineSource[],
  options: OrderOptions,
  watcher: Watcher,
): Promise<number> {
  let octets = 0;
  const paths = inputs.map(({ path }) => path);
  for (const index of await readingOrder(paths, options))
    octets += (await feedOne(analyzer, inputs[index] as LineSource, index, watcher)).octets;
  return octets;
}

/** Reads one input. Returns the octets read, and what it was taken for. */
export async function feedOne(
  analyzer: Analyzer,
  input: LineSource,
  index: number,
  watcher: Watcher,
): Promise<{ readonly octets: number; readonly recognised: readonly Recognised[] }> {
  const { name } = input;
  const unread = (error: string) => {
    analyzer.source({ name, index });
    return { octets: 0, recognised: analyzer.endSource({ error }) };
  };
  const skipped = watcher.skips();
  if (skipped !== undefined) return unread(skipped);
  let opened: OpenLines;
  try {
    opened = await input.open();
  } catch (error) {
    return unread(watcher.fault(name, error));
  }
  analyzer.source({ name, reference: opened.modified, index });
  watcher.begun();
  const read = await opened.read((line) => analyzer.line(line), watcher.pause);
  const { fault } = read;
  const recognised = analyzer.endSource(fault === undefined ? read : { ...read, error: watcher.fault(name, fault) });
  return { octets: read.bytes, recognised };
}
