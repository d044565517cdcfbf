/** An input as the command line names it: a file, or `-` for standard input. */
import { type LineSource, octetSource } from '../feed.ts';
import { openFile, openStream } from '../io/source.ts';
import type { CliIo } from './io.ts';

/** `stop` ends the reading. */
export function inputOf(name: string, io: CliIo, stop?: AbortSignal): LineSource {
  return name === '-'
    ? octetSource(name, '', () => openStream(io.stdin, io.now, stop))
    : octetSource(name, name, () => openFile(name, stop));
}
