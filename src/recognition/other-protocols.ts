/** Transcripts of protocols that look like FTP from afar: mail and news have codes, verbs and direction marks, too. */
import type { Sample } from '../model.ts';

/** What only SMTP, NNTP, POP3 and IMAP say, behind whatever mark a program puts in front. */
const foreign =
  /(?:^|[^\w@.])(?:(?:EHLO|HELO|LHLO) \S|MAIL FROM: ?<|RCPT TO: ?<|2(?:20|00|01)[ -].*\b(?:E?SMTP|LMTP|NNTP|NNRP)\b|\+OK\b|\* OK \[?(?:CAPABILITY|IMAP)|\* CAPABILITY |[A-Z]\d{3,4} (?:LOGIN|SELECT|LOGOUT|CAPABILITY)\b)/;
/** What only FTP says. */
const ftp =
  /(?:^|[^\w@.])(?:PASV|EPSV|PORT \d+,\d+,|EPRT \||TYPE [AIail]|RETR [^\d\s]|STOR \S|NLST|MLSD|CWD|PWD|CDUP|MKD|SYST|FEAT|227[ -].*\d+,\d+|229[ -].*\|\|\||150[ -]|257 "|220[ -].*[Ff][Tt][Pp]|530[ -](?!5\.))/;

/** At least two lines of mail or news, and nothing that only FTP says. One line alone may be a probe of an FTP server. */
export function isOtherProtocol(sample: Sample): boolean {
  let signs = 0;
  for (const text of sample.texts) {
    if (ftp.test(text)) return false;
    if (foreign.test(text)) signs++;
  }
  return signs > 1;
}
