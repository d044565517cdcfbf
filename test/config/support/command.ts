/** Runs the command line in this process, in a folder of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { main } from '../../../src/cli/main.ts';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files; `run` is the command in it. */
export interface Place {
  readonly folder: string;
  run(
    argv: readonly string[],
    options?: { readonly input?: string; readonly now?: string; readonly cwd?: string },
  ): Promise<Outcome>;
  remove(): void;
}

export function place(files: Readonly<Record<string, string>>): Place {
  const folder = mkdtempSync(join(tmpdir(), 'ftplog-config-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return {
    folder,
    run: (argv, { input = '', now = '2026-06-15T12:00:00Z', cwd = folder } = {}) => run(argv, { input, now, cwd }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function run(
  argv: readonly string[],
  { input, now, cwd }: { readonly input: string; readonly now: string; readonly cwd: string },
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(argv, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: sink(out),
    stderr: sink(err),
    env: {},
    now: Date.parse(now),
    cwd,
  });
  return { status, out: out.join(''), err: err.join('') };
}

function sink(parts: string[]): NodeJS.WritableStream {
  return new Writable({
    write(chunk, _encoding, done): void {
      parts.push(String(chunk));
      done();
    },
  });
}
