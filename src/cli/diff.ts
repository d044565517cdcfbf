/** `ftplog diff OLD NEW`: what changed between two JSON reports. */
import { topRange } from '../limits.ts';
import type { Report } from '../report.ts';
import { escapeJson } from '../reporters/escape.ts';
import { compareReports, type Difference } from '../review/compare.ts';
import { differenceMarkdown } from '../review/difference-markdown.ts';
import { differenceText } from '../review/difference-text.ts';
import { rules } from '../rules/index.ts';
import { command, formatFlag } from './command.ts';
import { withoutSecrets } from './discreet.ts';
import { checkFailOn, isFailing } from './fail-on.ts';
import { flag, last, text, wholeNumber } from './flag.ts';
import type { CliIo } from './io.ts';
import { ReportFileError, readReport } from './report-file.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const format = formatFlag(['text', 'json', 'markdown'], 'text (default), json or markdown');
const failOn = flag('fail-on', {
  value: 'WHAT',
  help: 'exit 1 on a new finding of this severity or above, or of this rule (default: never)',
  settle: last(text, 'never'),
});
const top = flag('top', {
  value: 'N',
  help: 'rows per section, 0 for all (default: 10)',
  settle: last(wholeNumber(topRange), 10),
});
export const diff = command({
  name: 'diff',
  usage: 'OLD NEW [OPTIONS]',
  about: `Compares two JSON reports (--format json, or -o json=FILE): findings that are
new, gone and still there, and the totals, codes, commands, clients and users
that changed. Findings are the same if their fingerprints are. Reports that
were written with --top list only a part of a table: what only one of them
lists is not compared, and that is said. One of both may be -, standard input.`,
  flags: [format, failOn, top],
  more: `Exit status: 0 no such new findings, 1 new findings, 2 wrong use,
3 a report could not be read.`,
  async run(asked, io): Promise<number> {
    const [old, next, ...others] = asked.operands;
    if (old === undefined || next === undefined || others.length > 0)
      throw new UsageError('diff wants two files — ftplog diff old.json new.json');
    if (old === '-' && next === '-') throw new UsageError('only one report of diff can be standard input');
    const reports = await bothReports([old, next], io);
    if (reports === undefined) return 3;
    const [before, after] = reports;
    checkFailOn(asked.failOn, [...rules.map((rule) => rule.meta), ...after.rules]);
    const difference = compareReports(before, after, [withoutSecrets(old), withoutSecrets(next)]);
    const wanted = { format: asked.format, top: asked.top, width: terminalWidth(io) };
    for (const piece of rendered(difference, wanted)) io.stdout.write(piece);
    return difference.findings.new.some((finding) => isFailing(finding, asked.failOn)) ? 1 : 0;
  },
});

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

interface Wanted {
  readonly format: ReturnType<typeof format.settle>;
  readonly top: number;
  readonly width: number;
}

function rendered(d: Difference, { format, top, width }: Wanted): Iterable<string> {
  if (format === 'json') return [`${escapeJson(d, 2)}\n`];
  return format === 'markdown' ? differenceMarkdown(d, top) : differenceText(d, { width, top });
}
