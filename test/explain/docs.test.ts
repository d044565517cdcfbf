import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparisonPage } from '../../src/explain/comparison.ts';
import { layOut } from '../../src/explain/layout.ts';
import { renderMarkdown } from '../../src/explain/render-markdown.ts';
import { replyPage } from '../../src/explain/reply.ts';
import { reference } from '../../src/protocol/reference/index.ts';
import { replySpecs } from '../../src/protocol/replies.ts';
import { expectFile } from '../support/fixture.ts';

const path = 'docs/reference.md';

/** The codes in use with their pages, the comparison that began it all, and the codes of history in one table. */
function referenceDocument(): string {
  const used = replySpecs.filter((spec) => spec.status !== 'historic');
  const historic = [...reference.replies.values()].filter((text) => !used.some((spec) => spec.code === text.code));
  return [
    '# Reply codes\n',
    'Generated from `src/protocol/` by `npm run test:update`; `ftplog explain CODE` shows the same in a terminal.\n',
    renderMarkdown(layOut(comparisonPage(reference, 214, 221)), 2),
    ...used.map((spec) => renderMarkdown(layOut(replyPage(reference, spec.code)), 2)),
    '## Codes of history\n',
    '| code | meaning | sources |\n| --- | --- | --- |',
    ...historic.map(
      ({ code, meaning, sources }) => `| ${String(code).padStart(3, '0')} | ${meaning} | ${sources.join('; ')} |`,
    ),
    '',
  ].join('\n');
}

describe('docs/reference.md', () => {
  it('says what explain says', () => {
    expectFile(path, referenceDocument());
  });

  it('has one heading for each code in use', () => {
    const headings = readFileSync(path, 'utf8').match(/^## \d{3} (?!and)/gm) ?? [];
    expect(headings).toHaveLength(replySpecs.filter((spec) => spec.status !== 'historic').length);
  });
});
