/** A file that is not there: what may have been meant. */
import { opendirSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../text.ts';
import { nearest } from './choice.ts';
import { commands } from './commands.ts';
import { isSystemError } from './read-error.ts';

/** ` — did you mean X?`: a command, or a file with nearly this name; '' if nothing is near. */
export function missingHint(name: string): string {
  if (name === 'help' || name === 'version') return ` — did you mean ftplog --${name}?`;
  const command = nearest(
    name,
    commands.map((c) => c.name),
  )[0];
  if (command !== undefined) return ` — did you mean ftplog ${command}?`;
  const file = nearFile(name);
  if (file !== '') return ` — did you mean ${printable(file)}?`;
  if (name.includes('\ufffd')) return ' — a name that is not UTF-8 cannot be given: ftplog < FILE';
  return /[*?]/.test(name) ? ' — no file has a name like this' : '';
}

/** Names of a folder that are looked at. */
const mostNames = 10_000;

/** The path with each part that is not there replaced by the nearest one that is. */
function nearFile(path: string): string {
  const parts = path.split('/');
  let found = path.startsWith('/') ? '/' : '';
  for (const [i, part] of parts.entries()) {
    if (part === '' || part === '.' || part === '..') {
      if (part !== '') found = join(found, part);
      continue;
    }
    const isLast = i === parts.length - 1;
    const names = namesIn(found === '' ? '.' : found, isLast);
    const name = names.includes(part) ? part : nearest(part, names)[0];
    if (name === undefined) return '';
    found = join(found, name);
  }
  return found === path ? '' : found;
}

/** Files of a folder, or the folders in it. */
function namesIn(folder: string, files: boolean): readonly string[] {
  const names: string[] = [];
  try {
    const entries = opendirSync(folder);
    try {
      for (let entry = entries.readSync(); entry !== null && names.length < mostNames; entry = entries.readSync())
        if (entry.isSymbolicLink() || entry.isDirectory() !== files) names.push(entry.name);
    } finally {
      entries.closeSync();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return names;
}
