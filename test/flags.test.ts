/** Options as values: what help, shells and the configuration take from them holds of how they are read. */
import { describe, expect, it } from 'vitest';
import { all, flag, flagHelp, given, last, oneOf, parse, text, wholeNumber } from '../src/cli/flag.ts';
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
  const own = [size, tag, sort, dry];

  it('has a name in code', () => {
    expect(size.key).toBe('maxSize');
  });

  it('settles on its last value, on all of them, or on whether it is there', () => {
    const words = parse(
      ['a', '-s', '4', '--max-size=5', '--tag', 'x', '--tag', 'y', '--sort', 'up', 'b'],
      own,
      manners,
    );
    expect([words.of(size), words.of(tag), words.of(sort), words.of(dry)]).toEqual([5, ['x', 'y'], 'up', false]);
    expect([words.positionals, [...words.typed]]).toEqual([
      ['a', 'b'],
      ['max-size', 'tag', 'sort'],
    ]);
  });

  it('settles on what it has without a value', () => {
    const words = parse(['--dry', '--loud'], own, manners);
    expect([words.of(size), words.of(tag), words.of(sort), words.of(dry)]).toEqual([3, [], undefined, true]);
  });

  it.each([
    [['--tga'], "unknown option '--tga'?"],
    [['-s'], "option '-s' needs a value!"],
    [['--dry=1'], "option '--dry' takes no value"],
    [['--tag', 'x', '--dry'], '--dry and --tag exclude each other'],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv, own, manners)).toThrow(message);
  });

  it('says what is wrong with a value when it is asked for', () => {
    const words = parse(['-s', '10', '--sort', 'upp'], own, manners);
    expect(() => words.of(size)).toThrow("--max-size wants a whole number from 1 to 9, not '10'");
    expect(() => words.of(sort)).toThrow("unknown order 'upp' — did you mean up?");
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
