/** A finding as reports carry it (schema version 1). */
import type { EvidenceRole, Finding, Subject } from '../model.ts';
import { hash32, wellFormed } from '../text.ts';
import { timeOrNull } from './values.ts';

/** A line that shows what a finding says. */
export interface EvidenceRow {
  readonly source: string;
  readonly line: number;
  /** Without a `trigger` there would be no finding; a `sample` is one of many like it. */
  readonly role: EvidenceRole;
  /** The session whose line it is; null if none is known. */
  readonly session: string | null;
}

export interface FindingRow {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly subject: Subject;
  readonly count: number;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  /** In the order of the log. */
  readonly evidence: readonly EvidenceRow[];
  /** Stays the same over line numbers, order, redaction and thresholds. */
  readonly fingerprint: string;
  /** It stood in the baseline; absent without one. */
  readonly known?: boolean;
  /** As of the finding; finished reports have `suppressed` instead. */
  readonly allowedBy?: number;
}

/** A finding that an entry of the allow-list covers. */
export interface SuppressedRow extends FindingRow {
  readonly reason: string;
  /** Where the entry stands, as `ftplog.config.yaml:12`. */
  readonly allowed: string;
  /** Last day of the entry; null for ever. */
  readonly expires: string | null;
}

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
  const text = [f.rule, client, user, network, f.identity].join('\n');
  return (hash32(text).toString(16).padStart(8, '0') + hash32(`${text}\nftplog`).toString(16).padStart(8, '0')).slice(
    0,
    16,
  );
}
