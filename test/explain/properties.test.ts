import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/explain-command.ts';
import { runCommand } from '../support/command.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '214',
    '221',
    '299',
    'RETR',
    'SITE',
    'CHMOD',
    '5yz',
    'vs',
    '--list',
    '--search',
    '-f',
    'json',
    '10054',
    '--',
  ),
  fc.string({ maxLength: 20 }).map((text) => `220-${text}`),
  fc.string({ maxLength: 20 }).map((text) => `---> PASS ${text}`),
);

/** What may move a cursor, hide text or ring a bell. */
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('ftplog explain', () => {
  it('answers any words with a page or one line, and lets no control character through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), fc.integer({ min: 0, max: 200 }), async (argv, width) => {
        const { status, out, err } = await runCommand(explain, argv, width);
        expect([0, 2]).toContain(status);
        expect(out === '' ? err : out).toMatch(/\n$/);
        expect(err === '' || err.indexOf('\n') === err.length - 1).toBe(true);
        expect(out + err).not.toMatch(control);
      }),
      { numRuns: 400 },
    );
  });
});
