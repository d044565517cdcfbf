/** Clients that hide their login: the logs of all client programs without the lines of it lead to no new finding. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialects } from '../src/dialects/index.ts';
import { linesOf, names } from './support/fixture.ts';
import { run } from './support/run.ts';

const root = 'fixtures/dialects';

const wire: ReadonlySet<string> = new Set(dialects.filter((d) => d.side === 'wire').map((d) => d.id));

/** A line of the login, whichever marks stand around it. */
const login = /\b(?:USER|PASS|ACCT|AUTH)\b|\b(?:331|332|230|234)[ -]/;

async function graveRules(lines: readonly string[]): Promise<ReadonlySet<string>> {
  const { report } = await run(Buffer.from(lines.join('\n')), { formats: [] });
  // Bare lines of which the login is gone are those of the wire, where nothing is hidden.
  if (report.sources.some((s) => s.dialects.some((d) => wire.has(d.id)))) return new Set();
  return new Set(report.findings.filter((f) => f.severity !== 'info').map((f) => f.rule));
}

for (const dialect of dialects.filter((d) => d.side === 'client')) {
  describe(dialect.id, () => {
    for (const log of names(`${root}/${dialect.id}`).filter((n) => !n.endsWith('.events') && n !== 'README.md')) {
      it(`${log} without its login is as harmless as before`, async () => {
        const lines = await linesOf(readFileSync(`${root}/${dialect.id}/${log}`));
        const before = await graveRules(lines);
        const after = await graveRules(lines.filter((line) => !login.test(line)));
        expect([...after].filter((rule) => !before.has(rule))).toEqual([]);
      });
    }
  });
}
