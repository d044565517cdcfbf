/** `ftplog diff OLD NEW`: what changed between two JSON reports. */
import type { Report } from '../report.ts';
import { escapeJson } from '../reporters/escape.ts';
import { compareReports, type Difference } from '../review/compare.ts';
import { differenceMarkdown } from '../review/difference-markdown.ts';
import { differenceText } from '../review/difference-text.ts';
import { rules } from '../rules/index.ts';
import { chosen } from './choice.ts';
import { withoutSecrets } from './discreet.ts';
import { checkFailOn, isFailing } from './fail-on.ts';
import type { CliIo } from './io.ts';
import { ReportFileError, readReport } from './report-file.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { parseWords } from './words.ts';

const usage = `Usage: ftplog diff OLD NEW [OPTIONS]

Compares two JSON reports (--format json, or -o json=FILE): findings that are
new, gone and still there, and the totals, codes, commands, clients and users
that changed. Findings are the same if their fingerprints are. Reports that
were written with --top list only a part of a table: what only one of them
lists is not compared, and that is said. One of both may be -, standard input.

Options:
  -f, --format NAME   text (default), json or markdown
  --fail-on WHAT      exit 1 on a new finding of this severity or above, or of
                      this rule (default: never)
  --top N             rows per section, 0 for all (default: 10)
  -h, --help          print this help

Exit status: 0 no such new findings, 1 new findings, 2 wrong use,
3 a report could not be read.
`;

const formats = ['text', 'json', 'markdown'] as const;

/** Runs the command; resolves to the exit status. */
export async function runDiff(argv: readonly string[], io: CliIo): Promise<number> {
  const words = parseWords('diff', argv, { format: true, 'fail-on': true, top: true, help: false });
  const { positionals, values } = words;
  if (values.has('help')) {
    io.stdout.write(usage);
    return 0;
  }
  const [old, next, ...others] = positionals;
  if (old === undefined || next === undefined || others.length > 0)
    throw new UsageError('diff wants two files — ftplog diff old.json new.json');
  if (old === '-' && next === '-') throw new UsageError('only one report of diff can be standard input');
  const format = chosen('format', values.get('format') ?? 'text', formats);
  const top = topOf(values.get('top') ?? '10');
  const failOn = values.get('fail-on') ?? 'never';
  const reports = await bothReports([old, next], io);
  if (reports === undefined) return 3;
  const [before, after] = reports;
  checkFailOn(failOn, [...rules.map((rule) => rule.meta), ...after.rules]);
  const difference = compareReports(before, after, [withoutSecrets(old), withoutSecrets(next)]);
  for (const piece of rendered(difference, format, top, terminalWidth(io))) io.stdout.write(piece);
  return difference.findings.new.some((finding) => isFailing(finding, failOn)) ? 1 : 0;
}

function topOf(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--top wants a whole number from 0 to 1000000, not '${text}'`);
  return Number(text);
}

async function bothReports(
  [old, next]: readonly [string, string],
  io: CliIo,
): Promise<readonly [Report, Report] | undefined> {
  try {
    return [await readReport(old, io), await readReport(next, io)];
  } catch (error) {
    if (!(error instanceof ReportFileError)) throw error;
    io.stderr.write(`ftplog: ${error.message} — write one with ftplog -o json=FILE\n`);
    return undefined;
  }
}

function rendered(d: Difference, format: (typeof formats)[number], top: number, width: number): Iterable<string> {
  if (format === 'json') return [`${escapeJson(d, 2)}\n`];
  return format === 'markdown' ? differenceMarkdown(d, top) : differenceText(d, { width, top });
}
