/**
 * The reference: every page that `explain` shows. Big, so it is loaded with `import()` and never by an analysis.
 *
 * The tables of `protocol/` know what is legal; the prose here knows what it means.
 */

import { plainVerb } from '../commands.ts';
import { otherCommands } from './commands-other.ts';
import { siteCommands } from './commands-site.ts';
import { standardCommands } from './commands-standard.ts';
import { writtenComparisons } from './comparisons.ts';
import { failureComparisons } from './comparisons-failures.ts';
import { confusedPairs } from './confused-pairs.ts';
import { firstDigits, oldSecondDigit, secondDigits } from './digits.ts';
import type { ReplyEvent } from './events.ts';
import { replyEvents } from './events.ts';
import { foreignNumbers } from './foreign-numbers.ts';
import { programs } from './programs.ts';
import { readings } from './readings.ts';
import { historicReplies } from './replies-historic.ts';
import { negativeReplies } from './replies-negative.ts';
import { positiveReplies } from './replies-positive.ts';
import type {
  CommandText,
  ConfusedPair,
  DigitText,
  ForeignNumber,
  Program,
  Reading,
  ReplyText,
  WrittenComparison,
} from './types.ts';

/** All of the reference, keyed for lookup. */
export interface Reference {
  readonly replies: ReadonlyMap<number, ReplyText>;
  readonly commands: ReadonlyMap<string, CommandText>;
  readonly events: readonly ReplyEvent[];
  readonly readings: readonly Reading[];
  readonly pairs: readonly ConfusedPair[];
  readonly comparisons: readonly WrittenComparison[];
  readonly foreignNumbers: readonly ForeignNumber[];
  readonly programs: ReadonlyMap<string, Program>;
  readonly firstDigits: readonly DigitText[];
  readonly secondDigits: readonly DigitText[];
  /** Stands for the second digit of the codes below 100. */
  readonly oldSecondDigit: DigitText;
}

/** Replies ascending by code, commands in the order of the table of commands. */
export const reference: Reference = {
  replies: new Map(byCode([...positiveReplies, ...historicReplies, ...negativeReplies])),
  commands: commandTexts([...standardCommands, ...otherCommands, ...siteCommands]),
  events: replyEvents,
  readings,
  pairs: confusedPairs,
  comparisons: [...writtenComparisons, ...failureComparisons],
  foreignNumbers,
  programs: new Map(programs.map((program) => [program.id, program])),
  firstDigits,
  secondDigits,
  oldSecondDigit,
};

/** What servers do with a command they do with its X verb. */
function commandTexts(texts: readonly CommandText[]): ReadonlyMap<string, CommandText> {
  const byVerb = new Map(texts.map((text) => [text.verb, text]));
  for (const text of texts) {
    const plain = byVerb.get(plainVerb(text.verb) ?? '');
    if (plain === undefined) continue;
    const own = text.practice ?? [];
    const inherited = (plain.practice ?? []).filter((note) => !own.some(({ code }) => code === note.code));
    byVerb.set(text.verb, { ...text, practice: [...own, ...inherited] });
  }
  return byVerb;
}

function byCode(texts: readonly ReplyText[]): readonly (readonly [number, ReplyText])[] {
  return [...texts].sort((a, b) => a.code - b.code).map((text) => [text.code, text]);
}
