/** Links lead somewhere, and what the pages show works. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Dialect, Rule } from '../src/model.ts';
import { names } from './support/fixture.ts';
import { eventsOf, findingText, foldEvents, parseRuleFixture } from './support/rule-fixture.ts';

/** The first block of code in this language. */
function blockOf(page: string, language: string): string {
  return page.split(`\n\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';
}

/** What a module exports whose text stands in a page, as if it stood in this folder. */
async function exportsOf(contents: string, resolveDir: string): Promise<unknown> {
  const options = { bundle: true, format: 'esm', write: false } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents, loader: 'ts', resolveDir } });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}

describe('documentation', () => {
  for (const page of [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...names('docs')
      .filter((n) => n.endsWith('.md'))
      .map((n) => `docs/${n}`),
  ]) {
    it(`has no dead link in ${page}`, () => {
      const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map((m) => m[1] ?? '');
      const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(dirname(page), link)));
      expect(dead).toEqual([]);
    });
  }

  it('shows a dialect that reads its log', async () => {
    const page = readFileSync('docs/adding-a-dialect.md', 'utf8').replaceAll(/^ {3}/gm, '');
    const { harbor } = (await exportsOf(blockOf(page, 'ts'), 'src/dialects/server')) as { harbor: Dialect };
    const texts = blockOf(page, 'text').trimEnd().split('\n');
    expect(texts).toContain(harbor.example);
    expect(harbor.detect({ texts, programs: texts.map(() => '') })).toBe(1);
    const seen: string[] = [];
    const options = { offsetAt: () => 0, year: 0, reference: 0, layout: '', assume: () => undefined };
    const decoder = harbor.open(options, ({ kind, verb, text }) => void seen.push(`${kind} ${verb}${text}`.trim()));
    const bare = { time: Number.NaN, host: '', program: '', pid: '' };
    expect(texts.map((text, i) => decoder.line(text, i + 1, bare))).toEqual([
      'event',
      'event',
      'event',
      'noise',
      'event',
    ]);
    expect(seen).toEqual(['open', 'reply-line 220 Harbor ready', 'command USER', 'close - closed']);
  });

  it('shows a rule that finds what its fixture says', async () => {
    const page = readFileSync('docs/adding-a-rule.md', 'utf8').replaceAll(/^ {3}/gm, '');
    const { coreDumpFetched: rule } = (await exportsOf(blockOf(page, 'ts'), 'src/rules')) as {
      coreDumpFetched: Rule<unknown>;
    };
    const fixture = page.split('\n````md\n')[1]?.split('\n````')[0] ?? '';
    const cases = parseRuleFixture(fixture);
    expect(cases.map((c) => c.kind)).toEqual(['fires', 'silent']);
    for (const one of cases) {
      const fold = rule.create(rule.meta.thresholds ?? {});
      const context = { top: 0, sources: ['a'], offsetAt: () => 0 };
      const findings = fold.finish(foldEvents(rule, fold, eventsOf(one)), context);
      expect(findings.map(findingText)).toEqual(one.expected);
    }
  });

  it('shows commands in the README that work', () => {
    const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```sh\n([^`]*)```/g)].map((m) => m[1] ?? '');
    const commands = blocks
      .flatMap((block) => block.split('\n'))
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line.includes('ftplog') && !line.startsWith('npm '));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const run = command.replace(/\b(npx )?ftplog\b/g, 'node dist/bin.cjs');
      expect(
        () => execFileSync('bash', ['-o', 'pipefail', '-c', run], { stdio: ['ignore', 'pipe', 'pipe'] }),
        command,
      ).not.toThrow();
    }
  });

  it('shows a program in the README that works', () => {
    const code = /```ts\n([^`]*)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(out).toContain('bounce-port');
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      schemaVersion: 1,
      overview: { sessions: 1 },
    });
  });

  it('shows commands for CI that work', () => {
    const page = readFileSync('docs/ci.md', 'utf8');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const folder = mkdtempSync(join(tmpdir(), 'ftplog-ci-'));
    mkdirSync(join(folder, 'logs'));
    copyFileSync('fixtures/session.log', join(folder, 'logs', 'a.log'));
    const bin = join(process.cwd(), 'dist/bin.cjs');
    const summary = join(folder, 'summary.md');
    const env = { ...process.env, GITHUB_STEP_SUMMARY: summary, BIN: bin };
    // Those that name the package run where a job has it; the others in a clone.
    const packed = [...page.matchAll(/npx --yes --package \.\/ftplog-([\d.]+)\.tgz ftplog (logs[^\n']*)/g)];
    expect(packed.map((m) => m[1])).toEqual([version, version]);
    const inClone = [...page.matchAll(/```sh\n([^`]*)```/g)]
      .flatMap((m) => (m[1] ?? '').split('\n'))
      .filter((line) => line.startsWith('npx ftplog'));
    expect(inClone.length).toBeGreaterThan(3);
    const status = (line: string, cwd: string): number | null =>
      spawnSync('bash', ['-c', line], { cwd, env, stdio: 'ignore' }).status;
    // The log holds no finding above medium.
    for (const [, , rest] of packed) expect(status(`node "$BIN" ${rest}`, folder), rest).toBe(0);
    for (const line of inClone) expect(status(line.replaceAll('npx ftplog', 'node "$BIN"'), '.'), line).toBe(0);
    expect(readFileSync(summary, 'utf8')).toContain('FTP log report');
    expect(readFileSync(join(folder, 'ftp.xml'), 'utf8')).toContain('<testsuites');
    rmSync(folder, { recursive: true, force: true });
  });
});
