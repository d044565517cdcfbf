/** The help texts. */
import { reporters } from '../reporters/index.ts';
import { commands } from './commands.ts';
import { flagHelp, helpEntry, helpText } from './flag.ts';
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
${commands.map((c) => helpEntry(`  ${c.usage}`, c.help, 34)).join('')}
Options:
${flagHelp(flags, 30, '    ')}
${helpText(formats, 0)}
Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use,
3 an input not read or only in part, an output not written, more lines not
understood than --max-unparsed, or, with --fail-on or a format for CI, no FTP
in an input; 128+n a signal ended the reading.
`;
}
