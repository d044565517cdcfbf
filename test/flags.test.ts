/** Options as values: what help, shells and the configuration take from them holds of how they are read. */
import { describe, expect, it } from 'vitest';
import { all, flag, flagHelp, given, last, oneOf, parse, synonym, text, wholeNumber } from '../src/cli/flag.ts';
import { configurable, flags, parseFlags } from '../src/cli/flags.ts';
import { configShape } from '../src/config/declaration.ts';

const manners = { unknown: (): string => '?', missing: (): string => '!', ignored: new Set(['loud']) };

describe('an option', () => {
  const size = flag('max-size', {
    short: 's',
    value: 'N',
    help: 'how much',
    settle: last(wholeNumber({ least: 1, most: 9 }), 3),
  });
  const tag = flag('tag', { value: 'WORD', repeatable: true, help: 'what it is called', settle: all(text) });
  const sort = flag('sort', { value: 'HOW', help: 'order', settle: last(oneOf('order', ['up', 'down'])) });
  const dry = flag('dry', { help: 'do nothing', excludes: 'tag', settle: given });
  const own = [size, tag, sort, dry] as const;

  it('has a name in code', () => {
    expect(size.key).toBe('maxSize');
  });

  it('settles on its last value, on all of them, or on whether it is there', () => {
    const asked = parse(
      ['a', '-s', '4', '--max-size=5', '--tag', 'x', '--tag', 'y', '--sort', 'up', 'b'],
      own,
      manners,
    );
    expect(asked).toEqual({
      maxSize: 5,
      tag: ['x', 'y'],
      sort: 'up',
      dry: false,
      operands: ['a', 'b'],
      typed: new Set(['max-size', 'tag', 'sort']),
    });
  });

  it('settles on what it has without a value', () => {
    const asked = parse(['--dry', '--loud'], own, manners);
    expect(asked).toMatchObject({ maxSize: 3, tag: [], sort: undefined, dry: true });
  });

  it.each([
    [['--tga'], "unknown option '--tga'?"],
    [['-s'], "option '-s' needs a value!"],
    [['--dry=1'], "option '--dry' takes no value"],
    [['--tag', 'x', '--dry'], '--dry and --tag exclude each other'],
    [['-s', '10'], "--max-size wants a whole number from 1 to 9, not '10'"],
    [['--sort', 'upp'], "unknown order 'upp' — did you mean up?"],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv, own, manners)).toThrow(message);
  });

  it('may stand for another, of which the last counts', () => {
    const rising = synonym('rising', { name: 'sort', value: 'up' }, { help: 'as --sort up' });
    const asked = parse(['--sort', 'down', '--rising'], [sort, rising], manners);
    expect(asked).toEqual({ sort: 'up', operands: [], typed: new Set(['sort']) });
  });

  it('is none where it is said to be an operand, and takes any value', () => {
    const more = { ...manners, isOperand: (word: string) => word.includes(' ') };
    expect(parse(['--tag', '--> x', '--> RETR a', '-s2'], [size, tag], more)).toMatchObject({
      maxSize: 2,
      tag: ['--> x'],
      operands: ['--> RETR a'],
    });
  });

  it('stands in help as it is called', () => {
    expect(flagHelp([size, dry], 24, '    ')).toBe(
      `  -s, --max-size N      how much\n      --dry             do nothing\n`,
    );
  });
});

describe('the options', () => {
  it('have names and letters of their own', () => {
    const names = flags.flatMap(({ name, short }) => [name, ...(short === undefined ? [] : [short])]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  for (const { name, value, complete } of flags) {
    if (typeof complete !== 'function') continue;
    it(`takes what a shell may offer for --${name}`, async () => {
      for (const word of await complete()) {
        const argv = value === undefined ? [`--${name}=${word}`] : [`--${name}`, word];
        expect(() => parseFlags(argv), word).not.toThrow();
      }
    });
  }

  it('may be said by the configuration where it has a key of that name', () => {
    const keys = Object.keys(
      (
        configShape({ rules: [], customIds: [], regex: undefined, ownNetworks: false }).schema(new Map()) as {
          properties: object;
        }
      ).properties,
    );
    expect(configurable.map(({ key }) => key).sort()).toEqual(['failOn', 'timezone', 'top', 'year']);
    expect(keys).toEqual(expect.arrayContaining(configurable.map(({ key }) => key)));
  });
});
