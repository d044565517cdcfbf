/** Opens what is to be read: files, pipes, standard input; what is packed is unpacked, what can be no log is refused. */
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  open,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { Readable } from 'node:stream';
import { InputError } from './input-error.ts';
import { foreignAs, packedAs, signatureOctets } from './signatures.ts';
import { type Chunks, Octets } from './unpack/octets.ts';

/**
 * A file is read in chunks of 256 KiB. Of 64 KiB ones the reading takes longer; the lines of 1 MiB live long enough to be
 * copied by the collector: 5 % more processor time and 50 MiB more memory on 100 MB.
 */
const fileChunk = 256 * 1024;
/** Packed, packed again and once more; nobody packs more often. */
const deepest = 3;
/** Text is told from the rest by so many octets: more are waited for only where they hold a NUL. */
const textOctets = 64;

/** An input that is open. Its chunks end with an {@link InputError} where it was read only in part. */
export interface OpenInput {
  readonly chunks: Chunks;
  /** Octets of the file; 0 if unknown. */
  readonly size: number;
  /** Last change, ms since the epoch; now for a stream. */
  readonly modified: number;
}

/** `stop` ends the reading, also one that waits; the chunks then end with an error. */
export async function openFile(path: string, stop?: AbortSignal): Promise<OpenInput> {
  const stats = statSync(path);
  await refuseKind(stats, path);
  const { size, mtimeMs: modified } = stats;
  if (!stats.isFile()) return { chunks: await unpacked(await openPipe(path, stats, stop), path), size: 0, modified };
  const fd = openSync(path, 'r');
  const chunks = size > 0 && size <= fileChunk ? readSmall(fd, size) : fileChunks(fd, size, stop);
  return { chunks: await unpacked(chunks, path), size, modified };
}

export async function openStream(input: Readable, now: number, stop?: AbortSignal): Promise<OpenInput> {
  stop?.addEventListener('abort', () => input.destroy(), { once: true });
  return { chunks: await unpacked(input, '-'), size: 0, modified: now };
}

/** What is no file of octets, or one without end. */
async function refuseKind(stats: Stats, path: string): Promise<void> {
  if (stats.isDirectory()) throw new InputError('is a directory — name the files in it');
  if (stats.isSocket()) throw new InputError('is a socket, not a file');
  if (stats.isBlockDevice()) throw new InputError('is a device, not a file');
  if (stats.isCharacterDevice() && !isNull(stats) && !(await isTerminal(path)))
    throw new InputError('is a device, not a file');
}

function isNull({ rdev }: Stats): boolean {
  return rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

async function isTerminal(path: string): Promise<boolean> {
  // Loaded here: it takes 2 ms, and few read from a terminal.
  const { isatty } = await import('node:tty');
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    return isatty(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * A named pipe, a terminal. Opening a pipe waits for a writer, and reading one for octets: both where they do not hold up
 * the signals.
 */
async function openPipe(path: string, stats: Stats, stop: AbortSignal | undefined): Promise<Chunks> {
  if (!stats.isFIFO()) {
    const stream = createReadStream(path, { highWaterMark: fileChunk });
    stop?.addEventListener('abort', () => stream.destroy(), { once: true });
    return stream;
  }
  const unblock = (): void => openAndClose(path);
  stop?.addEventListener('abort', unblock, { once: true });
  const fd = await new Promise<number>((resolve, reject) => {
    open(path, 'r', (error, opened) => (error === null ? resolve(opened) : reject(error)));
  });
  stop?.removeEventListener('abort', unblock);
  const { Socket } = await import('node:net');
  const pipe = new Socket({ fd, readable: true, writable: false });
  if (stop?.aborted === true) pipe.destroy();
  stop?.addEventListener('abort', () => pipe.destroy(), { once: true });
  return pipe;
}

/** A writer that comes and goes lets the opening of a pipe go on. */
function openAndClose(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    // Nobody waits: the pipe is open, or gone.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

/** A file of one chunk, read at once: the streams of files are loaded and waited for only where they are of use. */
function* readSmall(fd: number, size: number): Generator<Buffer> {
  const octets = Buffer.allocUnsafe(size);
  let length = 0;
  try {
    for (let n = -1; n !== 0 && length < size; length += n) n = readSync(fd, octets, length, size - length, length);
  } finally {
    closeSync(fd);
  }
  if (length > 0) yield octets.subarray(0, length);
  if (length < size) throw becameShorter();
}

/** A file that grows is read as far as it goes; one that becomes shorter has lost what was not read yet. */
async function* fileChunks(fd: number, size: number, stop: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const stream = createReadStream('', { fd, autoClose: false, highWaterMark: fileChunk });
  stop?.addEventListener('abort', () => stream.destroy(), { once: true });
  let read = 0;
  let longest = size;
  let shrunk = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      read += chunk.length;
      yield chunk;
      if (stream.destroyed) break;
      const now = fstatSync(fd).size;
      if (now < longest) shrunk = true;
      longest = Math.max(longest, now);
    }
  } finally {
    // Closes the file as well.
    stream.destroy();
  }
  if (shrunk || read < size) throw becameShorter();
}

function becameShorter(): InputError {
  return new InputError('became shorter while it was read: read only in part');
}

/** The chunks themselves, or what is packed in them. Throws where they can be no log. */
async function unpacked(chunks: Chunks, name: string): Promise<Chunks> {
  let current = chunks;
  const around: string[] = [];
  for (;;) {
    const { head, all, close } = await peeked(current);
    const pack = packedAs(head);
    if (pack === undefined) {
      const foreign = foreignAs(head);
      if (foreign === undefined) return all;
      await close();
      throw new InputError(foreignText(foreign, around, name));
    }
    if (around.length === deepest) {
      await close();
      throw new InputError(`is packed more than ${deepest} times`);
    }
    around.push(pack.name);
    current = (await pack.load())(all);
  }
}

function foreignText(
  { what, help }: { readonly what: string; readonly help: string },
  around: readonly string[],
  name: string,
): string {
  if (around.length > 0)
    return `is packed (${around.join(', ')}), and inside is ${what} — unpack it first, then ${help}`;
  // A name that a shell takes as it is may be copied from the message.
  const shown = /^[\w./+,:@%=][\w./+,:@%=-]*$/.test(name) ? name : 'FILE';
  return `is ${what} — ${help.replace('FILE', shown)}`;
}

/**
 * The first octets, and all of them again. An error behind the first ones is kept until these are taken: what was
 * unpacked before a fault is not lost.
 */
async function peeked(chunks: Chunks): Promise<Peeked> {
  const input = new Octets(chunks);
  let fault: unknown;
  try {
    await input.fill(textOctets);
    if (input.held.includes(0) || mayBeOwn(input.held)) await input.fill(signatureOctets);
  } catch (error) {
    fault = error;
  }
  const head = input.held.subarray(0, signatureOctets);
  return { head, all: again(input, fault), close: () => input.end() };
}

interface Peeked {
  readonly head: Buffer;
  readonly all: Chunks;
  readonly close: () => Promise<void>;
}

/** JSON, XML, HTML, a comment: what ftplog writes itself is told from it by more than its first line. */
function mayBeOwn(head: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*[{[<#-]/.test(head.toString('latin1'));
}

async function* again(input: Octets, fault: unknown): AsyncGenerator<Buffer> {
  try {
    if (fault === undefined) {
      yield* input.rest();
      return;
    }
    if (input.held.length > 0) yield input.held;
    throw fault;
  } finally {
    await input.end();
  }
}
