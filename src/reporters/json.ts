/** `json`: the whole report as one object. */
import type { Report } from '../report.ts';
import { escapeJson } from './escape.ts';
import { jsonReport } from './json-report.ts';
import type { Reporter } from './reporter.ts';

export const json: Reporter = {
  open: () => ({ end: (report: Report): Iterable<string> => [`${escapeJson(jsonReport(report), 2)}\n`] }),
};
