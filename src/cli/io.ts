/** The outside world as the command sees it: given, so that tests can give another. */
import type { Readable } from 'node:stream';

export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: number;
  /** From now on signals are told here, and end the process no more; default: they end it. */
  readonly interrupts?: () => Interrupts;
  /** Told when all input is read and every session has ended, and how many octets that were: what comes now is done once. */
  readonly allRead?: (octets: number) => Promise<void>;
  /** Current folder; default: that of the process. */
  readonly cwd?: string;
}

/** Signals that ask the run to end. */
export interface Interrupts {
  /** Aborted by the first of them; its reason is the name, such as SIGINT. */
  readonly signal: AbortSignal;
  /** What a shell calls the status of a process that such a signal ended: 128 and its number. */
  status(): number;
  /** Ends the process as the signal would have, but takes away what is half written. */
  end(): void;
}
