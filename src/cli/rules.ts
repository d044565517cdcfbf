/** `ftplog rules`: the anomaly rules, by id. */

import { wrap } from '../reporters/width.ts';
import { rules } from '../rules/index.ts';
import { chosen } from './choice.ts';
import type { CliIo } from './io.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { parseWords } from './words.ts';

const usage = `Usage: ftplog rules [-f json]

Lists the anomaly rules: id, severity, title. \`ftplog explain RULE\` has the
rest: why it matters, what to do, when it fires without harm.

Options:
  -f, --format NAME   text (default) or json
  -h, --help          print this help
`;

/** Runs the command; resolves to the exit status. */
export function runRules(argv: readonly string[], io: CliIo): Promise<number> {
  const { positionals, values } = parseWords('rules', argv, { format: true, help: false });
  if (values.has('help')) {
    io.stdout.write(usage);
    return Promise.resolve(0);
  }
  const format = chosen('format', values.get('format') ?? 'text', ['text', 'json']);
  if (positionals.length > 0) throw new UsageError(`ftplog rules takes no name — ftplog explain ${positionals[0]}`);
  const metas = rules.map((r) => r.meta);
  if (format === 'json') io.stdout.write(`${JSON.stringify(metas, null, 2)}\n`);
  else {
    const width = Math.max(0, ...metas.map((m) => m.id.length));
    const depth = width + 12;
    // One line a rule, except on a terminal that is too narrow for it.
    const room = io.stdout.isTTY === true ? Math.max(20, terminalWidth(io) - depth) : Number.POSITIVE_INFINITY;
    for (const m of metas) {
      const title = `${m.title}${m.status === 'stable' ? '' : ` (${m.status})`}`;
      const lines = wrap(title, room, 10).join(`\n${' '.repeat(depth)}`);
      io.stdout.write(`${m.id.padEnd(width)}  ${m.severity.padEnd(8)}  ${lines}\n`);
    }
  }
  return Promise.resolve(0);
}
