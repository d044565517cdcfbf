/** The help texts. */
import { reporters } from '../reporters/index.ts';
import { commands } from './commands.ts';
import { flagHelp } from './flags.ts';

export const shortHelp = `Usage: ftplog [OPTIONS] [FILE…]
Reads FTP logs and transcripts from files or standard input:

  cat session.log | ftplog
  ftplog /var/log/vsftpd.log

See ftplog --help for all options.
`;

export function longHelp(): string {
  const list = commands.map((c) => `  ${c.usage.padEnd(30)}${c.help}\n`).join('');
  return `Usage: ftplog [OPTIONS] [FILE…]
       ftplog COMMAND …

Reads FTP transcripts and server logs, pairs every command with its reply,
and reports what happened and what is odd. The log format is recognised by
content. Without FILE, or with -, standard input is read; gzip is unpacked.

Commands:
${list}
Options:
${flagHelp()}
Formats: ${reporters.map((r) => r.id).join(', ')}

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use,
3 input not read or read only in part.
`;
}
