/** Which ftpd wrote some lines: they share most sentences, and a few give the writer away. */

import { share } from '../../../decoding/detect.ts';
import { looksLikeCommand, startsWithVerb } from '../../../decoding/wire-line.ts';
import type { Aspect, Dialect, Sample } from '../../../model.ts';
import { replyCode } from '../../../protocol/reply-line.ts';
import { openFtpd } from './messages.ts';

type Kin =
  | 'bsd-ftpd-syslog'
  | 'busybox-ftpd'
  | 'inetutils-ftpd-syslog'
  | 'linux-ftpd-syslog'
  | 'ossec-ftpd-syslog'
  | 'solaris-ftpd-syslog'
  | 'wu-ftpd-syslog';

const sentence =
  /^(?:connection from \S|(?:ANONYMOUS )?FTP LOGIN (?:FROM|FAILED|REFUSED)|FTP ACCESS REFUSED|FTPD: (?:EX|IM)PORT file|failed login from \S|Failed authentication from: |login .* from \S+ failed\.$|repeated login failures|User .* timed out after |ACCESS DENIED \(|FTP session closed|lost connection to |command: [A-Za-z]|<--- [1-6]\d\d[ -]|(?:get|put|append) .* = \d+ bytes|(?:get|put|append|delete|mkdir|rmdir|rename) \S.* \(wd: |xferlog \((?:send|recv)\))/;
/** Said by others as well: they count only beside the sentences above, or where the program is an ftpd. */
const weak =
  /^(?:refused connect from|connect from|warning: |gethostby|pam_|get |put |append |delete |mkdir |rmdir |rename )/;
const program = /^(?:.*\/)?(?:ftpd|in\.ftpd|ftp|wu-ftpd|wu\.ftpd|tnftpd|lukemftpd|proftpd-wrapper|busybox)(?:\(.*)?$/;

function isMine(text: string, name: string): boolean {
  if (sentence.test(text)) return name === '' || program.test(name);
  return program.test(name) && (weak.test(text) || isCommand(text) || replyCode(text) > 0);
}

function isCommand(text: string): boolean {
  return looksLikeCommand(text) && startsWithVerb(text);
}

function kinOf(sample: Sample): Kin {
  const has = (mark: RegExp): boolean => sample.texts.some((text) => mark.test(text));
  const named = (name: string): boolean => sample.programs.some((p) => p.startsWith(name));
  const answers = sample.texts.filter((text) => text.startsWith('<--- '));
  if (has(/GNU inetutils/) || answers.filter((text) => text.trimEnd().length < 9).length > answers.length / 2)
    return 'inetutils-ftpd-syslog';
  if (answers.length > 0) return 'linux-ftpd-syslog';
  if (
    has(/ \(wd: |^Failed authentication from: | bytes in [\d.]+ seconds|\(class: \w+/) ||
    named('tnftpd') ||
    named('lukemftpd')
  )
    return 'bsd-ftpd-syslog';
  if (has(/^FTPD: (?:EX|IM)PORT file/)) return 'ossec-ftpd-syslog';
  if (
    named('wu') ||
    has(
      /^failed login from |^ACCESS DENIED \(|^FTP LOGIN FROM \S+ \[|^FTP session closed|^xferlog \(|^lost connection to/,
    )
  )
    return 'wu-ftpd-syslog';
  if (sample.texts.some((text) => replyCode(text) > 0)) return 'busybox-ftpd';
  if (sample.texts.some(isCommand)) return 'wu-ftpd-syslog';
  if (has(/^(?:refused connect from|repeated login failures|login .* failed\.$)/)) return 'ossec-ftpd-syslog';
  return named('in.ftpd') ? 'solaris-ftpd-syslog' : 'linux-ftpd-syslog';
}

/** What a relative of ftpd says about itself. */
export interface KinDetail {
  readonly id: Kin;
  readonly title: string;
  readonly evidence: Dialect['evidence'];
  readonly lacks?: readonly Aspect[];
  readonly example: string;
}

/** The dialect of one relative. */
export function ftpdDialect(detail: KinDetail): Dialect {
  return {
    ...detail,
    side: 'server',
    identity: 'key',
    detect: (sample) => {
      if (
        !sample.texts.some(
          (text, i) =>
            sentence.test(text) || (program.test(sample.programs[i] ?? '') && isMine(text, sample.programs[i] ?? '')),
        )
      )
        return 0;
      if (kinOf(sample) !== detail.id) return 0;
      return share(sample, isMine);
    },
    open: openFtpd,
  };
}
