/** The analysis of files and streams: what the command does, for programs. */
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type AnalyzerOptions, createAnalyzer } from './analyze.ts';
import { feed, type LineSource, octetSource, unwatched } from './feed.ts';
import type { LinesRead } from './io/lines.ts';
import { openFile, openStream } from './io/source.ts';
import type { Report } from './report.ts';

/**
 * A path; a stream of octets, alone or with the name to report it under; or lines without their ends, as texts.
 * A stream without a name is reported as `-`, lines as well.
 */
export type Input =
  | string
  | URL
  | Readable
  | { readonly name: string; readonly stream: Readable }
  | { readonly name?: string; readonly lines: Iterable<string> | AsyncIterable<string> };

export interface AnalyzeOptions extends AnalyzerOptions {
  /** Rows per table of the report, 0 for all. Default: 10. */
  readonly top?: number;
}

/**
 * Reads one input, or several in order, and resolves to the report. What is packed (gzip, xz, zstd, bzip2) is unpacked,
 * the encoding and the log format are recognised by content. Rejects with the error of Node where an input cannot be
 * opened (`ENOENT`, `EACCES`, …), and with an error that says why where it is no log or was read only in part; with a
 * TypeError where an argument is none of what is asked for. Parts of a rotated log are read oldest first.
 */
export async function analyze(inputs: Input | readonly Input[], options: AnalyzeOptions = {}): Promise<Report> {
  const list = Array.isArray(inputs) ? (inputs as readonly Input[]) : [inputs as Input];
  const checked = list.map((input, i) => kindOf(input, Array.isArray(inputs) ? `inputs[${i}]` : 'the input'));
  if (typeof options !== 'object' || options === null) throw new TypeError(`options: an object, not ${given(options)}`);
  const { top } = options;
  if (top !== undefined && !(Number.isInteger(top) && top >= 0))
    throw new TypeError(`options.top: a whole number, 0 for all rows, not ${given(top)}`);
  const analyzer = createAnalyzer({ ...options, alone: checked.length === 1 });
  const lineOctets = options.limits?.lineOctets;
  const sources = checked.map((input) => sourceOf(input, lineOctets));
  await feed(analyzer, sources, options, unwatched);
  return analyzer.report(top);
}

function sourceOf(input: Known, lineOctets: number | undefined): LineSource {
  const { name } = input;
  if (input.kind === 'file') return octetSource(name, input.path, () => openFile(input.path), lineOctets);
  if (input.kind === 'stream') return octetSource(name, '', () => openStream(input.stream, Date.now()), lineOctets);
  const read = async (take: (line: string) => void): Promise<LinesRead> => {
    for await (const line of input.lines) {
      if (typeof line !== 'string') throw new TypeError(`a line of '${name}': a text, not ${given(line)}`);
      take(line);
    }
    return { bytes: 0, clippedLines: 0 };
  };
  return { name, path: '', open: async () => ({ modified: Date.now(), read }) };
}

type Known =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | { readonly kind: 'stream'; readonly name: string; readonly stream: Readable }
  | { readonly kind: 'lines'; readonly name: string; readonly lines: Iterable<string> | AsyncIterable<string> };

const wanted = 'a path, a stream, { name, stream }, { name, lines } or a list of these';

function kindOf(input: unknown, where: string): Known {
  if (typeof input === 'string') return { kind: 'file', name: input, path: input };
  if (input instanceof URL) {
    if (input.protocol !== 'file:') throw new TypeError(`${where}: a URL of a file, not '${input.protocol}'`);
    return { kind: 'file', name: fileURLToPath(input), path: fileURLToPath(input) };
  }
  if (typeof input === 'object' && input !== null) {
    if (isStream(input)) return { kind: 'stream', name: '-', stream: input };
    const { name = 'lines' in input ? '-' : undefined, stream, lines } = input as { [key: string]: unknown };
    if ((stream !== undefined || lines !== undefined) && typeof name !== 'string')
      throw new TypeError(`${where}.name: a text, not ${given(name)}`);
    if (typeof name === 'string' && stream !== undefined) {
      if (!isStream(stream)) throw new TypeError(`${where}.stream: a readable stream of Node, not ${given(stream)}`);
      return { kind: 'stream', name, stream };
    }
    if (typeof name === 'string' && lines !== undefined) {
      if (!isIterable(lines)) throw new TypeError(`${where}.lines: a list of texts, not ${given(lines)}`);
      return { kind: 'lines', name, lines };
    }
  }
  throw new TypeError(`${where}: ${wanted} is expected, not ${given(input)}`);
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && 'pipe' in value && Symbol.asyncIterator in value;
}

function isIterable(value: unknown): value is Iterable<string> | AsyncIterable<string> {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}

/** What was given, in a few words. */
function given(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') {
    const { name } = value.constructor ?? { name: '' };
    return name === '' || name === 'Object'
      ? `an object with ${Object.keys(value).join(', ') || 'nothing'}`
      : `a ${name}`;
  }
  return typeof value === 'string' ? `'${value.slice(0, 40)}'` : `${typeof value} ${String(value).slice(0, 40)}`;
}
