/** `ftplog explain`, with the rules and the log formats behind it. */
import { runExplain } from './explain.ts';
import { explainSources } from './explain-sources.ts';
import type { CliIo } from './io.ts';
import { terminalWidth, wantsColor } from './terminal.ts';

export function runExplainCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const write = {
    stdout: (text: string): void => void io.stdout.write(text),
    stderr: (text: string): void => void io.stderr.write(text),
    color: wantsColor(undefined, io),
    width: terminalWidth(io),
  };
  return runExplain(argv, write, explainSources);
}
