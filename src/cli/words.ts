/** Options of the commands: few each, among words; short forms are those of the analysis. */
import { type Flag, flag, given, last, oneOf, optionHint, parse, type Words } from './flag.ts';
import { general } from './flags.ts';

export const help: Flag<'help', boolean> = flag('help', { short: 'h', help: 'print this help', settle: given });

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

/** Reads the words of `command`; unknown options are a {@link UsageError}. */
export function parseWords(command: string, argv: readonly string[], flags: readonly Flag[]): Words {
  const names = flags.map(({ name }) => name);
  return parse(argv, flags, {
    unknown: (name) => ` of ftplog ${command}${optionHint(name, names, `ftplog ${command} --help`)}`,
    missing: () => '',
    ignored: general,
  });
}
