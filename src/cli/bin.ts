/** The command: argv and streams of the process in, its exit status out. */
import { main } from './main.ts';

const { stdin, stdout, stderr, env, argv } = process;
main(argv.slice(2), { stdin, stdout, stderr, env, now: Date.now() }).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // A bug: its stack, and a status that is not one of the findings'.
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 70;
  },
);
