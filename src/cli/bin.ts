/** The command: argv and streams of the process in, its exit status out. */
import { main } from './main.ts';
import { writeError } from './write-error.ts';

const { stdin, stdout, stderr, env, argv } = process;
let unwritten = false;
// Who closes the pipe has read enough. A report's sink has a listener of its own and says what went wrong itself.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || stdout.listenerCount('error') > 1) return;
  if (!unwritten) stderr.write(`ftplog: standard output: ${writeError(error)}\n`);
  unwritten = true;
  process.exitCode = 3;
});
stderr.on('error', () => undefined);

main(argv.slice(2), { stdin, stdout, stderr, env, now: Date.now() }).then(
  (status) => {
    process.exitCode = unwritten ? 3 : status;
  },
  (error: unknown) => {
    // A bug: its stack, and a status that is not one of the findings'.
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 70;
  },
);
