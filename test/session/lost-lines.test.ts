/**
 * One line of a conversation is lost: at most the pairs beside it are wrong, and behind the next code that one command alone
 * can have everything is as it was.
 */
import { describe, expect, it } from 'vitest';
import { tracked } from '../support/session-fixture.ts';

const conversation = [
  'S: 220 ready',
  'C: USER anna',
  'S: 331 Password required for anna',
  'C: PASS x',
  'S: 230 User anna logged in',
  'C: SYST',
  'S: 215 UNIX Type: L8',
  'C: TYPE I',
  'S: 200 Type set to I',
  'C: NOOP',
  'S: 200 NOOP command successful',
  'C: CWD a',
  'S: 250 Directory changed',
  'C: CWD b',
  'S: 250 Directory changed',
  'C: REST abc',
  "S: 500 'REST abc': command not understood.",
  'C: PWD',
  'S: 257 "/a/b" is the current directory',
  'C: PASV',
  'S: 227 Entering Passive Mode (203,0,113,5,4,1)',
  'C: RETR a.bin',
  'S: 150 Opening data connection',
  'S: 226 Transfer complete',
  'C: SIZE a.bin',
  'S: 213 9000',
  'C: FEAT',
  'S: 211-Features',
  'S:  SIZE',
  'S: 211 End',
  'C: PWD',
  'S: 257 "/a/b" is the current directory',
  'C: QUIT',
  'S: 221 Goodbye',
];

/** Lines of a multi-line reply go together. */
const steps = conversation.filter((line) => !/^S: (?:211-| |211 End)/.test(line));

function pairs(lines: readonly string[]): readonly string[] {
  return tracked(lines, 'order')
    .split('\n')
    .filter((line) => !line.startsWith('session'))
    .map((line) => line.replace(/ \|.*/, ''));
}

describe('a line that is lost', () => {
  const whole = pairs(steps);
  for (let lost = 1; lost < steps.length; lost++) {
    it(`${lost}: ${steps[lost]}`, () => {
      const rest = pairs(steps.filter((_, i) => i !== lost));
      const wrong = rest.filter((pair) => !whole.includes(pair));
      expect(wrong.length).toBeLessThanOrEqual(3);
      if (lost < steps.length - 4) expect(rest).toEqual(expect.arrayContaining(whole.slice(-2)));
    });
  }
});

describe('a reply that is there twice', () => {
  const whole = pairs(steps);
  for (let twice = 2; twice < steps.length - 1; twice++) {
    const line = steps[twice] ?? '';
    if (!line.startsWith('S:')) continue;
    it(`${twice}: ${line}`, () => {
      const more = pairs([...steps.slice(0, twice + 1), line, ...steps.slice(twice + 1)]);
      expect(whole.filter((pair) => !more.includes(pair)).length).toBeLessThanOrEqual(1);
      expect(more.at(-1)).toBe(whole.at(-1));
    });
  }
});
