/** Why an input could not be read, in words. */

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
  ['Z_DATA_ERROR', 'damaged gzip data'],
  ['Z_BUF_ERROR', 'gzip data ends too early'],
  ['ERR_INVALID_ARG_VALUE', 'not a file name'],
]);

/** The reason of an input error; anything else is a bug, and is thrown again with its stack. */
export function readError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons.get(code);
  if (reason === undefined) throw error;
  return reason;
}
