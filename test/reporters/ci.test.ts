/** The action and the recipes of docs/ci.md, run as they stand. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Bin, bin, type Ran, runBin } from '../support/bin.ts';
import { checkReports } from './support/checkers.ts';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly run: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;
const step = action.runs.steps.find((s) => s.id === 'run');
let built: Bin;
let folder: string;
let home: string;

beforeAll(async () => {
  built = await bin();
  folder = mkdtempSync(join(tmpdir(), 'ftplog-ci-'));
  home = join(folder, 'action');
  mkdirSync(home);
  mkdirSync(join(home, 'dist'));
  writeFileSync(join(home, 'dist', 'bin.cjs'), `import(${JSON.stringify(built.path)});\n`);
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  copyFileSync('fixtures/reports/sample.log', join(folder, 'a log.log'));
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  copyFileSync('fixtures/reports/sample.log', join(folder, 'deep', 'er', 'b.log'));
});

afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the step of the action with these inputs. */
function runAction(
  inputs: Readonly<Record<string, string>>,
): Ran & { readonly summary: string; readonly output: string } {
  const values = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: text = '' }]) => [name, text])),
    ...inputs,
  };
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  for (const [name, text] of Object.entries(step?.env ?? {})) {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1];
    env[name] = input === undefined ? home : (values[input as keyof typeof values] ?? '');
  }
  for (const name of ['summary.md', 'output']) rmSync(join(folder, name), { force: true });
  const result = spawnSync('bash', ['--norc', '--noprofile', '-e', '-c', step?.run ?? ''], { cwd: folder, env });
  const read = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  return {
    status: result.status,
    stdout: result.stdout.toString(),
    stderr: result.stderr.toString(),
    summary: read('summary.md'),
    output: read('output'),
  };
}

describe('the action', () => {
  test('annotates, sums up and writes what it is asked for', async () => {
    const ran = runAction({ files: '*.log\ndeep/**/*.log\n', sarif: 'out.sarif', junit: 'out.xml', html: 'out.html' });
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
    await checkReports('github', [ran.stdout]);
    expect(ran.summary).toContain('`a log.log`');
    expect(ran.summary).toContain('`deep/er/b.log`');
    await checkReports('markdown', [ran.summary]);
    await checkReports('sarif', [readFileSync(join(folder, 'out.sarif'), 'utf8')]);
    await checkReports('junit', [readFileSync(join(folder, 'out.xml'), 'utf8')]);
    await checkReports('html', [readFileSync(join(folder, 'out.html'), 'utf8')]);
    expect(ran.output).toBe('status=0\n');
  });

  test('fails on findings, on missing files, and on none', () => {
    expect(runAction({ files: '*.log', 'fail-on': 'info' }).status).toBe(1);
    expect(runAction({ files: 'nowhere.log' }).output).toBe('status=3\n');
    expect(runAction({ files: '\n' }).status).toBe(2);
  });

  test('takes inputs for text, never for commands or options', () => {
    const ran = runAction({ files: '$(touch owned)\n--version\n`touch owned`; touch owned' });
    expect(ran.status).toBe(3);
    expect(ran.stdout).not.toMatch(/^ftplog \d/);
    expect(existsSync(join(folder, 'owned'))).toBe(false);
  });
});

/** Shell blocks of the page, with `npx ftplog` as the command that was built. */
const recipes = [...readFileSync('docs/ci.md', 'utf8').matchAll(/```sh\n(.*?)```/gs)].map((m) => m[1] ?? '');

test.each(recipes)('recipe: %s', (recipe) => {
  const work = mkdtempSync(join(folder, 'recipe-'));
  symlinkSync(resolve('fixtures'), join(work, 'fixtures'));
  const line = recipe.replaceAll('/tmp/', `${work}/`).replaceAll('npx ftplog', `${process.execPath} ${built.path}`);
  const env = { PATH: process.env['PATH'] ?? '', GITHUB_STEP_SUMMARY: join(work, 'summary.md') };
  const result = spawnSync('bash', ['--norc', '--noprofile', '-e', '-c', line], { cwd: work, env });
  expect([result.stderr.toString(), result.status]).toEqual([expect.not.stringContaining('Error'), 0]);
});

test('a saved report becomes other formats, and what is none is refused', async () => {
  const saved = join(folder, 'saved.json');
  expect(runBin(built.path, ['fixtures/reports/sample.log', '-o', `json=${saved}`]).status).toBe(0);
  const rendered = runBin(built.path, ['render', saved, '-f', 'junit']);
  expect(rendered.status).toBe(0);
  await checkReports('junit', [rendered.stdout]);
  expect(runBin(built.path, ['render', '-', '-f', 'sarif'], { input: readFileSync(saved) }).status).toBe(0);
  writeFileSync(join(folder, 'broken.json'), '{"schemaVersion":9}');
  expect(runBin(built.path, ['render', saved, '-f', 'csv', '--rows', 'summary']).stdout).toMatch(
    /^type,measure,value\r\n/,
  );
  expect(runBin(built.path, ['render', saved, '--fail-on', 'high'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("unknown option '--fail-on' of ftplog render"),
  });
  const refused = runBin(built.path, ['render', join(folder, 'broken.json')]);
  expect([refused.status, refused.stdout]).toEqual([3, '']);
  expect(refused.stderr).toContain('schemaVersion is 9, this version of ftplog reads 1');
  expect(runBin(built.path, ['render', join(folder, 'nowhere.json')]).stderr).toContain('no such file');
  expect(
    runBin(built.path, ['render', saved, '-o', `html=${join(dirname(saved), 'no', 'such', 'x.html')}`]).status,
  ).toBe(3);
  expect(runBin(built.path, ['render']).status).toBe(2);
});
