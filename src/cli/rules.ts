/** `ftplog rules`: the anomaly rules, by id. */

import { wrap } from '../reporters/width.ts';
import { rules } from '../rules/index.ts';
import { flagHelp } from './flag.ts';
import type { CliIo } from './io.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { formatFlag, help, parseWords } from './words.ts';

const format = formatFlag(['text', 'json'], 'text (default) or json');
const options = [format, help];

const usage = `Usage: ftplog rules [-f json]

Lists the anomaly rules: id, severity, title. \`ftplog explain RULE\` has the
rest: why it matters, what to do, when it fires without harm.

Options:
${flagHelp(options, 22)}`;

/** Runs the command; resolves to the exit status. */
export function runRules(argv: readonly string[], io: CliIo): Promise<number> {
  const words = parseWords('rules', argv, options);
  if (words.of(help)) {
    io.stdout.write(usage);
    return Promise.resolve(0);
  }
  const asJson = words.of(format) === 'json';
  const [name] = words.positionals;
  if (name !== undefined) throw new UsageError(`ftplog rules takes no name — ftplog explain ${name}`);
  const metas = rules.map((r) => r.meta);
  if (asJson) io.stdout.write(`${JSON.stringify(metas, null, 2)}\n`);
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
