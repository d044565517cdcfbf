/** argv and streams to an exit status. */
import { version } from '../version.ts';
import { commands } from './commands.ts';
import { discreet } from './discreet.ts';
import { firstWord, parseFlags } from './flags.ts';
import type { CliIo } from './io.ts';
import { UsageError } from './usage-error.ts';
import { writeError } from './write-error.ts';

/** Runs the command line; resolves to the exit status. */
export async function main(argv: readonly string[], outside: CliIo): Promise<number> {
  const failure = outputFailure(outside);
  const io = discreet(outside);
  try {
    const status = await dispatch(argv, io);
    const reason = await failure();
    if (reason === '') return status;
    io.stderr.write(`ftplog: standard output: ${reason}\n`);
    return 3;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`ftplog: ${error.message}\n`);
    return 2;
  }
}

/** Asks, when all is written, why it could not be; '' if it could, or if the reader closed the pipe: it has read enough. */
function outputFailure({ stdout, stderr }: CliIo): () => Promise<string> {
  let reason = '';
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The sink of a report listens too, and says what went wrong itself.
    if (error.code !== 'EPIPE' && stdout.listenerCount('error') === 1) reason = writeError(error);
  });
  stderr.on('error', () => undefined);
  return async () => {
    await new Promise<void>((resolve) => stdout.write('', () => resolve()));
    return reason;
  };
}

async function dispatch(argv: readonly string[], io: CliIo): Promise<number> {
  const at = firstWord(argv);
  const command = commands.find((c) => c.name === argv[at]);
  const rest = command === undefined ? argv : argv.toSpliced(at, 1);
  if (command?.load !== undefined) return (await command.load()).run(rest, io);
  const options = parseFlags([...(command?.options ?? []), ...rest]);
  if (options.help) {
    io.stdout.write((await import('./help.ts')).longHelp());
    return 0;
  }
  if (options.version) {
    io.stdout.write(`ftplog ${version}\n`);
    return 0;
  }
  if (options.printConfig) return (await import('./print-config.ts')).printConfig(options, io);
  if (options.operands.length === 0 && io.stdin.isTTY === true) {
    io.stderr.write((await import('./help.ts')).shortHelp);
    return 2;
  }
  return (await import('./run.ts')).analyse(options, io);
}
