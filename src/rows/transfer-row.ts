/** A transfer as a flat record (schema version 1). */
import type { Transfer } from '../model.ts';
import { count, flag, maybe, objectOf, octets, oneOf, only, text, time, type ValueOf, wholeMs } from '../shapes.ts';
import { wellFormed } from '../text.ts';
import { corroborated, corroboration, countOrNull, textOrNull, timeOrNull } from './values.ts';

export const transferShape = objectOf({
  type: only('transfer'),
  session: text,
  direction: oneOf<Transfer['direction']>(['download', 'upload']),
  path: text,
  bytes: maybe(octets),
  durationMs: maybe(wholeMs),
  complete: flag,
  line: count,
  client: maybe(text),
  user: maybe(text),
  time: maybe(time),
  source: text,
  dialect: text,
  corroborates: corroborated,
});

export type TransferRow = ValueOf<typeof transferShape>;

export function transferRow(t: Transfer, sources: readonly string[], corroborates = ''): TransferRow {
  return {
    type: 'transfer',
    session: t.session.id,
    direction: t.direction,
    path: wellFormed(t.path),
    bytes: countOrNull(t.bytes),
    durationMs: countOrNull(t.durationMs),
    complete: t.complete,
    line: t.line,
    client: textOrNull(t.session.client),
    user: textOrNull(t.session.user),
    time: timeOrNull(t.time),
    source: wellFormed(sources[t.source] ?? ''),
    dialect: t.session.dialect,
    ...corroboration(corroborates),
  };
}
