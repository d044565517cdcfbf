/** All report formats. Each is loaded when it is asked for, but for the one that nearly every run wants. */
import type { Reporter } from './reporter.ts';
import { table } from './table.ts';

export interface ReporterEntry {
  readonly id: string;
  readonly title: string;
  /** A check passes or fails in it. */
  readonly judges?: true;
  load(): Promise<Reporter>;
}

export const reporters: readonly ReporterEntry[] = [
  { id: 'table', title: 'tables for a terminal', load: () => Promise.resolve(table) },
  { id: 'json', title: 'one JSON object, with every table', load: async () => (await import('./json.ts')).json },
  {
    id: 'ndjson',
    title: 'one JSON object a line, as things complete',
    load: async () => (await import('./ndjson.ts')).ndjson,
  },
  { id: 'csv', title: 'comma-separated rows (--rows), RFC 4180', load: async () => (await import('./csv.ts')).csv },
  {
    id: 'markdown',
    title: 'Markdown, for a pull request or a job summary',
    load: async () => (await import('./markdown.ts')).markdown,
  },
  { id: 'html', title: 'one HTML file with charts and tables', load: async () => (await import('./html.ts')).html },
  {
    id: 'junit',
    judges: true,
    title: 'JUnit XML, one test case per rule',
    load: async () => (await import('./junit.ts')).junit,
  },
  {
    id: 'sarif',
    judges: true,
    title: 'SARIF 2.1.0 for code scanning',
    load: async () => (await import('./sarif.ts')).sarif,
  },
  {
    id: 'github',
    judges: true,
    title: 'annotations for GitHub Actions',
    load: async () => (await import('./github.ts')).github,
  },
  {
    id: 'gitlab',
    judges: true,
    title: 'code quality report for GitLab',
    load: async () => (await import('./gitlab.ts')).gitlab,
  },
  {
    id: 'prometheus',
    title: 'text format of Prometheus',
    load: async () => (await import('./prometheus.ts')).prometheus,
  },
];
