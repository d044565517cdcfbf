/**
 * Every reply code: its name as tables print it, its class and what kind of thing it tells.
 *
 * Names follow RFC 959 §4.2.2 and its successors, shortened to fit a table cell; the prose stands in `reference/`.
 */

/** First digit of a reply code, in words (RFC 959 §4.2; 6yz: RFC 2228 §5.2). */
export const replyClasses = [
  'preliminary',
  'completion',
  'intermediate',
  'transient-negative',
  'permanent-negative',
  'protected',
] as const;

export type ReplyClass = (typeof replyClasses)[number];

/** Of what servers send: codes outside 1yz to 6yz are `invalid`. */
export const sentClasses = [...replyClasses, 'invalid'] as const;

/** What a reply tells about: the second digit (RFC 959 §4.2), refined where a code has one clear job. */
export const replyKinds = [
  'informational',
  'session-start',
  'session-end',
  'authentication',
  'security',
  'connection',
  'file-system',
  'syntax',
  'unspecified',
] as const;

export type ReplyKind = (typeof replyKinds)[number];

/** `current`: in an RFC in force. `historic`: only before RFC 959, or RFC 1639. `practice`: only programs send it. */
export type ReplyStatus = 'current' | 'historic' | 'practice';

/** What is known of a code without reading the reference. */
export interface ReplySpec {
  readonly code: number;
  readonly name: string;
  readonly kind: ReplyKind;
  readonly status: ReplyStatus;
  readonly endsSession: boolean; // 221 and 421, as a rule; see `kindOf` for the exceptions
}

type Row = readonly [code: number, kind: ReplyKind, status: ReplyStatus, name: string];

/** One row per code, ascending. Codes that begin with 0 are of RFC 354, 542 and 737: they neither grant nor refuse anything. */
const rows: readonly Row[] = [
  [0, 'informational', 'historic', 'General information (1970s)'],
  [9, 'informational', 'historic', 'Message not sent, will be mailed'],
  [10, 'informational', 'historic', 'Message from system operator'],
  [20, 'informational', 'historic', 'Expected delay'],
  [30, 'informational', 'historic', 'Server availability information'],
  [50, 'informational', 'historic', 'FTP commentary or user information'],
  [100, 'informational', 'historic', 'System status reply'],
  [110, 'informational', 'current', 'Restart marker'],
  [111, 'informational', 'historic', 'System busy'],
  [119, 'informational', 'historic', 'Terminal not available, will try mailbox'],
  [120, 'session-start', 'current', 'Service ready in nnn minutes'],
  [121, 'connection', 'historic', 'Directory listing follows'],
  [125, 'connection', 'current', 'Data connection open, transfer starting'],
  [150, 'file-system', 'current', 'File okay, opening data connection'],
  [151, 'file-system', 'historic', 'User not local, will forward'],
  [152, 'file-system', 'historic', 'User unknown, operator will forward'],
  [200, 'syntax', 'current', 'Command okay'],
  [201, 'syntax', 'practice', 'Log transmission stopped'],
  [202, 'syntax', 'current', 'Command superfluous at this site'],
  [206, 'syntax', 'historic', 'Command superfluous here'],
  [210, 'informational', 'practice', 'Time zone'],
  [211, 'informational', 'current', 'System status or help'],
  [212, 'informational', 'current', 'Directory status'],
  [213, 'informational', 'current', 'File status'],
  [214, 'informational', 'current', 'Help message'],
  [215, 'informational', 'current', 'System type'],
  [220, 'session-start', 'current', 'Service ready for new user'],
  [221, 'session-end', 'current', 'Service closing control connection'],
  [223, 'file-system', 'historic', 'Rename okay'],
  [224, 'file-system', 'historic', 'Delete okay'],
  [225, 'connection', 'current', 'Data connection open, no transfer'],
  [226, 'connection', 'current', 'Closing data connection'],
  [227, 'connection', 'current', 'Entering passive mode'],
  [228, 'connection', 'historic', 'Entering long passive mode'],
  [229, 'connection', 'current', 'Entering extended passive mode'],
  [230, 'authentication', 'current', 'User logged in'],
  [231, 'authentication', 'practice', 'User name accepted, or logged out'],
  [232, 'authentication', 'current', 'User logged in by security exchange'],
  [233, 'authentication', 'historic', 'User logged out, reinitialized'],
  [234, 'security', 'current', 'Security exchange complete'],
  [235, 'security', 'current', 'Security data accepted'],
  [250, 'file-system', 'current', 'File action completed'],
  [251, 'file-system', 'practice', 'MD5 of one file'],
  [252, 'file-system', 'practice', 'MD5 of several files'],
  [253, 'file-system', 'historic', 'Rename completed'],
  [254, 'file-system', 'historic', 'Delete completed'],
  [255, 'connection', 'historic', 'Data socket of the server'],
  [256, 'unspecified', 'historic', 'Mail completed'],
  [257, 'file-system', 'current', 'Path name created or current'],
  [300, 'session-start', 'historic', 'Greeting, awaiting input'],
  [301, 'syntax', 'historic', 'Command incomplete, no line end'],
  [330, 'authentication', 'historic', 'Enter password'],
  [331, 'authentication', 'current', 'User name okay, need password'],
  [332, 'authentication', 'current', 'Need account for login'],
  [334, 'security', 'current', 'Security exchange begins'],
  [335, 'security', 'current', 'More security data needed'],
  [336, 'authentication', 'current', 'Need password, challenge given'],
  [350, 'file-system', 'current', 'File action pending further information'],
  [354, 'unspecified', 'historic', 'Start mail input'],
  [400, 'syntax', 'historic', 'Service not implemented'],
  [401, 'connection', 'historic', 'Service not accepting users, goodbye'],
  [402, 'syntax', 'historic', 'Not implemented for this value'],
  [421, 'session-end', 'current', 'Service not available, closing'],
  [423, 'file-system', 'historic', 'Transfer incomplete, storage full'],
  [425, 'connection', 'current', "Can't open data connection"],
  [426, 'connection', 'current', 'Connection closed, transfer aborted'],
  [430, 'authentication', 'practice', 'Invalid user name or password'],
  [431, 'security', 'current', 'Security resource unavailable'],
  [432, 'authentication', 'historic', 'User not valid for this service'],
  [433, 'authentication', 'historic', 'No transfer without valid account'],
  [434, 'connection', 'practice', 'Requested host unavailable'],
  [435, 'connection', 'practice', 'Data connection failure'],
  [436, 'connection', 'historic', 'Service shutting down, goodbye'],
  [440, 'unspecified', 'historic', 'Recipient table full'],
  [450, 'file-system', 'current', 'File unavailable, try again'],
  [451, 'file-system', 'current', 'Local error in processing'],
  [452, 'file-system', 'current', 'Insufficient storage space'],
  [453, 'file-system', 'historic', 'Transfer incomplete, storage full'],
  [454, 'connection', 'historic', 'Cannot connect to your data socket'],
  [455, 'file-system', 'historic', 'Other file system error'],
  [456, 'file-system', 'historic', 'Name exists, rename failed'],
  [457, 'syntax', 'historic', 'Transfer parameters in error'],
  [500, 'syntax', 'current', 'Command unrecognized'],
  [501, 'syntax', 'current', 'Syntax error in arguments'],
  [502, 'syntax', 'current', 'Command not implemented'],
  [503, 'syntax', 'current', 'Bad sequence of commands'],
  [504, 'syntax', 'current', 'Not implemented for that parameter'],
  [505, 'syntax', 'historic', 'Conflicts with previous commands'],
  [506, 'syntax', 'historic', 'Not implemented by the server'],
  [507, 'syntax', 'historic', 'Catch-all error'],
  [509, 'connection', 'practice', 'No active mode when encrypted'],
  [520, 'connection', 'practice', 'Mode disabled'],
  [521, 'connection', 'current', 'PROT level does not fit, or name exists'],
  [522, 'connection', 'current', 'Protocol not supported, or TLS wanted'],
  [526, 'file-system', 'historic', 'Name exists, rename failed'],
  [530, 'authentication', 'current', 'Not logged in'],
  [531, 'authentication', 'historic', 'Invalid user or password'],
  [532, 'authentication', 'current', 'Need account for storing files'],
  [533, 'security', 'current', 'Command protection denied by policy'],
  [534, 'security', 'current', 'Request denied by policy'],
  [535, 'security', 'current', 'Failed security check'],
  [536, 'security', 'current', 'PROT level not supported by mechanism'],
  [537, 'security', 'current', 'Protection not supported by mechanism'],
  [540, 'unspecified', 'practice', 'No response defined'],
  [550, 'file-system', 'current', 'File unavailable or no access'],
  [551, 'file-system', 'current', 'Page type unknown'],
  [552, 'file-system', 'current', 'Storage allocation exceeded'],
  [553, 'file-system', 'current', 'File name not allowed'],
  [554, 'file-system', 'current', 'Invalid REST parameter'],
  [555, 'file-system', 'current', 'Type or structure mismatch'],
  [556, 'file-system', 'practice', 'File action not permitted'],
  [557, 'syntax', 'historic', 'Bad transfer parameters'],
  [631, 'security', 'current', 'Integrity protected reply'],
  [632, 'security', 'current', 'Private, integrity protected reply'],
  [633, 'security', 'current', 'Confidentiality protected reply'],
];

const codeLimit = 700;

const classes: readonly (ReplyClass | '')[] = ['', ...replyClasses];

/** RFC 959 §4.2, second digit. x3z is authentication; RFC 2228 put its own codes there, and those have rows. */
const kindsBySecondDigit: readonly ReplyKind[] = [
  'syntax',
  'informational',
  'connection',
  'authentication',
  'unspecified',
  'file-system',
  'unspecified',
  'unspecified',
  'unspecified',
  'unspecified',
];

const { names, kinds } = arrays();

/** Every code with its name and kind, ascending. */
export const replySpecs: readonly ReplySpec[] = rows.map(toSpec);

/** First digit in words; `''` for what is no reply code (0, above 699, or of the years before 1974). */
export function classOf(code: number): ReplyClass | '' {
  if (code < 100 || code >= codeLimit) return '';
  return classes[(code / 100) | 0] ?? '';
}

/** {@link classOf} for a reply that a server sent: `invalid` for codes outside 1yz to 6yz, which no specification in force has. */
export function sentClassOf(code: number): ReplyClass | 'invalid' {
  return classOf(code) || 'invalid';
}

/** A code that no reply can have: its first digit is none of 1 to 6, or it is 6yz but none of RFC 2228. */
export function isInvalidCode(code: number): boolean {
  return code < 100 || (code >= 600 && code !== 631 && code !== 632 && code !== 633);
}

/**
 * What the reply tells, given the command it answers; `verb` is `''` for greetings and unsolicited replies.
 *
 * A code that no specification names is judged by its second digit. Where one code has two jobs the verb decides:
 *
 *     C: HOST a.example   S: 220 Host accepted    no greeting (RFC 7151 §3.1)
 *     C: STAT /pub        S: 221-Status of /pub:  no goodbye (FileZilla Server 1.x)
 *     C: MKD a            S: 521 "a" exists       nothing about connections (RFC 959 appendix II)
 */
export function kindOf(code: number, verb: string): ReplyKind {
  switch (code) {
    case 120:
    case 220:
      return verb === '' ? 'session-start' : 'connection';
    case 221:
      return verb === 'STAT' ? 'informational' : 'session-end';
    case 431:
      return verb === 'CWD' || verb === 'XCWD' ? 'file-system' : 'security';
    case 521:
      if (verb === 'MKD' || verb === 'XMKD') return 'file-system';
      return verb === 'PROT' ? 'security' : 'connection';
    default:
      return kinds[code] ?? 'unspecified';
  }
}

/** Name for a table cell, `''` if no specification and no known server defines the code. */
export function replyName(code: number): string {
  return names[code] ?? '';
}

/** The row of a code; for pages and tests, not for the hot path. */
export function replyOf(code: number): ReplySpec | undefined {
  return replySpecs.find((spec) => spec.code === code);
}

/** Index 0 keeps the empty name: an event without a code has code 0, and the reply `000` is read nowhere but in pages. */
function arrays(): { readonly names: readonly string[]; readonly kinds: readonly ReplyKind[] } {
  const names = new Array<string>(codeLimit).fill('');
  const kinds = new Array<ReplyKind>(codeLimit).fill('unspecified');
  for (let code = 100; code < codeLimit; code++)
    kinds[code] = kindsBySecondDigit[((code / 10) | 0) % 10] ?? 'unspecified';
  for (const [code, kind, , name] of rows) {
    if (code === 0) continue;
    names[code] = name;
    kinds[code] = kind;
  }
  return { names, kinds };
}

function toSpec([code, kind, status, name]: Row): ReplySpec {
  return { code, name, kind, status, endsSession: code === 221 || code === 421 };
}
