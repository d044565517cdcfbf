/** Why an output could not be written, in words. */
import { errorCode, isSystemError } from './read-error.ts';

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such folder'],
  ['ENOTDIR', 'no such folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'read-only file system'],
  ['EISDIR', 'is a directory'],
  ['ENAMETOOLONG', 'name too long'],
  ['ELOOP', 'too many links'],
  ['ENXIO', 'no such device'],
  ['ETXTBSY', 'is a program that runs'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'disk quota exceeded'],
  ['EFBIG', 'file too large'],
  ['EIO', 'output error'],
]);

/** The reason of an output error; anything else is a bug, and is thrown again with its stack. */
export function writeError(error: unknown): string {
  const reason = reasons.get(errorCode(error));
  if (reason !== undefined) return reason;
  if (isSystemError(error)) return `cannot be written (${errorCode(error)})`;
  throw error;
}
