/** The built command: `dist/` if it is newer than the sources, else a build of the tests' own, so that nobody's is replaced. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Bin {
  readonly path: string;
  remove(): void;
}

/** Builds if need be. */
export async function bin(): Promise<Bin> {
  const built = resolve('dist/bin.cjs');
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return { path: built, remove: () => undefined };
  mkdirSync('node_modules/.cache', { recursive: true });
  const outdir = mkdtempSync(resolve('node_modules/.cache/ftplog-bin-'));
  await build({
    entryPoints: { bin: 'src/cli/bin.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return { path: join(outdir, 'bin.mjs'), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

function newest(): number {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(join('src', name)).mtimeMs));
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. The environment is bare, so that the tests' own does not show. */
export function runBin(
  path: string,
  args: readonly string[],
  { input = '' as string | Buffer, env = {} as Record<string, string> } = {},
): Ran {
  return ran(spawnSync(process.execPath, [path, ...args], { input, env: { PATH: process.env['PATH'] ?? '', ...env } }));
}

/** Runs a line of the shell in which `$FTPLOG` is the command. */
export function runShell(path: string, line: string): Ran {
  const env = { PATH: process.env['PATH'] ?? '', FTPLOG: `${process.execPath} ${path}` };
  return ran(spawnSync('bash', ['--norc', '--noprofile', '-c', line], { env }));
}

function ran(result: SpawnSyncReturns<Buffer>): Ran {
  return { status: result.status, stdout: result.stdout.toString('utf8'), stderr: result.stderr.toString('utf8') };
}
