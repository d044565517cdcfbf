/** All report formats. Each is loaded when it is asked for. */
import type { Reporter } from './reporter.ts';

export interface ReporterEntry {
  readonly id: string;
  readonly title: string;
  load(): Promise<Reporter>;
}

export const reporters: readonly ReporterEntry[] = [
  { id: 'table', title: 'tables for a terminal', load: async () => (await import('./table.ts')).table },
  { id: 'json', title: 'one JSON object with every table', load: async () => (await import('./json.ts')).json },
  { id: 'ndjson', title: 'one JSON object a line, as things complete', load: async () => (await import('./ndjson.ts')).ndjson },
];
