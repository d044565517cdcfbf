/** Every rule on its own fixture: what fires, what stays silent, and that parts of a log add up to the whole. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import type { Finding, FinishContext, Rule } from '../src/model.ts';
import { commandOf } from '../src/protocol/commands.ts';
import { rules } from '../src/rules/index.ts';
import { expectFile, names } from './support/fixture.ts';
import {
  eventsOf,
  findingText,
  foldEvents,
  parseRuleFixture,
  type RuleCase,
  type Timed,
} from './support/rule-fixture.ts';
import { rulesPage } from './support/rules-page.ts';

const updating = process.env['UPDATE_FIXTURES'] === '1';
/** The zone is that of the first block that states one. */
function contextOf(zone: number): FinishContext {
  return { top: 0, sources: ['a', 'b', 'c'], offsetAt: () => zone };
}

/** Findings of a case in one pass. */
function run(rule: Rule<unknown>, events: readonly Timed[], context: FinishContext): readonly Finding[] {
  const fold = rule.create(rule.meta.thresholds ?? {});
  return fold.finish(foldEvents(rule, fold, events), context);
}

/** The same from shards of whole sessions, merged in the given order. */
function runSharded(
  rule: Rule<unknown>,
  events: readonly Timed[],
  shards: number,
  order: readonly number[],
  context: FinishContext,
): readonly Finding[] {
  const fold = rule.create(rule.meta.thresholds ?? {});
  const states = Array.from({ length: shards }, (_, n) =>
    foldEvents(
      rule,
      fold,
      events.filter((e) => e.session % shards === n),
    ),
  );
  const whole = fold.init({ taken: 0 });
  for (const n of order) fold.merge(whole, structuredClone(states[n]));
  return fold.finish(whole, context);
}

function fixtureOf(rule: Rule<unknown>): readonly RuleCase[] {
  return parseRuleFixture(readFileSync(`fixtures/rules/${rule.meta.id}.md`, 'utf8'));
}

describe('the registry of rules', () => {
  const ids = rules.map((r) => r.meta.id);

  it('is the folder, the fixtures, and in order', () => {
    const registry = 'the list in src/rules/index.ts';
    expect(ids, `${registry} is not sorted by id`).toEqual([...ids].sort());
    expect(
      names('src/rules').filter((n) => n.endsWith('.ts') && n !== 'index.ts'),
      `the files of src/rules are not those of ${registry}`,
    ).toEqual(ids.map((id) => `${id}.ts`).sort());
    expect(names('fixtures/rules'), `the files of fixtures/rules are not those of ${registry}`).toEqual(
      ids.map((id) => `${id}.md`).sort(),
    );
  });

  it('has complete metadata', () => {
    for (const { meta } of rules) {
      for (const text of [meta.title, meta.why, meta.advice, meta.falseAlarms])
        expect(text.length, meta.id).toBeGreaterThan(12);
      expect(meta.title, meta.id).not.toMatch(/\.$/);
      for (const text of [meta.why, meta.advice, meta.falseAlarms]) expect(text, meta.id).toMatch(/[.)]$/);
      for (const id of meta.attack) expect(id, meta.id).toMatch(/^T\d{4}(\.\d{3})?$/);
      for (const id of meta.cwe) expect(id, meta.id).toMatch(/^CWE-\d+$/);
      for (const verb of meta.verbs ?? [])
        expect(verb === '' || commandOf(verb) !== undefined, `${meta.id}: ${verb}`).toBe(true);
      for (const n of Object.values(meta.thresholds ?? {})) expect(n).toBeGreaterThanOrEqual(0);
      if (meta.severity === 'info')
        expect(['anonymous-login', 'cleartext-login', 'session-without-quit']).toContain(meta.id);
    }
  });

  it('has a current page', () => {
    expectFile('docs/rules.md', rulesPage(rules));
  });
});

it.each([
  ['slow-reply', { seconds: 1, times: 1 }],
  ['overlong-argument', { name: 20 }],
])('the occasions of %s do not hide what a lower threshold asks for', (id, thresholds) => {
  const analyzer = createAnalyzer({
    rules: rules.filter((r) => r.meta.id === id).map((rule) => ({ rule, thresholds })),
  });
  for (const line of [
    'Sun Nov 22 09:58:57 2026 [pid 3] CONNECT: Client "192.0.2.7"',
    'Sun Nov 22 09:58:57 2026 [pid 3] FTP response: Client "192.0.2.7", "220 ready"',
    'Sun Nov 22 09:58:58 2026 [pid 3] FTP command: Client "192.0.2.7", "CWD a-name-of-26-octets-in-all"',
    'Sun Nov 22 09:59:00 2026 [pid 3] FTP response: Client "192.0.2.7", "250 Directory changed."',
  ])
    analyzer.line(line);
  expect(analyzer.report().findings.map((f) => f.rule)).toEqual([id]);
});

for (const rule of rules as readonly Rule<unknown>[]) {
  describe(rule.meta.id, () => {
    const path = `fixtures/rules/${rule.meta.id}.md`;
    const cases = existsSync(path) ? fixtureOf(rule) : [];

    it('has a case that fires and one that does not', () => {
      expect(
        cases.map((c) => c.kind),
        `${path} wants a '## fires: …' and a '## silent: …'`,
      ).toEqual(expect.arrayContaining(['fires', 'silent']));
      expect(readFileSync(path, 'utf8').split('\n')[0], path).toBe(`# ${rule.meta.id}`);
    });

    for (const one of cases) {
      it(`${one.kind}: ${one.title}`, () => {
        const events = eventsOf(one);
        const context = contextOf(one.zone);
        const findings = run(rule, events, context);
        const found = findings.map(findingText);
        if (updating) rewrite(path, one, found);
        else expect(found).toEqual(one.expected);
        expect(found.length > 0).toBe(one.kind === 'fires');
        for (const f of findings) {
          expect(f.evidence.length).toBeGreaterThan(0);
          expect(f.evidence.length).toBeLessThanOrEqual(10);
          expect(f.message).not.toMatch(/\.$|[\x00-\x1f\x7f]/);
        }
        // Logs of several sources are compared within one pass.
        if (events.some((e) => e.source !== events[0]?.source)) return;
        for (const [shards, order] of [
          [2, [0, 1]],
          [2, [1, 0]],
          [3, [2, 0, 1]],
          [5, [3, 1, 4, 0, 2]],
        ] as const)
          expect(runSharded(rule, events, shards, order, context), `${shards} shards`).toEqual(findings);
      });
    }
  });
}

/** Puts the findings into the block of the case. */
function rewrite(path: string, one: RuleCase, found: readonly string[]): void {
  const text = readFileSync(path, 'utf8');
  const head = `## ${one.kind}: ${one.title}\n`;
  const from = text.indexOf(head);
  const next = text.indexOf('\n## ', from + 1);
  const section = text.slice(from, next < 0 ? text.length : next);
  const bare = section.replace(/```findings\n[\s\S]*?```\n?/, '').trimEnd();
  const block = found.length === 0 ? '' : `\n\`\`\`findings\n${found.join('\n')}\n\`\`\``;
  writeFileSync(path, `${text.slice(0, from)}${bare}${block}\n${next < 0 ? '' : text.slice(next)}`);
}
