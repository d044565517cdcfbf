/** Secrets in lines that were no command to their decoder, hidden where a session of the same source repeats them. */
import { expect, it } from 'vitest';
import { replyEvent } from '../../src/decoding/event.ts';
import { defaultLimits, emptyTally } from '../../src/limits.ts';
import type { Concealed } from '../../src/model.ts';
import { conceal } from '../../src/protocol/secret-memory.ts';
import { Tracker } from '../../src/session/tracker.ts';

const at = { line: 1, time: Number.NaN, session: '', peer: '', user: '' };
const unused = (): void => undefined;

/** The text of a reply that repeats a secret, behind so many others that were overheard after it. */
function shownAfter(others: number, sourceOfReply = 0): string {
  let shown = '';
  const tracker = new Tracker(
    {
      open: unused,
      exchange: (x) => {
        shown = x.replies[0]?.text ?? '';
      },
      login: unused,
      transfer: unused,
      ambiguous: unused,
      remark: unused,
      session: unused,
    },
    defaultLimits,
    emptyTally(),
  );
  tracker.begin(0);
  for (let i = 0; i <= others; i++) tracker.overhear(conceal([`s3cretOfLine${i}`]) as Concealed);
  if (sourceOfReply !== 0) tracker.begin(sourceOfReply);
  const scope = tracker.scope('raw-control', 'order', false, 'wire');
  tracker.accept(scope, replyEvent(at, 530, 'Sorry, s3cretOfLine0'));
  tracker.end();
  return shown;
}

it.each([0, 20, 63])('are hidden, %i others in between', (others) => {
  expect(shownAfter(others)).toBe('Sorry, ***');
});

it('are forgotten where many follow, and with their source: what is kept is bounded', () => {
  expect(shownAfter(64)).toBe('Sorry, s3cretOfLine0');
  expect(shownAfter(0, 1)).toBe('Sorry, s3cretOfLine0');
});
