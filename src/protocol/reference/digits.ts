/** What the first and the second digit of a reply code mean (RFC 959 §4.2, RFC 2228 §5.2). */
import type { DigitText } from './types.ts';

/** First digits, 0 to 6. A client may act on them alone (RFC 1123 §4.1.2.11). */
export const firstDigits: readonly DigitText[] = [
  {
    digits: '0yz',
    name: 'Informative reply of the years before 1974',
    meaning: 'a spontaneous notice of the oldest FTP that neither grants nor refuses anything',
    todo: 'Nothing to do.',
  },
  {
    digits: '1yz',
    name: 'Positive preliminary reply',
    meaning: 'the action began; another reply will follow, at most one 1yz per command (110 apart)',
    todo: 'Wait for the final reply.',
  },
  {
    digits: '2yz',
    name: 'Positive completion reply',
    meaning: 'the action is done; the next command may be sent',
    todo: 'Nothing to fix.',
  },
  {
    digits: '3yz',
    name: 'Positive intermediate reply',
    meaning: 'accepted so far; the next command of the group has to follow',
    todo: 'Send the next command of the group.',
  },
  {
    digits: '4yz',
    name: 'Transient negative completion reply',
    meaning: 'not done, but the same command may work later',
    todo: 'Try again later; if it persists, read the text and look into the log of the server.',
  },
  {
    digits: '5yz',
    name: 'Permanent negative completion reply',
    meaning: 'not done, and the same command will not work unchanged',
    todo: 'Do not repeat it unchanged; the text tells what to change.',
  },
  {
    digits: '6yz',
    name: 'Protected reply',
    meaning: 'another reply, wrapped for integrity or secrecy',
    todo: 'Decode the reply inside with the key of the session.',
  },
];

/** Second digits, 0 to 9. RFC 959 leaves 6 to 9 without a meaning. */
export const secondDigits: readonly DigitText[] = [
  { digits: 'x0z', name: 'Syntax', meaning: 'syntax errors, unknown or superfluous commands, plain success', todo: '' },
  { digits: 'x1z', name: 'Information', meaning: 'answers to requests for information: status, help', todo: '' },
  { digits: 'x2z', name: 'Connections', meaning: 'the control connection and the data connections', todo: '' },
  {
    digits: 'x3z',
    name: 'Authentication and accounting',
    meaning: 'the login, accounts, and security mechanisms (RFC 2228)',
    todo: '',
  },
  { digits: 'x4z', name: 'Unspecified', meaning: 'without a meaning in RFC 959', todo: '' },
  { digits: 'x5z', name: 'File system', meaning: 'the state of the files on the server', todo: '' },
  { digits: 'x6z', name: 'Unassigned', meaning: 'not assigned by RFC 959', todo: '' },
  { digits: 'x7z', name: 'Unassigned', meaning: 'not assigned by RFC 959', todo: '' },
  { digits: 'x8z', name: 'Unassigned', meaning: 'not assigned by RFC 959', todo: '' },
  { digits: 'x9z', name: 'Unassigned', meaning: 'not assigned by RFC 959', todo: '' },
];

/** RFC 542 grouped the second digits in another way, and the codes that begin with 0 are its own. */
export const oldSecondDigit: DigitText = {
  digits: '0yz',
  name: 'Grouped as in 1973, not as today',
  meaning: 'in RFC 542 the second digit told: 0 to 2 general, 3 access, 4 secondary access, 5 files',
  todo: '',
};
