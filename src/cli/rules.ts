/** `ftplog rules`: the anomaly rules, by id. */
import { rules } from '../rules/index.ts';
import { UsageError } from './flags.ts';
import type { CliIo } from './io.ts';
import { parseWords } from './words.ts';

export function runRules(argv: readonly string[], io: CliIo): Promise<number> {
  const { positionals, values } = parseWords('rules', argv, { format: true });
  const format = values.get('format') ?? 'text';
  if (format !== 'text' && format !== 'json') throw new UsageError(`unknown format '${format}' — text or json`);
  if (positionals.length > 0) throw new UsageError(`ftplog rules takes no name — ftplog explain ${positionals[0]}`);
  const metas = rules.map((r) => r.meta);
  if (format === 'json') io.stdout.write(`${JSON.stringify(metas, null, 2)}\n`);
  else {
    const width = Math.max(0, ...metas.map((m) => m.id.length));
    for (const m of metas)
      io.stdout.write(`${m.id.padEnd(width)}  ${m.severity.padEnd(8)}  ${m.status.padEnd(6)}  ${m.title}\n`);
  }
  return Promise.resolve(0);
}
