/** The commands beside the analysis itself, each loaded when it is asked for. */
import type { CliIo } from './io.ts';

/** Runs with the arguments behind its name; resolves to the exit status. */
export type RunCommand = (argv: readonly string[], io: CliIo) => Promise<number>;

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  load(): Promise<RunCommand>;
}

export const commands: readonly Command[] = [
  {
    name: 'explain',
    usage: 'explain CODE|VERB|RULE|LINE',
    help: 'what it means and what to do; two codes: the comparison',
    load: async () => (await import('./explain-command.ts')).runExplainCommand,
  },
  {
    name: 'dialects',
    usage: 'dialects [--explain FILE…]',
    help: 'the log formats that are understood; which one a file is in',
    load: async () => (await import('./dialects.ts')).runDialects,
  },
  {
    name: 'rules',
    usage: 'rules [--format json]',
    help: 'the anomaly rules: id, severity, one line',
    load: async () => (await import('./rules.ts')).runRules,
  },
  {
    name: 'diff',
    usage: 'diff OLD NEW [--fail-on WHAT]',
    help: 'what changed between two JSON reports',
    load: async () => (await import('./diff.ts')).runDiff,
  },
  {
    name: 'render',
    usage: 'render REPORT.json [-o F=FILE]',
    help: 'any report format from a saved JSON report',
    load: async () => (await import('./render.ts')).runRender,
  },
];
