/** Arguments of a command: its own options among the words; short forms are those of the analysis. */
import { parseArgs } from 'node:util';
import { flags, optionHint } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** An option of a command: true if it takes a value. */
export type WordOptions = Readonly<Record<string, boolean>>;

export interface Words {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** Options of the analysis that say nothing to a command, and may stand there. */
export const general: ReadonlySet<string> = new Set(['no-config', 'no-progress', 'quiet', 'q', 'color', 'no-color']);

/** Reads the words of `command`; unknown options are a {@link UsageError}. */
export function parseWords(command: string, argv: readonly string[], known: WordOptions): Words {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, value]) => {
      const short = flags[name]?.short;
      return [
        name,
        { type: value ? ('string' as const) : ('boolean' as const), ...(short === undefined ? {} : { short }) },
      ];
    }),
  );
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const positionals: string[] = [];
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(known, token.name) && general.has(token.name)) continue;
    const takesValue = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (takesValue === undefined)
      throw new UsageError(
        `unknown option '${token.rawName}' of ftplog ${command}${optionHint(token.name, Object.keys(known), `ftplog ${command} --help`)}`,
      );
    if (takesValue && token.value === undefined) throw new UsageError(`option '${token.rawName}' needs a value`);
    if (!takesValue && token.value !== undefined) throw new UsageError(`option '${token.rawName}' takes no value`);
    values.set(token.name, token.value ?? '');
  }
  return { positionals, values };
}
