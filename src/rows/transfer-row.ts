/** A transfer as a flat record (schema version 1). */
import type { Row, Transfer } from '../model.ts';
import { wellFormed } from '../text.ts';
import { corroboration, countOrNull, textOrNull, timeOrNull } from './values.ts';

export function transferRow(t: Transfer, sources: readonly string[], corroborates = ''): Row {
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
