/** An exchange as a flat record (schema version 1). */
import type { Exchange, Reply } from '../model.ts';
import { deviationNames } from '../protocol/deviations.ts';
import { kindOf, replyKinds, sentClasses, sentClassOf } from '../protocol/replies.ts';
import {
  about,
  count,
  flag,
  listOf,
  maybe,
  objectOf,
  octets,
  oneOf,
  only,
  replyCode,
  some,
  text,
  time,
  type ValueOf,
  wholeMs,
} from '../shapes.ts';
import { wellFormed } from '../text.ts';
import { corroborated, corroboration, countOrNull, textOrNull, timeOrNull } from './values.ts';

const outcomes: readonly Exchange['outcome'][] = [
  'completed',
  'intermediate',
  'transient',
  'permanent',
  'unanswered',
  'preliminary',
];

const replyShape = objectOf({
  code: replyCode,
  text: about('Lines joined by a line feed, codes stripped.', text),
  line: count,
  lines: some,
  time: maybe(time),
});

export const exchangeShape = objectOf({
  type: only('exchange'),
  source: text,
  dialect: text,
  session: text,
  client: maybe(text),
  clientPort: maybe(count),
  user: maybe(text),
  verb: about('Upper case; null for the greeting and for replies nobody asked for.', maybe(text)),
  argument: maybe(text),
  line: count,
  time: maybe(time),
  replies: listOf(replyShape),
  code: maybe(replyCode),
  class: maybe(oneOf(sentClasses)),
  kind: maybe(oneOf(replyKinds)),
  outcome: oneOf(outcomes),
  legal: flag,
  latencyMs: maybe(wholeMs),
  bytes: maybe(octets),
  inferred: flag,
  deviations: listOf(text),
  corroborates: corroborated,
});

export type ExchangeRow = ValueOf<typeof exchangeShape>;

export function exchangeRow(x: Exchange, sources: readonly string[], corroborates = ''): ExchangeRow {
  const { session } = x;
  const coded = x.code > 0 || x.replies.length > 0;
  return {
    type: 'exchange',
    source: wellFormed(sources[x.source] ?? ''),
    dialect: session.dialect,
    session: session.id,
    client: textOrNull(session.client),
    clientPort: session.clientPort > 0 ? session.clientPort : null,
    user: textOrNull(session.user),
    verb: x.asked ? wellFormed(x.verb) : null,
    argument: textOrNull(x.arg),
    line: x.line,
    time: timeOrNull(x.time),
    replies: x.replies.map(replyRow),
    code: coded ? x.code : null,
    class: coded ? sentClassOf(x.code) : null,
    kind: coded ? kindOf(x.code, x.verb) : null,
    outcome: x.outcome,
    legal: x.legal,
    latencyMs: countOrNull(x.latencyMs),
    bytes: countOrNull(x.size),
    inferred: x.inferred,
    deviations: deviationNames(x.deviations),
    ...corroboration(corroborates),
  };
}

function replyRow(r: Reply): ValueOf<typeof replyShape> {
  return { code: r.code, text: wellFormed(r.text), line: r.line, lines: r.lines, time: timeOrNull(r.time) };
}
