/** Every worked example of the reply grammar, through the tracker, however sessions are told apart. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sessionCases, tracked } from '../support/session-fixture.ts';

const cases = sessionCases(readFileSync('fixtures/sessions/reply-grammar.md', 'utf8'));

for (const identity of ['order', 'key'] as const) {
  describe(`sessions told apart by ${identity}`, () => {
    for (const { title, transcript, expected } of cases) {
      it(title, () => {
        expect(tracked(transcript, identity)).toBe(expected.get(identity) ?? expected.get(''));
      });
    }
  });
}
