/** Whether a log shows a password, or what its writer put in the place of one. */

import { lazy } from '../lazy.ts';
import type { SecretSort } from '../model.ts';

/** What writers say of a password that they leave out. */
const maskWords =
  /\b(?:hidden|masked|redacted|omitted|removed|protected|suppressed|filtered|withheld|obscured|concealed|scrubbed|censored|obfuscated|encrypted|supplied|elided|stripped|blanked|none|null|empty|unknown|not (?:shown|logged|displayed|recorded|printed|available)|xxx+)\b/i;

/** What they say it of; without brackets around it, other sentences may be passwords. */
const maskTopic = /pass|secret|credential|argument|\bnot \w+ed\b|\bnot shown\b/i;

/** In brackets these alone are masks, too: `<password>` of vsftpd, `<*>` of Pure-FTPd, `[secret]`. */
const bracketedMask = lazy(() => /^[^\p{L}\p{N}]*(?:\S*(?:pass|secret|pwd|private)\S*|x+)?[^\p{L}\p{N}]*$/iu);

const bracketed = /^[$%]?(?:<.*>|\(.*\)|\[.*\]|\{.*\}|\*.*\*|-.*-)$/;

/** Longest remark that stands for a password; bounds the work. */
const remarkLimit = 120;

/** Anonymous passwords that only scanners type: Nmap, ISS, Satan, Saint, ADM, Nessus, Grim's Ping. */
const scannerStarts: readonly string[] = [
  'ieuser@',
  '-iss@iss',
  '-satan',
  '-saint',
  'ddd@',
  'pass -cklaus',
  '-cklaus',
  'nessus@',
];

/** How the log shows this secret argument. */
export function secretSort(arg: string): SecretSort {
  if (arg === '') return '';
  if (isMask(unquoted(arg.trim()))) return 'masked';
  const lower = arg.trim().toLowerCase();
  if (lower.endsWith('gpuser@home.com')) return 'scanner';
  for (const start of scannerStarts) if (lower.startsWith(start)) return 'scanner';
  return 'exposed';
}

/** What most servers and clients write. */
const usual: ReadonlySet<string> = new Set([
  '<password>',
  '<*>',
  '***',
  '****',
  '********',
  '(hidden)',
  // BSD ftp’s
  'XXXX',
  '<hidden>',
]);

/**
 * Whether this stands in the place of a password: nothing, a run of one character (`****`, `XXXX` of BSD ftp, `???`) also
 * with a remark behind it, or words that say so, alone or in brackets.
 */
function isMask(text: string): boolean {
  if (text === '' || usual.has(text)) return true;
  const run = runAt(text);
  if (isMaskSign(text) && (run > 2 || run === text.length)) return true;
  if (run > 2 && !(text.charCodeAt(run) > 32)) return true;
  if (text.length > remarkLimit) return false;
  const lower = text.toLowerCase();
  if (lower === 'redacted' || lower === 'turtle power!') return true; // wget -S
  if (bracketed.test(text)) return bracketedMask().test(text) || maskWords.test(text);
  if (text.includes(' ')) return maskTopic.test(text) && maskWords.test(text);
  return lower !== text && /^[A-Z]+$/.test(text) && maskWords.test(text);
}

/** Length of the run of one character at the start. */
function runAt(text: string): number {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) === text.charCodeAt(0)) i++;
  return i;
}

/** Signs that programs write for the characters of a password, and people do not choose as one. */
function isMaskSign(text: string): boolean {
  return '*•●∙·■█▪'.includes(text.charAt(0));
}

function unquoted(text: string): string {
  const first = text.charAt(0);
  return text.length > 1 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text;
}
