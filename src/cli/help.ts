/** The help texts. */
import { reporters } from '../reporters/index.ts';
import { wrap } from '../reporters/width.ts';
import { commands } from './commands.ts';
import { flags } from './flags.ts';

export const shortHelp = `Usage: ftplog [OPTIONS] [FILE…]
Reads FTP logs and transcripts from files or standard input:

  cat session.log | ftplog
  ftplog /var/log/vsftpd.log

See ftplog --help for all options.
`;

/** What `ftplog --help` says, in 80 columns. */
export function longHelp(): string {
  const formats = `Formats: ${reporters.map((r) => r.id).join(', ')}`;
  return `Usage: ftplog [OPTIONS] [FILE…]
       ftplog COMMAND …

Reads FTP transcripts and server logs, pairs every command with its reply,
and reports what happened and what is odd. The log format is recognised by
content. Without FILE, or with -, standard input is read. gzip, xz, zstd and
bzip2 are unpacked.

Commands:
${commands.map((c) => entry(`  ${c.usage}`, c.help, 34)).join('')}
Options:
${optionHelp()}
${wrapped(formats, 0)}
Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use,
3 an input not read or only in part, an output not written, more lines not
understood than --max-unparsed, or, with --fail-on or a format for CI, no FTP
in an input; 128+n a signal ended the reading.
`;
}

function optionHelp(): string {
  return Object.entries(flags)
    .map(([name, flag]) => {
      const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
      return entry(`  ${short}--${name}${flag.value === undefined ? '' : ` ${flag.value}`}`, flag.help, 30);
    })
    .join('');
}

/** What it is called, and from `column` on what it does. */
function entry(left: string, help: string, column: number): string {
  return `${left.padEnd(column)}${wrapped(help, column)}`;
}

function wrapped(text: string, column: number): string {
  return `${wrap(text, 80 - column, Number.POSITIVE_INFINITY).join(`\n${' '.repeat(column)}`)}\n`;
}
