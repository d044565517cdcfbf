/** xz: the package xz-decompress holds xz-embedded, compiled to WebAssembly, and takes dictionaries up to 64 MiB. */
import { ReadableStream } from 'node:stream/web';
import { XzReadableStream } from 'xz-decompress';
import { InputError } from '../input-error.ts';
import { type Chunks, Octets, stepOctets } from './octets.ts';

/** All parts of a stream are multiples of this: checks stand in steps of their own. */
const alignment = 4;
const endOctets = 8192;

/** What the streams hold, one behind the other: the decoder takes them all. */
export async function* unxz(chunks: Chunks): AsyncGenerator<Buffer> {
  const input = new Octets(chunks);
  let fault: unknown;
  let taken = 0;
  const packed = new ReadableStream<Uint8Array>(
    {
      pull: async (controller): Promise<void> => {
        try {
          // Towards the end as well: behind the last octets stand checks, and what is no xz data.
          const step = (await input.fill(endOctets)) ? stepOctets(taken, alignment) : alignment;
          const piece = await input.some(step);
          input.skip(piece.length);
          taken += piece.length;
          if (piece.length > 0) controller.enqueue(piece);
          else controller.close();
        } catch (error) {
          fault = error;
          controller.error(error);
        }
      },
    },
    { highWaterMark: 0 },
  );
  const reader = new XzReadableStream(packed as never).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.length > 0) yield Buffer.from(value.buffer, value.byteOffset, value.length);
    }
  } catch (error) {
    throw fault ?? reasonOf(error);
  } finally {
    // The next decoder waits for this one. What is already over cannot be cancelled.
    await reader.cancel().catch(() => undefined);
    await input.end();
  }
}

const unsupportedCheck = 2;
const noMemory = 3;
const memoryLimit = 4;
const noStream = 5;
const unsupportedOptions = 6;
const endOfInput = 8;

function reasonOf(error: unknown): unknown {
  const found = error instanceof Error ? /failed with error code (\d+)$/.exec(error.message) : null;
  if (found === null) return error;
  const code = Number(found[1]);
  if (code === memoryLimit || code === noMemory) return new InputError('xz data that needs more than 64 MiB to unpack');
  if (code === unsupportedCheck || code === unsupportedOptions)
    return new InputError('xz data with a filter or check that is not supported');
  if (code === noStream) return new InputError('octets behind the xz data are not read', { complete: true });
  return new InputError(code === endOfInput ? 'xz data ends too early' : 'damaged xz data');
}
