/** No secret on standard error, whoever typed it: file names, values of options and of the configuration come back in messages. */
import { maskText } from '../protocol/secret-text.ts';
import type { CliIo } from './io.ts';

/** The same outside world, whose standard error gets no secret. Its streams are opened when they are asked for, as before. */
export function discreet(io: CliIo): CliIo {
  let stderr: CliIo['stderr'] | undefined;
  return Object.create(io, {
    stderr: {
      get: () => {
        stderr ??= Object.create(io.stderr, {
          write: { value: (text: string): boolean => io.stderr.write(withoutSecrets(text)) },
        }) as CliIo['stderr'];
        return stderr;
      },
    },
  }) as CliIo;
}

/** What people typed, or named a file, fit to be shown. */
export function withoutSecrets(text: string): string {
  return text.includes('\n') ? text.split('\n').map(maskText).join('\n') : maskText(text);
}
