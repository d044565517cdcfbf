/** `prometheus`: the text exposition format, for a textfile collector. Names of users and clients are no labels: they have no bound. */
import type { Cell, Row } from '../model.ts';
import { isVerb } from '../protocol/commands.ts';
import type { Report } from '../report.ts';
import { prometheusLabel } from './escape.ts';
import type { Reporter } from './reporter.ts';

interface Sample {
  /** Behind the name: `_bucket`, `_sum`; '' if none. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function* render(report: Report): Iterable<string> {
  const o = report.tables.get('overview')?.[0] ?? {};
  const rows = (id: string): readonly Row[] => report.tables.get(id) ?? [];
  const n = (cell: Cell | undefined): number => Number(cell ?? 0);
  const t = report.tally;

  yield* metric('ftplog_info', 'gauge', 'The program that wrote this.', [
    { labels: { version: report.tool.version }, value: 1 },
  ]);
  yield* metric(
    'ftplog_lines_total',
    'counter',
    'Lines read, by what became of them.',
    byLabel('state', { understood: t.understood, noise: t.noise, unparsed: t.unparsed, blank: t.blank }),
  );
  yield* metric('ftplog_read_bytes_total', 'counter', 'Octets read.', plain(t.bytes));
  yield* metric(
    'ftplog_unread_sources',
    'gauge',
    'Sources that were not, or only in part, read.',
    plain(report.sources.filter((s) => s.error !== '').length),
  );
  yield* metric(
    'ftplog_sessions_total',
    'counter',
    'Sessions, by how they ended.',
    byLabel('end', {
      quit: n(o['endedQuit']),
      'service-closing': n(o['endedServiceClosing']),
      dropped: n(o['endedDropped']),
      evicted: n(o['endedEvicted']),
      'end-of-input': n(o['endedEndOfInput']),
    }),
  );
  yield* metric('ftplog_commands_total', 'counter', 'Commands of the user-PI.', told(o['commands']));
  yield* metric('ftplog_unanswered_commands_total', 'counter', 'Commands without a reply.', told(o['unanswered']));
  yield* metric(
    'ftplog_verb_commands_total',
    'counter',
    'Commands by verb and outcome.',
    rows('commands').flatMap((row) =>
      ['ok', 'failed', 'unanswered'].flatMap((result) =>
        told(row[result]).map((sample) => ({ ...sample, labels: { verb: verbLabel(row['verb']), result } })),
      ),
    ),
  );
  yield* metric(
    'ftplog_replies_total',
    'counter',
    'Replies by class.',
    rows('classes').map((row) => ({ labels: { class: String(row['class']) }, value: n(row['count']) })),
  );
  yield* metric(
    'ftplog_reply_codes_total',
    'counter',
    'Replies by code, the most frequent codes.',
    rows('codes').map((row) => ({ labels: { code: String(row['code']) }, value: n(row['count']) })),
  );
  yield* metric(
    'ftplog_logins_total',
    'counter',
    'Attempts to log in, by result.',
    byLabel('result', { ok: o['loginsOk'], failed: o['loginsFailed'] }),
  );
  yield* metric(
    'ftplog_transfers_total',
    'counter',
    'Files moved, by direction.',
    byLabel('direction', { download: o['downloads'], upload: o['uploads'] }),
  );
  yield* metric(
    'ftplog_incomplete_transfers_total',
    'counter',
    'Transfers that broke off.',
    told(o['incompleteTransfers']),
  );
  yield* metric(
    'ftplog_transfer_bytes_total',
    'counter',
    'Octets over data connections, by direction.',
    byLabel('direction', { download: o['bytesDown'], upload: o['bytesUp'] }),
  );
  yield* metric(
    'ftplog_command_latency_seconds',
    'histogram',
    'From a command to its final reply.',
    histogram(rows('latency')),
  );
  yield* metric(
    'ftplog_findings',
    'gauge',
    'Findings by rule and severity; 0 for a rule that found nothing.',
    findings(report),
  );
  if (report.baseline !== undefined) {
    yield* metric('ftplog_new_findings', 'gauge', 'Findings that are not in the baseline.', plain(report.baseline.new));
  }
  if (report.suppressed !== undefined) {
    yield* metric(
      'ftplog_allowed_findings',
      'gauge',
      'Findings that the allow-list covers.',
      plain(report.suppressed.length),
    );
  }
  yield* metric(
    'ftplog_first_event_timestamp_seconds',
    'gauge',
    'Time of the first event of the log.',
    timeOf(o['firstTime']),
  );
  yield* metric(
    'ftplog_last_event_timestamp_seconds',
    'gauge',
    'Time of the last event of the log.',
    timeOf(o['lastTime']),
  );
}

/** What clients make up is one series: they could make as many as they like, and a time series is kept for months. */
function verbLabel(verb: Cell | undefined): string {
  const text = String(verb);
  return isVerb(text) || text === '(empty)' ? text : 'other';
}

/** Samples whose labels read the same are one: a series may stand only once. */
function* metric(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): Iterable<string> {
  if (samples.length === 0) return;
  const series = new Map<string, number>();
  for (const { suffix = '', labels, value } of samples) {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${prometheusLabel(text)}"`);
    const id = `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`;
    series.set(id, (series.get(id) ?? 0) + value);
  }
  yield `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (const [id, value] of series) yield `${id} ${value}\n`;
}

function plain(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

/** No sample for what the log does not tell: a zero would be a claim. */
function told(cell: Cell | undefined): readonly Sample[] {
  return cell === null ? [] : plain(Number(cell ?? 0));
}

function byLabel(label: string, values: Readonly<Record<string, Cell | undefined>>): readonly Sample[] {
  return Object.entries(values).flatMap(([text, value]) =>
    told(value).map((sample) => ({ ...sample, labels: { [label]: text } })),
  );
}

function histogram(rows: readonly Row[]): readonly Sample[] {
  let count = 0;
  let sumMs = 0;
  const buckets: Sample[] = [];
  for (const row of rows) {
    count += Number(row['count']);
    sumMs += Number(row['sumMs']);
    if (row['toMs'] !== null)
      buckets.push({ suffix: '_bucket', labels: { le: String(Number(row['toMs']) / 1000) }, value: count });
  }
  if (count === 0) return [];
  return [
    ...buckets,
    { suffix: '_bucket', labels: { le: '+Inf' }, value: count },
    { suffix: '_sum', labels: {}, value: sumMs / 1000 },
    { suffix: '_count', labels: {}, value: count },
  ];
}

function findings(report: Report): readonly Sample[] {
  const counts = new Map<string, number>();
  for (const rule of report.rules) counts.set(`${rule.id} ${rule.severity}`, 0);
  for (const f of report.findings)
    counts.set(`${f.rule} ${f.severity}`, (counts.get(`${f.rule} ${f.severity}`) ?? 0) + 1);
  return [...counts].map(([key, value]) => {
    const [rule = '', severity = ''] = key.split(' ');
    return { labels: { rule, severity }, value };
  });
}

function timeOf(cell: Cell | undefined): readonly Sample[] {
  return typeof cell === 'string' ? plain(Date.parse(cell) / 1000) : [];
}

export const prometheus: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => render(report) }),
};
