/** The command: argv and streams of the process in, its exit status out. */
import type { CliIo } from './io.ts';
import { main } from './main.ts';

const { argv, env } = process;
/** Node opens a stream when it is first asked for, which takes its time. */
const io: CliIo = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  env,
  now: Date.now(),
};
main(argv.slice(2), io).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // A bug: its stack, and a status that is not one of the findings'.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 70;
  },
);
