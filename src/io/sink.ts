/** Where reports go: standard output or a file, with back-pressure; a closed pipe is the reader's choice, not an error. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Text is gathered to pieces of this many characters. */
const pieceChars = 64 * 1024;

export interface Sink {
  write(text: string): void;
  /** Resolves when more may be written; undefined if it may now. */
  pause(): Promise<void> | undefined;
  /** Everything is out. `keep` false: throw what was written away. */
  close(keep: boolean): Promise<void>;
  /** Nobody reads any more. */
  readonly closed: boolean;
}

export class StreamSink implements Sink {
  closed = false;
  readonly #stream: NodeJS.WritableStream;
  #pending = '';
  #full = false;
  #failure: Error | undefined;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') this.#failure = error;
      this.closed = true;
    });
  }

  write(text: string): void {
    if (this.closed) return;
    this.#pending += text;
    if (this.#pending.length >= pieceChars) this.#flush();
  }

  pause(): Promise<void> | undefined {
    if (!this.#full || this.closed) return undefined;
    return new Promise((resolve) => {
      const go = (): void => {
        this.#stream.off('drain', go);
        this.#stream.off('error', go);
        this.#full = false;
        resolve();
      };
      this.#stream.on('drain', go);
      this.#stream.on('error', go);
    });
  }

  async close(keep: boolean): Promise<void> {
    if (keep && !this.closed) await new Promise<void>((resolve) => this.#stream.write(this.#pending, () => resolve()));
    this.#pending = '';
    if (this.#failure !== undefined) throw this.#failure;
  }

  #flush(): void {
    this.#full = !this.#stream.write(this.#pending);
    this.#pending = '';
  }
}

/** Files that are written and not yet moved to their place. */
const temporaries = new Set<string>();

/** Takes away what was written of reports that are not complete: the process ends. */
export function removeTemporaries(): void {
  for (const path of temporaries) rmSync(path, { force: true });
  temporaries.clear();
}

/** How long to wait for a pipe that takes no more, when it is one that does not make its writer wait. */
const fullPipeMs = 5;

/**
 * Written beside its target and moved there when complete: a reader never sees half a report. The mode of an existing
 * file is kept; what is no plain file (a device, a pipe) is written to directly.
 */
export class FileSink implements Sink {
  closed = false;
  readonly #path: string;
  /** '' if the target is written to directly. */
  readonly #temporary: string;
  readonly #fd: number;
  #pending = '';

  /** `target`: the file that `path` leads to, links followed. */
  constructor(path: string, target: string) {
    const there = statSync(path, { throwIfNoEntry: false });
    const mode = there === undefined ? 0o666 : there.mode & 0o777;
    this.#path = target;
    if (there !== undefined && !there.isFile()) {
      this.#temporary = '';
      this.#fd = openSync(path, 'w');
      return;
    }
    const name = `.ftplog-${process.pid}-${temporaries.size}-${Date.now().toString(36)}.tmp`;
    this.#temporary = join(dirname(target), name);
    this.#fd = openSync(this.#temporary, 'wx', mode);
    temporaries.add(this.#temporary);
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= pieceChars) this.#flush();
  }

  pause(): undefined {
    return undefined;
  }

  close(keep: boolean): Promise<void> {
    const temporary = this.#temporary;
    try {
      if (keep) this.#flush();
      if (keep && temporary !== '') fsyncSync(this.#fd);
      closeSync(this.#fd);
      if (keep && temporary !== '') renameSync(temporary, this.#path);
    } finally {
      if (temporary !== '') rmSync(temporary, { force: true });
      temporaries.delete(temporary);
    }
    return Promise.resolve();
  }

  #flush(): void {
    let octets = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    try {
      while (octets.length > 0 && !this.closed) octets = octets.subarray(this.#written(octets));
    } catch (error) {
      // A pipe whose reader has seen enough.
      if (!hasCode(error, 'EPIPE')) throw error;
      this.closed = true;
    }
  }

  /** Writes some of the octets; returns how many. */
  #written(octets: Buffer): number {
    try {
      return writeSync(this.#fd, octets);
    } catch (error) {
      if (!hasCode(error, 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fullPipeMs);
      return 0;
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
