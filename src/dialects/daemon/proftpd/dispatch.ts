/**
 * ProFTPD's debug lines about commands (DebugLevel 4 and up, TraceLog command:7): a line for each phase and module.
 *   dispatching PRE_CMD command 'OPTS UTF8 ON' to mod_core
 *   dispatching CMD command 'OPTS_UTF8 ON' to mod_lang           ← the same command, by ProFTPD's own name
 *   dispatching LOG_CMD command 'OPTS UTF8 ON' to mod_log        ← it is over; LOG_CMD_ERR: it failed
 */
import type { Envelope } from '../../../model.ts';
import { own } from '../../../text.ts';

const mark = 'dispatching ';
const opening = " command '";
/** Connections whose command is remembered. */
const stateLimit = 4096;

/** What a line says about the command of a connection. */
export type Step = 'begun' | 'done' | 'failed' | 'known' | 'none';

interface State {
  command: string;
  line: number;
  time: number;
  over: boolean;
  /** The form with an underscore failed. */
  failed: boolean;
}

/** The commands that are in work, by process. */
export class Dispatch {
  readonly #states = new Map<string, State>();
  /** Of the last `begun`, `done` and `failed`. */
  command = '';
  line = 0;
  time = Number.NaN;
  /** The command before, which never came to an end; '' if there was none. */
  unfinished = '';
  unfinishedLine = 0;
  unfinishedTime = Number.NaN;

  /** Reads a line that begins with `dispatching ` at `at`. */
  read(text: string, at: number, line: number, time: number, pid: string): Step {
    if (!text.startsWith(mark, at)) return 'none';
    const phaseAt = at + mark.length;
    const quote = text.indexOf(opening, phaseAt);
    const end = text.lastIndexOf("' to ");
    if (quote < 0 || quote > phaseAt + 16 || end < quote + opening.length) return 'none';
    const command = text.slice(quote + opening.length, end);
    if (text.startsWith('PRE_CMD ', phaseAt)) return this.#begin(command, line, time, pid);
    const state = this.#states.get(pid);
    if (!text.startsWith('LOG_CMD', phaseAt) || state === undefined) return 'known';
    const failed = text.startsWith('_ERR', phaseAt + 7);
    if (command.startsWith('OPTS_')) {
      state.failed ||= failed;
      return 'known';
    }
    if (state.over || state.command !== command) return 'known';
    state.over = true;
    this.#show(state);
    return failed || state.failed ? 'failed' : 'done';
  }

  /** The command that a connection is at; '' if none is known. */
  inWork(pid: string): string {
    return this.#states.get(pid)?.command ?? '';
  }

  /** Forgets a connection: its command, if that is not over. */
  take(pid: string): string {
    const state = this.#states.get(pid);
    if (state === undefined) return '';
    this.#states.delete(pid);
    if (state.over) return '';
    this.#show(state);
    return state.command;
  }

  /** Connections with a command in work. */
  pids(): Iterable<string> {
    return [...this.#states.keys()];
  }

  #begin(command: string, line: number, time: number, pid: string): Step {
    if (command.startsWith('OPTS_')) return 'known';
    const before = this.#states.get(pid);
    if (before !== undefined && !before.over && before.command === command) return 'known';
    this.unfinished = before === undefined || before.over ? '' : before.command;
    this.unfinishedLine = before?.line ?? 0;
    this.unfinishedTime = before?.time ?? Number.NaN;
    if (before === undefined && this.#states.size >= stateLimit) this.#forgetOldest();
    const state: State = { command: own(command), line, time, over: false, failed: false };
    this.#states.set(pid, state);
    this.#show(state);
    return 'begun';
  }

  #forgetOldest(): void {
    for (const pid of this.#states.keys()) {
      this.#states.delete(pid);
      return;
    }
  }

  #show(state: State): void {
    this.command = state.command;
    this.line = state.line;
    this.time = state.time;
  }
}

/** Nothing of syslog around a line of ProFTPD's own file. */
export function ownEnvelope(time: number, host: string, pid: string): Envelope {
  return { time, host, program: 'proftpd', pid };
}
