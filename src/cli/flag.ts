/** An option as a value: what it is called, what help says of it, how its text is read. Parsing and help come from it. */
import { parseArgs } from 'node:util';
import { wrap } from '../reporters/width.ts';
import { chosen, hint } from './choice.ts';
import { UsageError } from './usage-error.ts';

interface Parts<T> {
  readonly short?: string;
  /** What help calls its value; an option without one is a switch. */
  readonly value?: string;
  readonly repeatable?: true;
  /** What may stand behind `=` of a switch. */
  readonly choices?: readonly string[];
  readonly help: string;
  /** What docs/contract.md promises, where it is more than the help. */
  readonly contract?: string;
  /** The option that may not stand beside it. */
  readonly excludes?: string;
  /** It may stand before a command, to which it says nothing. */
  readonly everywhere?: true;
  /** What a shell may offer for its value: names of files, or words. */
  readonly complete?: 'file' | (() => Promise<readonly string[]>);
  /** What a run goes by: from the values as typed, in order, none if it was not typed. A {@link UsageError} refuses them. */
  settle(values: readonly string[], asked: Asked): T;
}

export interface Flag<N extends string = string, T = unknown> extends Parts<T> {
  readonly name: N;
  /** The name in code and in the configuration: `failOn` of `fail-on`. */
  readonly key: Key<N>;
}

type Key<N extends string> = N extends `${infer Head}-${infer Rest}` ? `${Head}${Capitalize<Key<Rest>>}` : N;

/** What options come to, by their keys. */
export type Settled<F extends readonly Flag[]> = {
  readonly [E in F[number] as E['key']]: E extends Flag<string, infer T> ? T : never;
};

/** What an option may look at beside its own values. */
interface Asked {
  readonly name: string;
  /** Names of all options that stood on the command line. */
  readonly typed: ReadonlySet<string>;
}

export function flag<const N extends string, T>(name: N, parts: Parts<T>): Flag<N, T> {
  const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return { ...parts, name, key: key as Key<N> };
}

/** Reads one value as it was typed; `name`: of the option, for what a mistyped one is told. */
export type Read<T> = (text: string, name: string) => T;

/** Settles on the last value. */
export function last<T, D = undefined>(read: Read<T>, otherwise?: D): Parts<T | D>['settle'] {
  return (values, { name }) => {
    const text = values.at(-1);
    return text === undefined ? (otherwise as D) : read(text, name);
  };
}

/** Settles on all values. */
export function all<T>(read: Read<T>): Parts<readonly T[]>['settle'] {
  return (values, { name }) => values.map((text) => read(text, name));
}

/** Settles on whether the switch is there. */
export function given(values: readonly string[]): boolean {
  return values.length > 0;
}

export const text: Read<string> = (typed) => typed;

/** One of these words; `what`: of what kind they are. */
export function oneOf<T extends string>(what: string, words: readonly T[]): Read<T> {
  return (typed) => chosen(what, typed, words);
}

export function wholeNumber({ least, most }: { readonly least: number; readonly most: number }): Read<number> {
  return (typed, name) => {
    const n = Number(typed);
    if (!/^\d+$/.test(typed) || n < least || n > most)
      throw new UsageError(`--${name} wants a whole number from ${least} to ${most}, not '${typed}'`);
    return n;
  };
}

export const percentage: Read<number> = (typed, name) => {
  const n = Number(typed.replace(/%$/, ''));
  if (typed.trim() === '' || !(n >= 0 && n <= 100))
    throw new UsageError(`--${name} wants a percentage from 0 to 100, not '${typed}'`);
  return n;
};

/** What is said of words that do not fit. */
export interface Manners {
  /** Behind the name of an option that there is not. */
  unknown(name: string): string;
  /** Behind an option whose value is missing. */
  missing(flag: Flag): string;
  /** Options that are passed over: names and letters. */
  readonly ignored: ReadonlySet<string>;
}

/** A command line, in parts. */
export interface Words {
  readonly positionals: readonly string[];
  readonly typed: ReadonlySet<string>;
  /** What the option comes to. */
  of<T>(flag: Flag<string, T>): T;
}

type Token = (ReturnType<typeof parseArgs>['tokens'] & object)[number];

export function tokensOf(argv: readonly string[], flags: readonly Flag[]): readonly Token[] {
  const options = Object.fromEntries(
    flags.map(({ name, value, short }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

/** Reads a command line; a {@link UsageError} says what is wrong with it. What a value says is read when it is asked for. */
export function parse(argv: readonly string[], flags: readonly Flag[], manners: Manners): Words {
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokensOf(argv, flags)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const known = flags.find(({ name }) => name === token.name);
    if (known === undefined) {
      if (manners.ignored.has(token.name)) continue;
      throw new UsageError(`unknown option '${token.rawName}'${manners.unknown(token.name)}`);
    }
    checkValue(known, token.rawName, token.value, manners);
    values.set(known.name, [...(values.get(known.name) ?? []), token.value ?? '']);
  }
  for (const { name, excludes } of flags)
    if (excludes !== undefined && values.has(name) && values.has(excludes))
      throw new UsageError(`--${name} and --${excludes} exclude each other`);
  const typed = new Set(values.keys());
  return { positionals, typed, of: (asked) => asked.settle(values.get(asked.name) ?? [], { name: asked.name, typed }) };
}

function checkValue(flag: Flag, rawName: string, value: string | undefined, manners: Manners): void {
  if (flag.value !== undefined && value === undefined)
    throw new UsageError(`option '${rawName}' needs a value${manners.missing(flag)}`);
  if (flag.value !== undefined || value === undefined) return;
  if (flag.choices === undefined) throw new UsageError(`option '${rawName}' takes no value`);
  chosen(`value of '${rawName}'`, value, flag.choices);
}

/** What is said of an option that there is not. `help`: the command that lists those there are. */
export function optionHint(name: string, known: readonly string[], help: string): string {
  const words = known.map((option) => `--${option}`);
  const begin = words.filter((word) => name.length > 2 && word.startsWith(`--${name.slice(0, 3)}`));
  const near = hint(`--${name}`, words, '');
  if (near !== ' — ') return near;
  return begin[0] === undefined ? ` — see ${help}` : ` — did you mean ${begin[0]}?`;
}

/** `-f, --format NAME`; `gap`: what stands in place of a letter that there is not. */
export function flagName({ name, short, value }: Flag, gap = ''): string {
  return `${short === undefined ? gap : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** The options in help, in 80 columns: what each is called, and from `column` on what it does. */
export function flagHelp(flags: readonly Flag[], column: number, gap = ''): string {
  return flags.map((each) => helpEntry(`  ${flagName(each, gap)}`, each.help, column)).join('');
}

export function helpEntry(left: string, help: string, column: number): string {
  return `${left.padEnd(column)}${helpText(help, column)}`;
}

/** Text in 80 columns, from `column` on. */
export function helpText(help: string, column: number): string {
  return `${wrap(help, 80 - column, Number.POSITIVE_INFINITY).join(`\n${' '.repeat(column)}`)}\n`;
}
