/** Runs a command inside this process, as the command line does. */
import { Readable, Writable } from 'node:stream';
import type { Command } from '../../src/cli/command.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** `columns`: of the terminal. */
export async function runCommand(command: Command, argv: readonly string[], columns = 80): Promise<Outcome> {
  let out = '';
  const write = (text: string): boolean => {
    out += text;
    return true;
  };
  const stdout: CliIo['stdout'] = Object.assign(new Writable(), { write, columns });
  const io: CliIo = { stdin: Readable.from([]), stdout, stderr: new Writable(), env: {}, now: 0 };
  try {
    return { status: await command.run(argv, io), out, err: '' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: 2, out, err: `ftplog: ${error.message}\n` };
  }
}
