/** `grep -H`, `grep -n`, zgrep: `/var/log/vsftpd.log:12:line`, and `file-11-line` for lines around a hit. */
import type { Envelope } from '../model.ts';
import { skipDigits } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

const longestName = 200;
const endings = ['.log', '.txt', '.gz', '.bz2', '.xz', '.zst', '.json', '.out', '.err'];
const names = new Set([
  'messages',
  'syslog',
  'secure',
  'auth',
  'daemon',
  'xferlog',
  'vsftpd',
  'proftpd',
  'pureftpd',
  'ftpd',
  'ftp',
]);

/** Index of the mark behind the file's name; -1 if the line does not begin with one. */
function nameEnd(text: string): number {
  const limit = Math.min(text.length, longestName);
  const from = text.charCodeAt(1) === 58 && text.charCodeAt(2) === 92 ? 2 : 0;
  for (let i = from; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === 58) return isName(text.slice(0, i)) ? i : -1;
    if (
      c === 45 &&
      skipDigits(text, i + 1) > i + 1 &&
      text.charCodeAt(skipDigits(text, i + 1)) === 45 &&
      isName(text.slice(0, i))
    )
      return i;
    if (c <= 32 || c === 34 || c === 91 || c === 123) return -1;
  }
  return -1;
}

function isName(text: string): boolean {
  const slash = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
  const base = text.slice(slash + 1);
  if (base === '' || text.includes('//')) return false;
  if (endings.some((ending) => base.endsWith(ending))) return true;
  const dot = base.lastIndexOf('.');
  // A rotated file: vsftpd.log.1, messages-20261122.
  if (dot > 0 && skipDigits(base, dot + 1) === base.length && base.indexOf('.log') > 0) return true;
  const dash = base.indexOf('-2');
  return names.has(dash > 0 ? base.slice(0, dash) : base) || (slash >= 0 && text.charCodeAt(0) === 47);
}

function peel(text: string, outer: Envelope): Peeled | 'noise' | undefined {
  if (text === '--') return 'noise';
  const end = nameEnd(text);
  if (end < 0) return undefined;
  const mark = text.charCodeAt(end);
  const digitsEnd = skipDigits(text, end + 1);
  const numbered = digitsEnd > end + 1 && text.charCodeAt(digitsEnd) === mark;
  return once(text.slice(numbered ? digitsEnd + 1 : end + 1), outer);
}

export const grep: Wrapper = {
  id: 'grep',
  title: 'grep -H, grep -n, zgrep',
  evidence: 'documented',
  example: '/var/log/vsftpd.log:12:Sun Nov 22 …',
  open: (): Peel => peel,
};
