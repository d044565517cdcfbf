/** Names in paths, and where a session stands in the tree as far as its commands tell. */
import type { Exchange } from '../../model.ts';

/** The last component; a trailing slash does not count. */
export function baseName(path: string): string {
  let end = path.length;
  while (end > 1 && isSlash(path, end - 1)) end--;
  let start = end;
  while (start > 0 && !isSlash(path, start - 1)) start--;
  return path.slice(start, end);
}

/** All but the last component, without the slash behind it; '' if there is none. */
export function dirName(path: string): string {
  let end = path.length;
  while (end > 1 && isSlash(path, end - 1)) end--;
  while (end > 0 && !isSlash(path, end - 1)) end--;
  return end <= 1 ? path.slice(0, end) : path.slice(0, end - 1);
}

/** What stands behind the last dot of a name, in lower case; '' if the dot is the first character or missing. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 || isSlash(name, dot - 1) ? '' : name.slice(dot + 1).toLowerCase();
}

function isSlash(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c === 47 || c === 92;
}

/** The start directory, whose own path is mostly unknown. */
export const startDirectory = '~';
const pathLimit = 1024;

/** `arg` seen from `cwd`, with `.` and `..` worked in as far as they can be. */
export function resolvePath(cwd: string, arg: string): string {
  const path = arg.replaceAll('\\', '/');
  const parts = path.startsWith('/') ? [''] : cwd.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const last = parts[parts.length - 1];
    if (part === '..' && parts.length > 1 && last !== '..') parts.pop();
    else if (part !== '..' || parts[0] === startDirectory) parts.push(part);
  }
  return parts.length === 1 && parts[0] === '' ? '/' : parts.join('/').slice(0, pathLimit);
}

/** The server did it, or its log shows no replies at all. */
export function accepted(x: Exchange): boolean {
  return x.outcome === 'completed' || (x.outcome === 'unanswered' && x.session.replies === 0);
}

/** The server said no. */
export function refused(x: Exchange): boolean {
  return x.outcome === 'permanent' || x.outcome === 'transient';
}

/** Changes of directory of a session, unworked: mostly nobody asks where it stands. */
export type Trail = string[];

const trailLimit = 64;

/** Notes a change of directory that the server made. */
export function follow(trail: Trail | undefined, x: Exchange): Trail | undefined {
  if (!accepted(x)) return trail;
  const path = x.verb === 'CDUP' || x.verb === 'XCUP' ? '..' : x.arg;
  if (trail === undefined) return [path];
  if (trail.length >= trailLimit) trail.splice(0, trail.length, standing(trail));
  trail.push(path);
  return trail;
}

/** Where a session stands. */
export function standing(trail: Trail | undefined): string {
  return trail === undefined
    ? startDirectory
    : trail.reduce(
        (cwd, path) =>
          path === ''
            ? startDirectory
            : path === startDirectory || path.startsWith('~/')
              ? path
              : resolvePath(cwd, path),
        startDirectory,
      );
}
