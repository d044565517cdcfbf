/** One configuration in three formats, everything that is wrong with a file, and where. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/declaration.ts';
import { plainConfig, yamlText } from '../../src/config/print.ts';
import { expectFile, names } from '../support/fixture.ts';
import { config, fixture, metas, read, treeOf } from './support/read.ts';

const schema = configSchema({ rules: metas, customIds: [], regex: undefined, ownNetworks: true });

describe('a configuration', () => {
  it('is the same in YAML, JSON and TOML', () => {
    const yaml = config(fixture('full.yaml'), 'yaml');
    const places = (format: string, lines: readonly number[]) =>
      yaml.allow.map((entry, i) => ({ ...entry, place: `ftplog.config.${format}:${lines[i]}` }));
    expect(yaml.allow).toEqual(places('yaml', [12, 16, 19]));
    expect(config(fixture('full.json'), 'json')).toEqual({ ...yaml, allow: places('json', [10, 16, 21]) });
    expect(config(fixture('full.toml'), 'toml')).toEqual({ ...yaml, allow: places('toml', [19, 25, 35]) });
  });

  it('is printed as a file that says the same', () => {
    const full = config(fixture('full.yaml'));
    const text = yamlText(plainConfig(full, metas), (path) => path.join('.'));
    const again = config(text);
    const unplaced = { allow: full.allow.map((entry) => ({ ...entry, place: '' })), customRules: full.customRules };
    expect({ allow: again.allow.map((entry) => ({ ...entry, place: '' })), customRules: again.customRules }).toEqual(
      unplaced,
    );
    expect(plainConfig(again, metas)).toEqual(plainConfig(full, metas));
  });

  it('may be empty, or hold empty sections', () => {
    const empty = config('');
    expect(empty.allow).toEqual([]);
    expect(config('# nothing\n')).toEqual(empty);
    expect(config('rules:\nallow:\n  # - user: x\n')).toEqual(empty);
    expect(config('{}', 'json')).toEqual(empty);
    expect(config('', 'toml')).toEqual(empty);
  });

  it('may use anchors of YAML', () => {
    const { allow } = config('allow:\n  - { user: [&u x, y], reason: &r a }\n  - { user: *u, reason: *r }\n');
    expect(allow[1]).toMatchObject({ users: [{ source: 'x' }], reason: 'a' });
  });
});

describe('a wrong file', () => {
  const wrong = names('fixtures/config').filter((name) => /^(wrong|torn|double|alias)\.\w+$/.test(name));

  it.each(wrong)('%s: every problem is told with its place', (name) => {
    const found = read(fixture(name), name.split('.')[1]);
    expectFile(`fixtures/config/${name}.problems`, `${(found as readonly string[]).join('\n')}\n`);
  });

  it.each([
    ['yaml', 'a list', '- top\n', '1:1: the file wants a map, not a list'],
    ['json', 'nested too deep', `${'['.repeat(100)}`, '1:34: nested deeper than 32 levels'],
    ['yaml', 'nested too deep', `${'['.repeat(100)}${']'.repeat(100)}`, '1:34: nested deeper than 32 levels'],
    ['json', 'nothing', '', '1:1: a value is wanted, not the end of the file'],
    ['json', 'a text without end', '{"a', '1:2: a text that does not end'],
    ['json', 'two values', '{} {}', "1:4: the end of the file is wanted, not '{'"],
    ['json', 'a wrong word', '{"top": nul}', "1:9: a value is wanted, not 'n'"],
  ])('in %s that is %s is refused', (format, _, text, message) => {
    expect(JSON.stringify(read(text, format))).toContain(message.replaceAll('"', '\\"'));
  });

  it('of aliases upon aliases is refused before it fills the memory', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const started = performance.now();
    expect(JSON.stringify(read(lines.join('\n')))).toContain('more than 100000 parts');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('places in TOML', () => {
  it.each([
    ['top = "a"', 1],
    ['# c\n\n  top = "a"', 3],
    ['[[allow]]\nuser = "u"\nreason = "r"\n[[allow]]\nuser = "u"\nreason = 7', 6],
    ['[[allow]]\nuser = [\n  "a",\n  7,\n]\nreason = "r"', 4],
    ['[[allow]]\nreason = """\na " b\n\\" """"\nuser = 7', 5],
    ["[[allow]]\nreason = '''\na ' b''''\nuser = 7", 4],
    ['[rules.bounce-port]\nthresholds . "lowestPort" = "x"', 2],
    ['rules = { bounce-port = { severity = "x" } }', 1],
    ['[[customRules]]\nid = "a"\ntitle = "t"\n[customRules.match]\nverb = 1', 5],
  ])('%j: the problem is in line %i', (text, line) => {
    const found = read(text, 'toml');
    expect('rules' in found ? [] : found.map((problem) => Number(problem.split(':')[0]))).toEqual([line]);
  });
});

describe('the JSON Schema', () => {
  it('is the one that is shipped', () => {
    expectFile('schema/config.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
  });

  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it('takes what the reader takes', () => {
    const full = JSON.parse(fixture('full.json')) as unknown;
    expect(validate(full) || validate.errors).toBe(true);
    const tree = treeOf(
      yamlText(plainConfig(config(fixture('full.yaml')), metas), () => ''),
      'yaml',
    );
    expect('tree' in tree && (validate(plainOf(tree.tree)) || validate.errors)).toBe(true);
  });

  it.each([
    { tpo: 1 },
    { top: '10' },
    { rules: { 'bounce-port': { thresholds: { lowestPort: -1 } } } },
    { rules: { 'bounce-port': { thresholds: { lowPort: 1 } } } },
    { allow: [{ user: 'x' }] },
    { customRules: [{ id: 'a b', title: 't', match: { verb: 'STOR' } }] },
  ])('refuses %j as the reader does', (value) => {
    expect(validate(value)).toBe(false);
    expect(read(JSON.stringify(value), 'json')).toBeInstanceOf(Array);
  });
});

function plainOf(tree: Extract<ReturnType<typeof treeOf>, { tree: unknown }>['tree']): unknown {
  if (tree.kind === 'leaf') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plainOf);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plainOf(value)]));
}

describe('the examples of the page', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const blocks = [...page.matchAll(/^```(yaml|toml)\n([\s\S]*?)^```$/gm)].map(
    ([, format = '', text = '']) => [format, text] as const,
  );

  it.each(blocks)('in %s are configurations', (format, text) => {
    expect(read(text, format)).toHaveProperty('rules');
  });

  it('say the same in YAML and TOML', () => {
    const [yaml, toml] = blocks.map(([format, text]) => plainConfig(config(text, format), metas));
    expect(toml).toEqual(yaml);
  });

  it('name every key', () => {
    const keys = Object.keys((schema as unknown as { properties: object }).properties).filter(
      (key) => key !== '$schema',
    );
    expect(keys.filter((key) => !page.includes(`| \`${key}\` |`))).toEqual([]);
  });
});
