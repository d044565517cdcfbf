/** The analysis of files and streams: what the command does, for programs. */
import type { Readable } from 'node:stream';
import { type AnalyzerOptions, createAnalyzer } from './analyze.ts';
import { readLines } from './io/lines.ts';
import { openFile, openStream } from './io/source.ts';
import { defaultLimits } from './limits.ts';
import type { Report } from './report.ts';

/** A path, or a stream of octets with the name to report it under. */
export type Input = string | { readonly name: string; readonly stream: Readable };

export interface AnalyzeOptions extends AnalyzerOptions {
  /** Rows per table of the report, 0 for all. Default: 10. */
  readonly top?: number;
}

/**
 * Reads the inputs in order and resolves to the report. gzip is unpacked, the encoding and the log format are recognised
 * by content. Rejects with the error of Node where an input cannot be read (`ENOENT`, `EACCES`, …).
 */
export async function analyze(inputs: readonly Input[], options: AnalyzeOptions = {}): Promise<Report> {
  const analyzer = createAnalyzer(options);
  for (const input of inputs) {
    const name = typeof input === 'string' ? input : input.name;
    const opened = typeof input === 'string' ? await openFile(input) : await openStream(input.stream, Date.now());
    analyzer.source({ name, reference: opened.modified });
    const lineOctets = options.limits?.lineOctets ?? defaultLimits.lineOctets;
    const take = (line: string): void => analyzer.line(line);
    analyzer.endSource(await readLines(opened.stream, lineOctets, take, () => undefined));
  }
  return analyzer.report(options.top);
}
