/** The commands beside the analysis itself, each loaded when it is asked for; and short words for an analysis. */
import type { Command } from './command.ts';

interface CommandEntry {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  load?(): Promise<Command>;
  /** The command is an analysis with these options. */
  readonly options?: readonly string[];
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'explain',
    usage: 'explain CODE|VERB|RULE|LINE',
    help: 'what it means and what to do; two codes: the comparison',
    load: async () => (await import('./explain-command.ts')).explain,
  },
  {
    name: 'why',
    usage: 'why [FILE…]',
    help: 'only why something failed: cause, who must change what',
    options: ['--format', 'why'],
  },
  {
    name: 'dialects',
    usage: 'dialects [--explain FILE…]',
    help: 'the log formats that are understood; which one a file is in',
    load: async () => (await import('./dialects.ts')).dialectsCommand,
  },
  {
    name: 'rules',
    usage: 'rules [--format json]',
    help: 'the anomaly rules: id, severity, one line',
    load: async () => (await import('./rules.ts')).rulesCommand,
  },
  {
    name: 'diff',
    usage: 'diff OLD NEW [--fail-on WHAT]',
    help: 'what changed between two JSON reports',
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'render',
    usage: 'render REPORT.json [-o F=FILE]',
    help: 'any report format from a saved JSON report',
    load: async () => (await import('./render.ts')).render,
  },
];
