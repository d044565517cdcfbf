/** xz, stream by stream: xz-decompress holds xz-embedded, compiled to WebAssembly, and takes dictionaries up to 64 MiB. */
import { ReadableStream } from 'node:stream/web';
import { XzReadableStream } from 'xz-decompress';
import { InputError } from '../input-error.ts';
import { type Chunks, Octets, skipZeros, stepOctets } from './octets.ts';

/** All parts of a stream are multiples of this: checks stand in steps of their own. */
const alignment = 4;
const magic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const Y = 0x59;
const Z = 0x5a;

/** What the streams hold, one behind the other. */
export async function* unxz(chunks: Chunks): AsyncGenerator<Buffer> {
  const input = new Octets(chunks);
  try {
    for (let first = true; ; first = false) {
      if (!first && !(await skipZeros(input))) return;
      await input.fill(magic.length);
      if (!input.held.subarray(0, magic.length).equals(magic)) {
        if (input.held.length < magic.length && first) throw endsEarly();
        throw new InputError('octets behind the xz data are not read', { complete: true });
      }
      yield* stream(input);
    }
  } finally {
    await input.end();
  }
}

async function* stream(input: Octets): AsyncGenerator<Buffer> {
  let fault: unknown;
  let taken = 0;
  const packed = new ReadableStream<Uint8Array>(
    {
      pull: async (controller): Promise<void> => {
        try {
          const piece = await nextPiece(input, taken);
          taken += piece.length;
          controller.enqueue(piece);
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
    // The next decoder waits for this one.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The decoder does not tell how much of a piece it took, and a further stream may follow: a piece ends wherever a stream
 * can end, which is behind the `YZ` of a footer.
 */
async function nextPiece(input: Octets, taken: number): Promise<Buffer> {
  const most = stepOctets(taken, alignment);
  await input.fill(alignment);
  const { held } = input;
  if (held.length < alignment) throw endsEarly();
  const whole = Math.min(most, held.length - (held.length % alignment));
  let end = alignment;
  while (end < whole && !(held[end - 2] === Y && held[end - 1] === Z)) end += alignment;
  const piece = held.subarray(0, end);
  input.skip(end);
  return piece;
}

const unsupportedCheck = 2;
const noMemory = 3;
const memoryLimit = 4;
const unsupportedOptions = 6;

function reasonOf(error: unknown): unknown {
  const found = error instanceof Error ? /failed with error code (\d+)$/.exec(error.message) : null;
  if (found === null) return error;
  const code = Number(found[1]);
  if (code === memoryLimit || code === noMemory) return new InputError('xz data that needs more than 64 MiB to unpack');
  if (code === unsupportedCheck || code === unsupportedOptions)
    return new InputError('xz data with a filter or check that is not supported');
  return new InputError('damaged xz data');
}

function endsEarly(): InputError {
  return new InputError('xz data ends too early');
}
