/** Why an input could not be read, in words. */
import { InputError } from '../io/input-error.ts';

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file'],
  ['ENOTDIR', 'no such file'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ENAMETOOLONG', 'name too long'],
  ['ELOOP', 'too many links'],
  ['EMFILE', 'too many open files'],
  ['EIO', 'input error'],
  ['ENXIO', 'no such device'],
  ['ENODEV', 'no such device'],
  ['ESTALE', 'the file is no longer there'],
  ['ETIMEDOUT', 'the file system does not answer'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'ends too early'],
  ['ERR_INVALID_ARG_VALUE', 'not a file name'],
]);

/** The reason of an input error; anything else is a bug, and is thrown again with its stack. */
export function readError(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const reason = reasons.get(errorCode(error));
  if (reason !== undefined) return reason;
  if (isSystemError(error)) return `cannot be read (${errorCode(error)})`;
  throw error;
}

/** Code of an error of Node or the system; '' if it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The system refused a call. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && /^E[A-Z0-9]+$/.test(errorCode(error));
}
