/** Inputs in which no FTP was found: a run that is to judge them has not read them. */
import { dialects as dialectList } from '../dialects/index.ts';
import type { Report, SourceRow } from '../report.ts';

/** The report with such inputs as not read. */
export function judgedUnread(report: Report): Report {
  if (!report.sources.some((source) => source.error === '' && holdsNoFtp(source))) return report;
  return {
    ...report,
    sources: report.sources.map((source) =>
      source.error === '' && holdsNoFtp(source) ? { ...source, error: noFtpText(source) } : source,
    ),
  };
}

/** Nothing in it is FTP. A server's log may hold its head or its start alone; a transcript or capture without FTP is none. */
export function holdsNoFtp({ understood, noise, dialects }: SourceRow): boolean {
  return understood === 0 && (noise === 0 || !dialects.some(({ id }) => isServers(id)));
}

function isServers(id: string): boolean {
  const { side } = dialectList.find((dialect) => dialect.id === id) ?? {};
  return side === 'server' || side === 'transfer';
}

/** Why there is nothing to judge. */
export function noFtpText({ lines, blank }: SourceRow): string {
  if (lines === 0) return 'is empty: no FTP found';
  return blank === lines ? 'holds blank lines only: no FTP found' : 'no FTP found in it';
}
