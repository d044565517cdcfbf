/** `ftplog rules`: the anomaly rules, by id. */
import type { RuleMeta } from '../model.ts';
import { wrap } from '../reporters/width.ts';
import { rules } from '../rules/index.ts';
import { command, formatFlag } from './command.ts';
import type { CliIo } from './io.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const format = formatFlag(['text', 'json'], 'text (default) or json');
export const rulesCommand = command({
  name: 'rules',
  usage: '[-f json]',
  about: `Lists the anomaly rules: id, severity, title. \`ftplog explain RULE\` has the
rest: why it matters, what to do, when it fires without harm.`,
  flags: [format],
  async run(asked, io): Promise<number> {
    const [name] = asked.operands;
    if (name !== undefined) throw new UsageError(`ftplog rules takes no name — ftplog explain ${name}`);
    const metas = rules.map((r) => r.meta);
    io.stdout.write(asked.format === 'json' ? `${JSON.stringify(metas, null, 2)}\n` : asText(metas, io));
    return 0;
  },
});

function asText(metas: readonly RuleMeta[], io: CliIo): string {
  const width = Math.max(0, ...metas.map((m) => m.id.length));
  const depth = width + 12;
  // One line a rule, except on a terminal that is too narrow for it.
  const room = io.stdout.isTTY === true ? Math.max(20, terminalWidth(io) - depth) : Number.POSITIVE_INFINITY;
  return metas
    .map((m) => {
      const title = `${m.title}${m.status === 'stable' ? '' : ` (${m.status})`}`;
      const lines = wrap(title, room, 10).join(`\n${' '.repeat(depth)}`);
      return `${m.id.padEnd(width)}  ${m.severity.padEnd(8)}  ${lines}\n`;
    })
    .join('');
}
