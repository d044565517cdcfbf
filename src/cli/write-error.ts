/** Why an output could not be written, in words. */

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such folder'],
  ['ENOTDIR', 'no such folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'read-only file system'],
  ['EISDIR', 'is a directory'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'disk quota exceeded'],
  ['EFBIG', 'file too large'],
  ['EIO', 'output error'],
]);

/** The reason of an output error; anything else is a bug, and is thrown again with its stack. */
export function writeError(error: unknown): string {
  const reason = reasons.get(error instanceof Error && 'code' in error ? String(error.code) : '');
  if (reason === undefined) throw error;
  return reason;
}
