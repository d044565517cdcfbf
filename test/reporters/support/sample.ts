/** One input in every format: the sample log, rules made for it, and rendering as the command does it. */
import { readFileSync } from 'node:fs';
import { createAnalyzer, type RuleChoice } from '../../../src/analyze.ts';
import type { Exchange, Finding, Fold, Login, Remark, Rule, RuleMeta, Session, Transfer } from '../../../src/model.ts';
import type { Report } from '../../../src/report.ts';
import { reporters } from '../../../src/reporters/index.ts';
import { type ReportContext, type ReportWriter, type RowKind, rowKinds } from '../../../src/reporters/reporter.ts';

export const sampleFile = 'fixtures/reports/sample.log';

export const allRows: ReadonlySet<RowKind> = new Set(rowKinds);

/** A context of a file: no colour, 80 columns. */
export function contextOf(sources: readonly string[], more: Partial<ReportContext> = {}): ReportContext {
  return { color: false, width: 80, rows: allRows, sources, ...more };
}

/** A report in a format, with the rows that came before it. */
export async function rendered(
  format: string,
  report: Report,
  context: ReportContext,
  feed?: (writer: ReportWriter, out: string[]) => void,
): Promise<string> {
  const entry = reporters.find((r) => r.id === format);
  if (entry === undefined) throw new Error(`no format ${format}`);
  const writer = (await entry.load()).open(context);
  const out: string[] = [writer.begin?.() ?? ''];
  feed?.(writer, out);
  for (const piece of await writer.end(report)) out.push(piece);
  return out.join('');
}

/** What was seen while a log was analysed: the report, and what to feed a writer with. */
export interface Analysed {
  readonly report: Report;
  readonly sources: readonly string[];
  readonly feed: (writer: ReportWriter, out: string[]) => void;
}

type Told =
  | readonly ['exchange', Exchange]
  | readonly ['transfer', Transfer]
  | readonly ['remark', Remark]
  | readonly ['session', Session];

/** Analyses lines with the rules of this file; the same every time. */
export function analysed(
  lines: readonly string[],
  name = 'sample.log',
  rules: readonly RuleChoice[] = sampleRules,
): Analysed {
  const told: Told[] = [];
  const analyzer = createAnalyzer({
    rules,
    observer: {
      exchange: (x): void => void told.push(['exchange', { ...x, session: { ...x.session } }]),
      transfer: (t): void => void told.push(['transfer', { ...t, session: { ...t.session } }]),
      remark: (r): void =>
        void told.push(['remark', { ...r, session: r.session === undefined ? undefined : { ...r.session } }]),
      session: (s): void => void told.push(['session', { ...s }]),
    },
  });
  analyzer.source({ name, reference: Date.UTC(2026, 2, 4) });
  for (const line of lines) analyzer.line(line);
  analyzer.endSource({ bytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) });
  return {
    report: analyzer.report(10),
    sources: [name],
    feed: (writer, out): void => {
      for (const item of told) {
        if (item[0] === 'exchange') out.push(writer.exchange?.(item[1]) ?? '');
        if (item[0] === 'transfer') out.push(writer.transfer?.(item[1]) ?? '');
        if (item[0] === 'remark') out.push(writer.remark?.(item[1]) ?? '');
        if (item[0] === 'session') out.push(writer.session?.(item[1]) ?? '');
      }
    },
  };
}

export function sampleLines(): readonly string[] {
  return readFileSync(sampleFile, 'utf8').trimEnd().split('\n');
}

function meta(id: string, more: Partial<RuleMeta>): RuleMeta {
  return {
    id,
    status: 'stable',
    severity: 'medium',
    group: 'authentication',
    title: `Sample rule ${id}`,
    why: 'It is part of the sample',
    advice: 'Read the sample. It has a second sentence.',
    falseAlarms: 'None in the sample.',
    references: ['RFC 959 §5.4'],
    attack: ['T1110'],
    cwe: ['CWE-307'],
    ...more,
  };
}

function rule<S>(ruleMeta: RuleMeta, fold: Fold<S, readonly Finding[]>): RuleChoice {
  const made: Rule<S> = { meta: ruleMeta, create: () => fold };
  return { rule: made, thresholds: {} };
}

interface Refused {
  client: string;
  user: string;
  places: { source: number; line: number }[];
  times: number[];
}

function finding(ruleMeta: RuleMeta, r: Refused, message: string, subject: Finding['subject']): Finding {
  return {
    rule: ruleMeta.id,
    severity: ruleMeta.severity,
    message,
    subject,
    count: r.places.length,
    firstTime: Math.min(...r.times),
    lastTime: Math.max(...r.times),
    evidence: r.places
      .slice(0, 10)
      .map((place, i) => ({ ...place, role: i === 0 ? 'trigger' : 'sample', session: '' })),
    identity: '',
  };
}

const guessing = meta('sample-guessing', {
  severity: 'high',
  title: 'A client guesses passwords',
  advice: 'Block the client. Then look at what it tried.',
});
const refusedUser = meta('sample-refused-user', {
  severity: 'info',
  title: 'A user was refused',
  group: 'authentication',
});
const oddVerb = meta('sample-odd-verb', {
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A command that no server knows',
  cwe: [],
  attack: [],
  references: [],
});
const never = meta('sample-never', { severity: 'critical', group: 'integrity', title: 'This never happens' });

function collect(state: Map<string, Refused>, key: string, l: Login | Exchange, user: string): void {
  const known = state.get(key) ?? { client: l.session.client, user, places: [], times: [] };
  known.places.push({ source: l.source, line: l.line });
  known.times.push(l.time);
  state.set(key, known);
}

/** Rules of the sample: one that finds much, one that states facts, one on a verb, one that finds nothing. */
export const sampleRules: readonly RuleChoice[] = [
  rule<Map<string, Refused>>(guessing, {
    init: () => new Map(),
    login: (state, l): void => {
      if (!l.ok) collect(state, l.session.client, l, l.user);
    },
    merge: (): void => undefined,
    finish: (state) =>
      [...state.values()]
        .filter((r) => r.places.length >= 3)
        .map((r) => finding(guessing, r, `${r.places.length} refused logins of ${r.client}`, { client: r.client })),
  }),
  rule<Map<string, Refused>>(never, { init: () => new Map(), merge: (): void => undefined, finish: () => [] }),
  rule<Map<string, Refused>>(oddVerb, {
    init: () => new Map(),
    exchange: (state, x): void => {
      if (x.code === 500) collect(state, x.verb, x, x.session.user);
    },
    merge: (): void => undefined,
    finish: (state) =>
      [...state].map(([verb, r]) =>
        finding(oddVerb, r, `'${verb}' was not understood`, { client: r.client, user: r.user }),
      ),
  }),
  rule<Map<string, Refused>>(refusedUser, {
    init: () => new Map(),
    login: (state, l): void => {
      if (!l.ok) collect(state, l.user, l, l.user);
    },
    merge: (): void => undefined,
    finish: (state) =>
      [...state.values()].map((r) => finding(refusedUser, r, `'${r.user}' was refused`, { user: r.user })),
  }),
];
