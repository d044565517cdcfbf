/** Replies that answer no command: the greeting, and what a server says unasked. */
import type { PracticeNote } from './types.ts';

/** A moment at which a server replies without having been asked. */
export interface ReplyEvent {
  /** As a page names it among the commands. */
  readonly name: string;
  readonly specified: readonly number[];
  readonly practice: readonly PracticeNote[];
  readonly source: string;
}

/** The two that there are. */
export const replyEvents: readonly ReplyEvent[] = [
  {
    name: '(greeting)',
    specified: [120, 220, 421],
    practice: [
      { code: 230, note: 'some devices greet with 230: logged in without a login', programs: ['nmap'] },
      { code: 500, note: '"500 OOPS: ...": a mistake in the configuration', programs: ['vsftpd', 'nmap'] },
      { code: 530, note: '"530 Connection refused, unknown IP address." (Microsoft)', programs: ['nmap'] },
      { code: 550, note: 'a limit is reached, or the address is refused', programs: ['nmap'] },
    ],
    source: 'RFC 959 §5.4',
  },
  {
    name: '(unasked)',
    specified: [421],
    practice: [
      { code: 221, note: 'the server says goodbye by itself', programs: ['wu-ftpd', 'pure-ftpd'] },
      { code: 226, note: 'a second 226 for one transfer', programs: ['lftp'] },
    ],
    source: 'RFC 959 §4.2.1: 421 may come at any time; no RFC knows another unasked reply',
  },
];
