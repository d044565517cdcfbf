/** What a program says in words of why something failed, as a flat record (schema version 1). */
import type { Remark } from '../model.ts';
import { about, count, maybe, objectOf, oneOf, only, replyCode, text, time, type ValueOf } from '../shapes.ts';
import { wellFormed } from '../text.ts';
import { textOrNull, timeOrNull } from './values.ts';

export const statementShape = objectOf({
  type: only('statement'),
  source: text,
  dialect: about('Of the session.', maybe(text)),
  session: about('That of the line before; null if none is open.', maybe(text)),
  client: maybe(text),
  user: maybe(text),
  line: count,
  time: maybe(time),
  meaning: about('What the words mean, one word for the phrases of all programs.', text),
  about: about('Which connection it is about; null where the words do not say it.', maybe(oneOf(['control', 'data']))),
  code: about('The reply that it quotes.', maybe(replyCode)),
});

export type StatementRow = ValueOf<typeof statementShape>;

export function statementRow(remark: Remark, sources: readonly string[]): StatementRow {
  const { session } = remark;
  return {
    type: 'statement',
    source: wellFormed(sources[remark.source] ?? ''),
    dialect: session?.dialect ?? null,
    session: session?.id ?? null,
    client: textOrNull(session?.client ?? ''),
    user: textOrNull(session?.user ?? ''),
    line: remark.line,
    time: timeOrNull(remark.time),
    meaning: remark.meaning,
    about: remark.about === '' ? null : remark.about,
    code: remark.code > 0 ? remark.code : null,
  };
}
