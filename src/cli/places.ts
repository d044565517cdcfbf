/** No report is written over what is read, or over another report: looked at before anything is read or written. */
import { type BigIntStats, fstatSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { CliIo } from './io.ts';
import { isSystemError } from './read-error.ts';
import { UsageError } from './usage-error.ts';

/** What one run reads and writes. */
export interface Places {
  /** Paths, `-` for standard input. */
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly format: string; readonly path: string }[];
  /** What standard output gets. */
  readonly format: string;
}

/** A {@link UsageError} where two of the places are one file, by whatever names. */
export function checkPlaces({ inputs, outputs, format }: Places, io: CliIo): void {
  const read = new Map(inputs.map((name) => [inputIdentity(name, io), name]));
  read.delete('');
  const out = streamStats(io.stdout);
  const standard = out === undefined ? '' : identityOf(out);
  const input = out?.isFile() === true ? read.get(standard) : undefined;
  if (input !== undefined) throw new UsageError(`standard output goes to the input '${input}'`);
  const written = new Map<string, string>();
  for (const output of outputs) {
    const identity = outputIdentity(output.path);
    if (identity === '') continue;
    const typed = `${output.format}=${output.path}`;
    const source = read.get(identity);
    if (source !== undefined)
      throw new UsageError(`--output ${typed} would overwrite ${source === '-' ? 'standard input' : `'${source}'`}`);
    const other = written.get(identity);
    if (other !== undefined) throw new UsageError(`two reports to one file: --output ${other} and ${typed}`);
    if (identity === standard && !(out?.isCharacterDevice() === true && io.stdout.isTTY !== true))
      throw new UsageError(`--output ${typed} goes where standard output goes, which gets ${format} — use --format`);
    written.set(identity, typed);
  }
}

/** '' for what is no file, or is not there: nothing is lost of it. */
function inputIdentity(name: string, io: CliIo): string {
  const stats = name === '-' ? streamStats(io.stdin) : statsOf(name);
  return stats !== undefined && (stats.isFile() || (name !== '-' && stats.isFIFO())) ? identityOf(stats) : '';
}

/** A file that is not there yet is known by its folder and name. '' for devices, which may be written to twice. */
function outputIdentity(path: string): string {
  const stats = statsOf(path);
  if (stats !== undefined)
    return stats.isCharacterDevice() && !/^\/(dev\/(std|fd)|proc\/)/.test(path) ? '' : identityOf(stats);
  const target = targetOf(path);
  const folder = statsOf(dirname(target));
  return folder === undefined ? '' : `${identityOf(folder)}/${basename(target)}`;
}

const mostLinks = 40;

/** The file that is made where this one is written: links are followed, also one that leads to nothing yet. */
export function targetOf(path: string): string {
  let target = resolve(path);
  try {
    for (let links = 0; links < mostLinks; links++) {
      if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() !== true) break;
      target = resolve(dirname(target), readlinkSync(target));
    }
    return join(realpathSync(dirname(target)), basename(target));
  } catch (error) {
    // Said where the file is opened.
    if (!isSystemError(error)) throw error;
    return target;
  }
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return undefined;
  }
}

/** Of a stream of the process; undefined for any other. */
function streamStats(stream: object): BigIntStats | undefined {
  if (!('fd' in stream) || typeof stream.fd !== 'number') return undefined;
  try {
    return fstatSync(stream.fd, { bigint: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return undefined;
  }
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
