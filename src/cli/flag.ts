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
  /** What help calls the words behind a switch; the first may stand behind `=`. */
  readonly words?: string;
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
  settle(values: readonly string[], name: string): T;
}

export interface Flag<N extends string = string, T = unknown> extends Parts<T> {
  readonly name: N;
  /** The name in code and in the configuration: `failOn` of `fail-on`. */
  readonly key: Key<N>;
  /** It stands for another option with this value, and settles nothing itself. */
  readonly means?: Meaning;
}

interface Meaning {
  readonly name: string;
  readonly value: string;
}

/** A short way to say another option. */
export interface Synonym<N extends string = string> extends Flag<N, never> {
  readonly means: Meaning;
}

type Key<N extends string> = N extends `${infer Head}-${infer Rest}` ? `${Head}${Capitalize<Key<Rest>>}` : N;

/** What options come to, by their keys. */
type Settled<F extends readonly Flag[]> = {
  readonly [E in F[number] as E extends Synonym ? never : E['key']]: E extends Flag<string, infer T> ? T : never;
};

/** A command line as it was understood. */
export type Asked<F extends readonly Flag[]> = Settled<F> & {
  /** What is no option and no value of one: files, words. */
  readonly operands: readonly string[];
  /** Names of the options that stood on the command line. */
  readonly typed: ReadonlySet<string>;
};

export function flag<const N extends string, T>(name: N, parts: Parts<T>): Flag<N, T> {
  const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return { ...parts, name, key: key as Key<N> };
}

/** `name`, for `--other=value`. */
export function synonym<const N extends string>(
  name: N,
  means: Meaning,
  parts: Omit<Parts<never>, 'settle'>,
): Synonym<N> {
  const settle = (): never => {
    throw new Error(`--${name} stands for --${means.name}`);
  };
  return { ...flag<N, never>(name, { ...parts, settle }), means };
}

/** Reads one value as it was typed; `name`: of the option, for what a mistyped one is told. */
export type Read<T> = (text: string, name: string) => T;

/** Settles on the last value. */
export function last<T, D = undefined>(read: Read<T>, otherwise?: D): Parts<T | D>['settle'] {
  return (values, name) => {
    const text = values.at(-1);
    return text === undefined ? (otherwise as D) : read(text, name);
  };
}

/** Settles on all values. */
export function all<T>(read: Read<T>): Parts<readonly T[]>['settle'] {
  return (values, name) => values.map((text) => read(text, name));
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
  /** What is an operand although a dash stands in front. */
  readonly isOperand?: (word: string) => boolean;
}

type Token = (ReturnType<typeof parseArgs>['tokens'] & object)[number];

export function tokensOf(
  argv: readonly string[],
  flags: readonly Flag[],
  isOperand: Manners['isOperand'] = () => false,
): readonly Token[] {
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
  const args = argv.map((word) => (isOperand(word) ? word.replace(/^-+/, '') : word));
  return parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true }).tokens.map((token) => {
    if (token.kind === 'positional') return { ...token, value: argv[token.index] ?? '' };
    return token.kind === 'option' && token.inlineValue === false
      ? { ...token, value: argv[token.index + 1] ?? '' }
      : token;
  });
}

/** Reads a command line; a {@link UsageError} says what is wrong with it. */
export function parse<const F extends readonly Flag[]>(argv: readonly string[], flags: F, manners: Manners): Asked<F> {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokensOf(argv, flags, manners.isOperand)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const known = flags.find(({ name }) => name === token.name);
    if (known === undefined) {
      if (manners.ignored.has(token.name)) continue;
      throw new UsageError(`unknown option '${token.rawName}'${manners.unknown(token.name)}`);
    }
    checkValue(known, token.rawName, token.value, manners);
    const { name, value } = known.means ?? { name: known.name, value: token.value ?? '' };
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  for (const { name, excludes } of flags)
    if (excludes !== undefined && values.has(name) && values.has(excludes))
      throw new UsageError(`--${name} and --${excludes} exclude each other`);
  const settled = flags
    .filter(({ means }) => means === undefined)
    .map((one) => [one.key, one.settle(values.get(one.name) ?? [], one.name)]);
  return { ...(Object.fromEntries(settled) as Settled<F>), operands, typed: new Set(values.keys()) };
}

function checkValue(flag: Flag, rawName: string, value: string | undefined, manners: Manners): void {
  if (flag.value !== undefined && value === undefined)
    throw new UsageError(`option '${rawName}' needs a value${manners.missing(flag)}`);
  if (flag.value !== undefined || flag.words !== undefined || value === undefined) return;
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
export function flagName({ name, short, value, words }: Flag, gap = ''): string {
  const behind = value ?? words;
  return `${short === undefined ? gap : `-${short}, `}--${name}${behind === undefined ? '' : ` ${behind}`}`;
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
