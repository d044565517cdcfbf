/**
 * Which arguments are secret, and the one place that hides them.
 *
 * What is not secret comes back as the same string, so that a caller can tell by `===` and nothing is copied.
 */
import type { SecretSort } from '../model.ts';
import { commandOf, verbs } from './commands.ts';
import { secretSort } from './secret-sort.ts';

const mask = '***';
const colon = 58;
const slash = 47;
const at = 64;
const bracket = 91;

/** Longest stretch in which the `@` of a password with a slash is looked for; bounds the work on hostile lines. */
const userinfoLimit = 256;

/** The argument with its secret part replaced by `***`; upper or lower case verb, `SITE` with its whole argument. */
export function maskArgument(verb: string, arg: string): string {
  return arg === '' ? arg : maskFrom(arg, secretStart(verb, arg));
}

/** {@link maskArgument} where it is known at which index the secret begins, -1 if there is none. */
export function maskFrom(arg: string, start: number): string {
  if (start < 0) return maskUrls(arg);
  return start === 0 ? mask : arg.slice(0, start) + mask;
}

/** How the log shows the secret that begins at this index, before it is masked; `''` if there is none. */
export function sortFrom(arg: string, start: number): SecretSort {
  return start < 0 ? '' : secretSort(arg.slice(start));
}

/** `user:password@` in URLs of any scheme becomes `user:***@`. */
export function maskUrls(text: string): string {
  let scheme = text.indexOf('://');
  if (scheme < 0) return text;
  let masked = '';
  let copied = 0;
  while (scheme >= 0) {
    const start = scheme + 3;
    const end = userinfoEnd(text, start);
    const password = end < 0 ? -1 : text.indexOf(':', start) + 1;
    if (password > start && password < end && text.slice(password, end) !== mask) {
      masked += text.slice(copied, password) + mask;
      copied = end;
    }
    scheme = text.indexOf('://', Math.max(start, end));
  }
  return copied === 0 ? text : masked + text.slice(copied);
}

/** `PASSWD`, `XPASS`, a Telnet octet before `PASS`: no verb of FTP, and most likely a password behind it. */
function looksSecret(verb: string): boolean {
  const upper = verb.toUpperCase();
  return upper.includes('PASS') || upper.includes('PSWD');
}

/** Where the secret of the argument begins; -1 if there is none. Verb as for {@link maskArgument}. */
export function secretStart(verb: string, arg: string): number {
  const spec = commandOf(verb) ?? commandOf(verb.toUpperCase());
  if (spec === undefined) return looksSecret(verb) ? 0 : -1;
  if (spec.secretFrom === 1) return 0;
  if (spec.secretFrom > 1) return startOfWord(arg, spec.secretFrom - 1);
  return spec.verb === 'SITE' ? siteSecretStart(arg) : -1;
}

function siteSecretStart(arg: string): number {
  const start = wordStart(arg, 0);
  const word = arg.slice(start, wordEnd(arg, start)).toUpperCase();
  const spec = commandOf(`SITE ${word}`);
  if (spec === undefined) return looksSecret(word) ? startOfWord(arg, 2) : -1;
  return spec.secretFrom > 0 ? startOfWord(arg, spec.secretFrom) : -1;
}

/** Where word `n` begins (the first is 1); -1 if there are fewer. */
function startOfWord(arg: string, n: number): number {
  let start = wordStart(arg, 0);
  for (let word = 1; word < n; word++) start = wordStart(arg, wordEnd(arg, start));
  return start < arg.length ? start : -1;
}

function wordStart(text: string, from: number): number {
  let i = from;
  while (i < text.length && text.charCodeAt(i) <= 32) i++;
  return i;
}

function wordEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length && text.charCodeAt(i) > 32) i++;
  return i;
}

/**
 * Index of the `@` that ends the userinfo (RFC 3986 §3.2.1), -1 if there is none. The last `@` before the path
 * counts, since people do not encode theirs; for the same reason a slash ends the search only behind a port number.
 */
function userinfoEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === bracket) return -1;
  let last = -1;
  let digitsOnly = true;
  let afterColon = false;
  const limit = Math.min(text.length, start + userinfoLimit);
  for (let i = start; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32 || c === 34 || c === 60 || c === 62) break;
    if (c === at) last = i;
    if (c === slash && (last >= 0 || !afterColon || digitsOnly)) break;
    if (afterColon && (c < 48 || c > 57)) digitsOnly = false;
    if (c === colon) afterColon = true;
  }
  return last;
}

let looseSecret: RegExp | undefined;

/** Every verb and SITE subcommand with a secret argument, as a word anywhere in a line; made when first needed. */
function looseSecretPattern(): RegExp {
  if (looseSecret === undefined) {
    const words = verbs
      .filter((verb) => (commandOf(verb)?.secretFrom ?? 0) > 0)
      .map((verb) => verb.slice(verb.lastIndexOf(' ') + 1));
    looseSecret = new RegExp(
      `\\b(${[...new Set([...words, 'PASSWD', 'PASSWORD'])].join('|')})\\b(["'\\]:=,]*\\s*)\\S.*$`,
      'i',
    );
  }
  return looseSecret;
}

/** A line of unknown format, made fit to be shown: what follows a word such as PASS is hidden to the end of the line. */
export function maskUnknown(line: string): string {
  return maskUrls(line.replace(looseSecretPattern(), '$1$2***'));
}
