/** An exchange as a flat record (schema version 1). */
import type { Exchange, Reply } from '../model.ts';
import { deviationNames } from '../protocol/deviations.ts';
import { kindOf, sentClassOf } from '../protocol/replies.ts';
import { wellFormed } from '../text.ts';
import { corroboration, countOrNull, textOrNull, timeOrNull } from './values.ts';

export interface ReplyRow {
  readonly code: number;
  readonly text: string;
  readonly line: number;
  readonly lines: number;
  readonly time: string | null;
}

export interface ExchangeRow {
  readonly type: 'exchange';
  readonly source: string;
  readonly dialect: string;
  readonly session: string;
  readonly client: string | null;
  readonly clientPort: number | null;
  readonly user: string | null;
  readonly verb: string | null;
  readonly argument: string | null;
  readonly line: number;
  readonly time: string | null;
  readonly replies: readonly ReplyRow[];
  readonly code: number | null;
  readonly class: string | null;
  readonly kind: string | null;
  readonly outcome: string;
  readonly legal: boolean;
  readonly latencyMs: number | null;
  readonly bytes: number | null;
  readonly inferred: boolean;
  readonly deviations: readonly string[];
  /** Session in which another log told it before: it is counted there. Absent where it is told for the first time. */
  readonly corroborates?: string;
}

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

function replyRow(r: Reply): ReplyRow {
  return { code: r.code, text: wellFormed(r.text), line: r.line, lines: r.lines, time: timeOrNull(r.time) };
}
