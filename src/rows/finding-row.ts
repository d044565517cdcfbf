/** A finding as reports carry it (schema version 1). */
import type { EvidenceRole, Finding, Subject } from '../model.ts';
import { severities } from '../severity.ts';
import {
  about,
  added,
  count,
  flag,
  listOf,
  maybe,
  objectOf,
  oneOf,
  optional,
  text,
  time,
  type ValueOf,
} from '../shapes.ts';
import { hash32, wellFormed } from '../text.ts';
import { timeOrNull } from './values.ts';

/** A line that shows what a finding says. */
const evidenceShape = objectOf({
  source: text,
  line: count,
  role: about(
    'Without a trigger there would be no finding; a sample is one of many like it.',
    // Reports of before said no role.
    added(oneOf<EvidenceRole>(['trigger', 'sample']), 'sample'),
  ),
  session: about('The session whose line it is; null if none is known.', added(maybe(text), null)),
});

export type EvidenceRow = ValueOf<typeof evidenceShape>;

const subjectShape = objectOf({
  client: optional(text),
  user: optional(text),
  session: optional(text),
  network: about('CIDR.', optional(text)),
});

/** `evidence` is in the order of the log. */
export const findingShape = objectOf({
  rule: text,
  severity: oneOf(severities),
  message: text,
  subject: subjectShape,
  count,
  firstTime: maybe(time),
  lastTime: maybe(time),
  evidence: listOf(evidenceShape),
  fingerprint: about('Stays the same over line numbers, order and thresholds.', text),
  known: about('It stood in the baseline.', optional(flag)),
});

export type FindingRow = ValueOf<typeof findingShape> & {
  /** As of the finding; finished reports have `suppressed` instead. */
  readonly allowedBy?: number;
};

/** A finding that an entry of the allow-list covers. `expires`: last day of the entry; null for ever. */
export const suppressedShape = objectOf({
  ...findingShape.fields,
  reason: text,
  allowed: about('Where the entry of the allow-list stands.', text),
  expires: maybe(text),
});

export type SuppressedRow = ValueOf<typeof suppressedShape> & Pick<FindingRow, 'allowedBy'>;

export function findingRow(f: Finding, sources: readonly string[]): FindingRow {
  return {
    rule: f.rule,
    severity: f.severity,
    message: wellFormed(f.message),
    subject: subjectOf(f.subject),
    count: f.count,
    firstTime: timeOrNull(f.firstTime),
    lastTime: timeOrNull(f.lastTime),
    evidence: f.evidence.map((place) => ({
      source: wellFormed(sources[place.source] ?? ''),
      line: place.line,
      role: place.role,
      session: place.session === '' ? null : place.session,
    })),
    fingerprint: fingerprint(f),
    ...(f.allowedBy === undefined ? {} : { allowedBy: f.allowedBy }),
  };
}

function subjectOf(subject: Subject): Subject {
  const { client = '', user = '', session = '', network = '' } = subject;
  return {
    ...(client === '' ? {} : { client: wellFormed(client) }),
    ...(user === '' ? {} : { user: wellFormed(user) }),
    ...(session === '' ? {} : { session }),
    ...(network === '' ? {} : { network }),
  };
}

/**
 * Rule and whom it is about, not where or how often. A session is named by its first line, which moves, so it counts only
 * through client and user.
 */
function fingerprint(f: Finding): string {
  const { client = '', user = '', network = '' } = f.subject;
  const told = [f.rule, client, user, network, f.identity].join('\n');
  return (hash32(told).toString(16).padStart(8, '0') + hash32(`${told}\nftplog`).toString(16).padStart(8, '0')).slice(
    0,
    16,
  );
}
