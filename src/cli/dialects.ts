/** `ftplog dialects`: the log formats; with `--explain`, what a file was taken for, and why. */
import { createAnalyzer } from '../analyze.ts';
import { dialects } from '../dialects/index.ts';
import { feedOne, unwatched } from '../feed.ts';
import type { Aspect } from '../model.ts';
import type { Recognised } from '../recognition/source-reader.ts';
import { tail } from '../recognition/tail.ts';
import { counted } from '../reporters/format.ts';
import { aspectsText, countText } from '../reporters/source-text.ts';
import { cutEnd } from '../reporters/width.ts';
import { byText, printable } from '../text.ts';
import { wrappers } from '../wrappers/index.ts';
import { command, formatFlag } from './command.ts';
import { withoutSecrets } from './discreet.ts';
import { flag, given } from './flag.ts';
import { inputOf } from './input.ts';
import type { CliIo } from './io.ts';
import { readError } from './read-error.ts';
import { terminalWidth } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const format = formatFlag(['text', 'json'], 'of the list: text (default) or json');
const explain = flag('explain', { help: 'what a file was taken for, and why', settle: given });

export const dialectsCommand = command({
  name: 'dialects',
  usage: '[-f json]\n--explain [FILE…]',
  about: `Lists the log formats that are understood, each with how it is known:
recorded from the program, from its source, pasted by its users, documented by
its makers, or unverified. With --explain: what a file was taken for, and why.`,
  flags: [explain, format],
  async run(asked, io): Promise<number> {
    const { operands } = asked;
    if (asked.explain) return explainFiles(operands.length === 0 ? ['-'] : operands, io);
    if (operands.length > 0)
      throw new UsageError(`ftplog dialects takes no file — ftplog dialects --explain ${operands[0]}`);
    io.stdout.write(asked.format === 'json' ? asJson() : asText());
    return 0;
  },
});

function asText(): string {
  const formats = [...dialects]
    .sort((a, b) => byText(a.id, b.id))
    .map((d) => entry(d.id, d.evidence, d.title, d.example, d.lacks ?? []));
  const around = [...wrappers, tail]
    .sort((a, b) => byText(a.id, b.id))
    .map((w) => entry(w.id, w.evidence, w.title, w.example, []));
  return `${formats.join('')}\nAround a line, with any of the formats inside:\n\n${around.join('')}`;
}

function entry(id: string, evidence: string, title: string, example: string, lacks: readonly Aspect[]): string {
  const gaps = lacks.length === 0 ? '' : `  leaves out ${aspectsText(lacks)}\n`;
  const line = printable(example);
  return `${id} (${evidence})\n  ${title}\n${gaps}  ${line.length > 76 ? `${line.slice(0, 75)}…` : line}\n`;
}

function asJson(): string {
  const rows = [...dialects]
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, title, evidence, side, lacks = [], example }) => ({ id, title, evidence, side, lacks, example }));
  const around = [...wrappers, tail]
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, title, evidence, example }) => ({ id, title, evidence, example }));
  return `${JSON.stringify({ dialects: rows, wrappers: around }, null, 2)}\n`;
}

async function explainFiles(names: readonly string[], io: CliIo): Promise<number> {
  let status = 0;
  for (const name of names) {
    try {
      io.stdout.write(await explained(name, io));
    } catch (error) {
      io.stderr.write(`ftplog: ${printable(name)}: ${readError(error)}\n`);
      status = 3;
    }
  }
  return status;
}

async function explained(name: string, io: CliIo): Promise<string> {
  const analyzer = createAnalyzer({ rules: [] });
  const { recognised } = await feedOne(analyzer, inputOf(name, io), 0, unwatched);
  const source = analyzer.end().sources[0];
  const head = `${printable(withoutSecrets(name))}: ${source === undefined ? 'nothing read' : countText(source)}\n`;
  if (recognised.length === 0)
    return `${head}  no FTP format recognised\n${samples(source?.samples ?? [], terminalWidth(io))}`;
  return head + recognised.map(group).join('') + samples(source?.samples ?? [], terminalWidth(io));
}

function group(r: Recognised): string {
  const chain = [...r.wrappers, r.dialect].join(' > ');
  const by = r.program === '' ? '' : `, written by ${printable(r.program)}`;
  const runnerUp =
    r.runnerUp === '' ? 'no other format came near' : `runner-up ${r.runnerUp} (${percent(r.runnerUpScore)})`;
  const first = r.firstUnparsed === 0 ? '' : `\n    first line not understood by it: ${r.firstUnparsed}`;
  return `  from line ${r.line}: ${chain} (${percent(r.score)})${by}\n    ${counted(r.lines, 'line')}; ${runnerUp}${first}\n`;
}

function percent(score: number): string {
  return `${Math.round(score * 100)} %`;
}

function samples(lines: readonly { readonly line: number; readonly text: string }[], width: number): string {
  return lines.map((s) => `${cutEnd(`  not understood, line ${s.line}: ${s.text}`, width)}\n`).join('');
}
