/** Where reports go: standard output or a file, with back-pressure; a closed pipe is the reader's choice, not an error. */
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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

/**
 * Written beside its target and moved there when complete: a reader never sees half a report. A link is followed, the
 * mode of an existing file kept; what is no plain file (a device, a pipe) is written to directly.
 */
export class FileSink implements Sink {
  closed = false;
  readonly #path: string;
  /** '' if the target is written to directly. */
  readonly #temporary: string;
  readonly #fd: number;
  #pending = '';

  constructor(path: string) {
    const there = statSync(path, { throwIfNoEntry: false });
    const direct = there !== undefined && !there.isFile();
    this.#path = there?.isFile() === true ? realpathSync(path) : path;
    this.#temporary = direct ? '' : join(dirname(this.#path), `.${basename(this.#path)}.${process.pid}.tmp`);
    this.#fd = openSync(direct ? this.#path : this.#temporary, 'w', there === undefined ? 0o666 : there.mode & 0o777);
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
    } catch (error) {
      closeSync(this.#fd);
      if (temporary !== '') rmSync(temporary, { force: true });
      throw error;
    }
    closeSync(this.#fd);
    if (temporary === '') return Promise.resolve();
    if (keep) renameSync(temporary, this.#path);
    else rmSync(temporary, { force: true });
    return Promise.resolve();
  }

  #flush(): void {
    let octets = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    try {
      while (octets.length > 0 && !this.closed) octets = octets.subarray(writeSync(this.#fd, octets));
    } catch (error) {
      // A pipe whose reader has seen enough.
      if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
      this.closed = true;
    }
  }
}
