/** A command as a value: its options, from which parsing and help come, and what it does. */
import { type Asked, type Flag, flag, flagHelp, flagName, given, last, oneOf, optionHint, parse } from './flag.ts';
import { general } from './flags.ts';
import type { CliIo } from './io.ts';

interface Parts<F extends readonly Flag[]> {
  readonly name: string;
  /** How it is called, a line each, without the name; then what it does. */
  readonly usage: string;
  readonly about: string;
  readonly flags: F;
  /** Behind the options. */
  readonly more?: string;
  /** What is an operand although a dash stands in front. */
  readonly isOperand?: (word: string) => boolean;
  /** Resolves to the exit status. */
  run(asked: Asked<F>, io: CliIo): Promise<number>;
}

/** A command that is loaded. */
export interface Command {
  readonly flags: readonly Flag[];
  /** What `--help` prints. */
  readonly help: string;
  /** Runs with the arguments behind its name; resolves to the exit status. */
  run(argv: readonly string[], io: CliIo): Promise<number>;
}

const help = flag('help', { short: 'h', help: 'print this help', settle: given });

/** Short forms are those of the analysis. Options of the analysis that say nothing to a command may stand there. */
export function command<const F extends readonly Flag[]>(parts: Parts<F>): Command {
  const { name, isOperand } = parts;
  const flags = [...parts.flags, help];
  const names = flags.map((one) => one.name);
  const text = helpOf(parts, flags);
  return {
    flags,
    help: text,
    async run(argv, io): Promise<number> {
      const asked = parse(argv, flags, {
        unknown: (typed) => ` of ftplog ${name}${optionHint(typed, names, `ftplog ${name} --help`)}`,
        missing: () => '',
        ignored: general,
        ...(isOperand === undefined ? {} : { isOperand }),
      });
      if (!asked.typed.has(help.name)) return parts.run(asked as Asked<F>, io);
      io.stdout.write(text);
      return 0;
    },
  };
}

function helpOf({ name, usage, about, more }: Parts<readonly Flag[]>, flags: readonly Flag[]): string {
  const lines = usage.split('\n').map((line) => `ftplog ${name} ${line}`);
  const column = Math.max(22, ...flags.map((one) => flagName(one).length + 4));
  const end = more === undefined ? '' : `\n${more}\n`;
  return `Usage: ${lines.join(`\n${' '.repeat(7)}`)}\n\n${about}\n\nOptions:\n${flagHelp(flags, column)}${end}`;
}

/** `--format` of a command: the first of the formats, if no other is named. */
export function formatFlag<T extends string>(formats: readonly [T, ...T[]], about: string): Flag<'format', T> {
  return flag('format', {
    short: 'f',
    value: 'NAME',
    help: about,
    complete: async () => formats,
    settle: last(oneOf('format', formats), formats[0]),
  });
}
