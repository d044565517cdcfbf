/** `ftplog diff`: what changed, in every format, and the exit status. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFile } from '../support/fixture.ts';
import { type Outcome, type Place, place } from './support/command.ts';

let made: Place;

beforeAll(async () => {
  made = place({});
  for (const name of ['old', 'new']) {
    const input = readFileSync(`fixtures/config/diff/${name}.log`, 'utf8');
    writeFileSync(
      join(made.folder, `${name}.json`),
      (await made.run(['--format', 'json', '--no-config'], { input })).out,
    );
  }
});

afterAll(() => made.remove());

/** Runs diff on the two reports; paths of this run are left out. */
async function diff(argv: readonly string[], names: readonly string[] = ['old.json', 'new.json']): Promise<Outcome> {
  const { status, out, err } = await made.run(['diff', ...names.map((name) => join(made.folder, name)), ...argv]);
  const plain = (text: string): string =>
    text.replaceAll(`${made.folder}/`, '').replaceAll(/\S*…\S*(old|new)\.json/g, '$1.json');
  return { status, out: plain(out), err: plain(err) };
}

describe('diff', () => {
  it.each([
    ['text', 'txt'],
    ['markdown', 'md'],
    ['json', 'json'],
  ])('as %s is what the golden file says', async (format, extension) => {
    const { status, out } = await diff(['-f', format]);
    expect(status).toBe(0);
    expectFile(`fixtures/config/diff/diff.${extension}`, out);
  });

  it('fits 80 columns', async () => {
    const { out } = await diff(['--top', '0']);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('of a report with itself has nothing to tell', async () => {
    const { status, out } = await diff(['--fail-on', 'info'], ['new.json', 'new.json']);
    expect(status).toBe(0);
    expect(out).toMatch(/^new\.json → new\.json\nFindings: 0 new, 0 gone, \d+ still there\n\nStill there\n/);
    expect(out).not.toContain('Totals');
  });

  it.each([
    [['--fail-on', 'critical'], 0],
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'login-bruteforce'], 1],
    [['--fail-on', 'mass-delete'], 0],
    [['--fail-on', 'never'], 0],
    [['--fail-on', 'hihg'], 2],
    [['--format', 'xml'], 2],
    [['--top', 'many'], 2],
    [['third.json'], 2],
  ])('%j: exit status %i', async (argv, status) => {
    expect((await diff(argv)).status).toBe(status);
  });

  it('says which report cannot be read, with exit status 3', async () => {
    expect(await diff([], ['old.json', 'none.json'])).toEqual({
      status: 3,
      out: '',
      err: "ftplog: 'none.json': no such file — write one with ftplog -o json=FILE\n",
    });
  });
});
