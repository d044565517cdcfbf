/** `json`: the whole report as one object. */
import type { Report } from '../report.ts';
import { escapeJson } from './escape.ts';
import { jsonReport } from './json-report.ts';
import type { Reporter } from './reporter.ts';

export const json: Reporter = {
  id: 'json',
  title: 'one JSON object, with every table',
  extension: 'json',
  open: () => ({ end: (report: Report): Iterable<string> => [`${escapeJson(jsonReport(report), 2)}\n`] }),
};
