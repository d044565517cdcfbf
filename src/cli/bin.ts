/** The command: argv and streams of the process in, its exit status out. */
import { constants } from 'node:os';
import { removeTemporaries } from '../io/sink.ts';
import { withoutSecrets } from './discreet.ts';
import type { CliIo, Interrupts } from './io.ts';
import { main } from './main.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal is told; the second ends the process at once, as if nobody had listened. */
function interrupts(): Interrupts {
  const controller = new AbortController();
  const take = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) end(name);
    else controller.abort(name);
  };
  const end = (name: NodeJS.Signals): void => {
    removeTemporaries();
    for (const each of signals) process.off(each, take);
    process.kill(process.pid, name);
  };
  for (const each of signals) process.on(each, take);
  return {
    signal: controller.signal,
    status: () => 128 + constants.signals[controller.signal.reason as NodeJS.Signals],
    end: () => end(controller.signal.reason as NodeJS.Signals),
  };
}

/** Input from which on V8 has compiled more than the start took. Below, loading `node:v8` (1.7 ms) would cost more than it saves. */
const longInput = 8 * 1024 * 1024;

/**
 * The report is made once. V8 would still compile its loops, and is seldom ready before they end: 8 % of the processor time
 * of a log of 100 MB. At 500 MB the report takes no longer without (docs/benchmarks-notes.md). What was compiled stays so.
 */
async function allRead(octets: number): Promise<void> {
  if (octets < longInput) return;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--no-opt');
}

process.once('exit', removeTemporaries);
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
  interrupts,
  allRead,
};
main(argv.slice(2), io).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // A bug: its stack, and a status that is not one of the findings'.
    process.stderr.write(withoutSecrets(`${error instanceof Error ? error.stack : String(error)}\n`));
    process.exitCode = 70;
  },
);
