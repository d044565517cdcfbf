/**
 * Which arguments are secret, and the one place that hides them.
 *
 * What is not secret comes back as the same string, so that a caller can tell by `===` and nothing is copied.
 */
import type { Concealed, SecretSort } from '../model.ts';
import { commandOf, isVerb, secretWordOf, verbs } from './commands.ts';
import { conceal, together } from './secret-memory.ts';
import { secretSort } from './secret-sort.ts';
import { asksForSecret, isSimple, maskAnything, maskFree, maskShell, maskText } from './secret-text.ts';
import { gluedSecret, isCapitals, isNear, isNearPass, isProse, isUnlikeWord } from './secret-words.ts';

const mask = '***';

/** The argument with its secret part replaced by `***`; upper or lower case verb, `SITE` with its whole argument. */
export function maskArgument(verb: string, arg: string): string {
  return arg === '' ? arg : maskFrom(verb, arg, secretStart(verb, arg));
}

/** {@link maskArgument} where it is known at which index the secret begins, -1 if there is none. */
export function maskFrom(verb: string, arg: string, start: number): string {
  if (start < 0) {
    if (!hasFreeText(verb)) return maskPlain(verb, arg);
    if (commandOf(verb) !== undefined) return maskShell(arg);
    // The verb may be the program whose flags follow.
    const whole = `${verb} ${arg}`;
    const masked = maskAnything(whole);
    return masked === whole ? arg : masked.startsWith(`${verb} `) ? masked.slice(verb.length + 1) : mask;
  }
  // In front of it another one may stand, as in an argument that swallowed lines.
  return start === 0 ? mask : maskFree(arg.slice(0, start)) + mask;
}

/** Commands whose argument may be anything, a line for a shell among it. */
const freeText: ReadonlySet<string> = new Set(['SITE', 'RCMD', 'OPTS', 'MACB']);

/** Commands whose argument is a word or two, or none: neither a name nor a path. */
const wordVerbs: ReadonlySet<string> = new Set(
  (
    'HOST TYPE STRU MODE PORT EPRT LPRT PASV EPSV LPSV REST ALLO PROT PBSZ CCC NOOP QUIT PWD XPWD SYST FEAT REIN ABOR ' +
    'CDUP XCUP LANG CLNT CSID HELP'
  ).split(' '),
);

/** The argument of {@link isPlainArgument}. Behind a word a line of something else may stand: `host ftpd[7]: PASS x`. */
export function maskPlain(verb: string, arg: string): string {
  if (isSimple(arg)) return arg;
  return arg.includes(' ') && wordVerbs.has(verb) ? maskAnything(arg) : maskFree(arg);
}

function hasFreeText(verb: string): boolean {
  return freeText.has(verb) || commandOf(verb) === undefined;
}

/** Commands whose argument is looked at with {@link maskFree} and no more; most are. */
const plainVerbs: ReadonlySet<string> = new Set(
  verbs.filter((verb) => secretWordOf(verb) === 0 && !freeText.has(verb) && verb !== 'USER' && verb !== 'AUTH'),
);

/** Whether the argument of this upper-case verb is neither secret itself nor any text. */
export function isPlainArgument(verb: string): boolean {
  return plainVerbs.has(verb);
}

/** How the log shows the secret that begins at this index, before it is masked; `''` if there is none. */
export function sortFrom(arg: string, start: number): SecretSort {
  return start < 0 ? '' : secretSort(arg.slice(start));
}

/** Where the secret of the argument begins; -1 if there is none. Verb as for {@link maskArgument}. */
export function secretStart(verb: string, arg: string): number {
  const spec = commandOf(verb) ?? commandOf(verb.toUpperCase());
  if (spec === undefined) return unknownSecretStart(verb, arg);
  if (spec.secretFrom === 1) return 0;
  if (spec.secretFrom > 1) return startOfWord(arg, spec.secretFrom - 1);
  switch (spec.verb) {
    case 'SITE':
      return siteSecretStart(arg);
    case 'USER':
      return userSecretStart(arg);
    case 'AUTH':
      // `AUTH PLAIN` with its initial response, as in other protocols.
      return startOfWord(arg, 2);
    default:
      return -1;
  }
}

/** `PASWD x`, `PSAS x`, a Telnet octet before `PASS`: no verb of FTP, and most likely a password behind it; `LOGIN bob x`. */
function unknownSecretStart(verb: string, arg: string): number {
  const upper = verb.toUpperCase();
  if (isNearPass(upper)) return 0;
  if (upper.includes(':') && /^(?:PROXY-)?AUTHORIZATION:|^(?:SET-)?COOKIE:/.test(upper)) return 0;
  if (upper === 'LOGIN' || upper === 'APOP' || upper === 'AUTHINFO') return startOfWord(arg, 2);
  if (upper === 'AUTHENTICATE') return startOfWord(arg, 2);
  return -1;
}

/**
 * No system has a colon in its users' names: `USER bob:password`, `USER bob@host:password`. A proxy's
 * `bob@host:2121` names a port. A PASS behind the name was a line of its own.
 */
function userSecretStart(arg: string): number {
  if (arg.includes('PASS')) {
    const pass = /(?:PASS|ACCT)\s+(?=(\S+))/.exec(arg);
    if (pass !== null && !isProse(pass[1] ?? '') && !isVerb(pass[1] ?? '')) return pass.index + pass[0].length;
  }
  const behindName = nameParts.test(arg) ? secretBehindName(arg) : -1;
  if (behindName >= 0) return behindName;
  const sign = arg.indexOf(':');
  if (sign < 1) return -1;
  const name = /^[\w.\\+-]+(@[\w.-]+)?$/.exec(arg.slice(0, sign));
  if (name === null) return -1;
  const behind = arg.slice(sign + 1);
  if (!/^\S*[\p{L}\p{N}]/u.test(behind)) return -1; // also `bob:)`
  return name[1] !== undefined && /^\d{1,5}(?!\S)/.test(behind) ? -1 : sign + 1;
}

const nameParts = /[\s/,;|]/;

/**
 * `USER bob pass secret`, `USER bob Zq7secret`: what a client's own command `user` takes, sent as it was typed. Names of
 * people have blanks, too: without the word, only what no name looks like counts.
 */
function secretBehindName(arg: string): number {
  const named = /^\S+\s+(?:pass(?:w(?:or)?d)?|pwd|pw)\b[\s:=]+(?=(\S+)$)/i.exec(arg);
  if (named !== null) return isProse(named[1] ?? '') ? -1 : named[0].length;
  const typed = /^[\w.\\-]+(?:\s+|[/,;|])(?=([^\s'"`()<>;|=/\\]{6,})$)/.exec(arg);
  return typed !== null && isUnlikeName(typed[1] ?? '') ? typed[0].length : -1;
}

/** Letters of both cases with digits between them, or letters and digits with a sign of passwords. */
function isUnlikeName(word: string): boolean {
  if (!/\p{L}/u.test(word) || !/\d/.test(word) || /@[\w-]+\./.test(word)) return false;
  return /[!#$%^&*?~@]/.test(word) || (/\p{Lu}/u.test(word) && /\p{Ll}/u.test(word) && /\d[^\d]*\p{L}/u.test(word));
}

const changesUser = /^(?:ADD|NEW|CREATE|MK|MAKE|SET|MOD|CH|CHANGE|REG|EDIT|UPD|UPDATE|REGISTER)$/;

function siteSecretStart(arg: string): number {
  const start = wordStart(arg, 0);
  const word = arg.slice(start, wordEnd(arg, start)).toUpperCase();
  const spec = commandOf(`SITE ${word}`);
  if (spec !== undefined) return spec.secretFrom > 0 ? startOfWord(arg, spec.secretFrom) : -1;
  if (isNearPass(word) || /PASS|PSWD|PASWD|SETPWD|CPWD|CHPWD/.test(word)) return startOfWord(arg, 2);
  // `USERADD bob x`, `NEWUSER bob x`, `USER ADD bob x`: the name stays.
  if (/^(?:USER|USR|ACCOUNT|ACCT|LOGIN)$/.test(word)) {
    const next = startOfWord(arg, 2);
    const action = next < 0 ? '' : arg.slice(next, wordEnd(arg, next)).toUpperCase();
    return changesUser.test(action) ? startOfWord(arg, 4) : -1;
  }
  const parts = /^(.*?)_?(?:USER|USR|ACCOUNT|ACCT|LOGIN)_?(.*)$/.exec(word);
  return parts !== null && (changesUser.test(parts[1] ?? '') || changesUser.test(parts[2] ?? ''))
    ? startOfWord(arg, 3)
    : -1;
}

/** The secret that begins at this index, to be found again; undefined where there is none, or a mask in its place. */
export function concealedFrom(
  verb: string,
  arg: string,
  start: number,
  sort: SecretSort = sortFrom(arg, start),
): Concealed | undefined {
  if (start < 0 || sort !== 'exposed') return undefined;
  const secret = arg.slice(start);
  // Of SITE the password is one of the first words: addresses and groups follow.
  if (verb === 'SITE') return conceal([secret, ...secret.split(/\s+/, 3)]);
  const whole = conceal([secret]);
  const word = whole === undefined ? '' : coreOf(secret);
  return whole === undefined || word === '' ? whole : together([whole, conceal([word])].filter((s) => s !== undefined));
}

/** What parts a remark from what is before it. */
const remark = /^(?:\t|[ \t]{2}|[ \t]+(?:[#;([{<|←]|\/[/*]|--|[-=]>))/;
/** Fewer characters are a word of a password with blanks. */
const shortestWord = 4;

/**
 * What else may be the password: the text within quotes, which many programs put around it, or its first word if it
 * may end there: on the wire the rest belongs to it, but who writes a log by hand adds a
 * remark. Hidden as a whole word beside the whole. `''` where it is a word like others.
 */
function coreOf(secret: string): string {
  const text = secret.trim();
  const quote = text.charAt(0);
  if (/["'`]/.test(quote)) {
    const close = text.lastIndexOf(quote === '`' && !text.endsWith('`') ? "'" : quote);
    return close > shortestWord ? text.slice(1, close) : '';
  }
  const end = wordEnd(text, 0);
  if (end < shortestWord || end === text.length) return '';
  const word = text.slice(0, end);
  return remark.test(text.slice(end)) || isUnlikeWord(word) ? word : '';
}

/** Words in capitals that are looked at: the command stands near the beginning of its line. */
const wordsLookedAt = 12;
const shortestVerb = 3;
const longestVerb = 10;
const colon = 58;
const shouted = /[A-Z]{3,10}(?=:?[ \t]+\S)/g;

/** The password behind a name at the prompt of an ftp client: `ftp> user bob password`. */
export function typedSecret(line: string): Concealed | undefined {
  if (!line.startsWith('ftp> user ')) return undefined;
  const start = startOfWord(line, 4);
  return start < 0 ? undefined : conceal([line.slice(start).trimEnd()]);
}

/** The secret of a command that no decoder took for one, in a line of any format. `before`: the line before it. */
export function overheard(line: string, before: string): Concealed | undefined {
  if (line.length > 2000) return undefined;
  // In small letters a command stands at the beginning: `pass x`.
  const start = isMark(line.charCodeAt(0)) ? 1 : 0;
  const first = spokenAt(line, start, lettersEnd(line, start));
  if (first !== undefined) return first;
  shouted.lastIndex = 0;
  for (let looked = 0; looked < wordsLookedAt && shouted.test(line); looked++) {
    const end = shouted.lastIndex;
    let from = end - 1;
    while (from > 0 && isCapital(line.charCodeAt(from - 1))) from--;
    const secret = from === 0 || isMark(line.charCodeAt(from - 1)) ? spokenAt(line, from, end) : undefined;
    if (secret !== undefined) return secret;
    // What was asked of other lines meanwhile moved it.
    shouted.lastIndex = end;
  }
  const glued = line.includes('PASS') ? gluedSecret(line) : -1;
  if (glued >= 0) return concealedFrom('PASS', line.slice(glued).replace(/["'\\n}]+$/, ''), 0);
  return asksForSecret(before) && !isCommandLike(line) ? conceal([line]) : undefined;
}

/** What may stand in front of a command: a blank, a quote, `>`, `:` or `]`. */
function isMark(c: number): boolean {
  return c <= 32 || c === 34 || c === 39 || c === 62 || c === colon || c === 93;
}

/** The secret of the command whose verb stands from `start` to `end`. */
function spokenAt(line: string, start: number, end: number): Concealed | undefined {
  const length = end - start;
  if (length < shortestVerb || length > longestVerb) return undefined;
  const sign = line.charCodeAt(end) === colon ? end + 1 : end;
  const from = wordStart(line, sign);
  if (from === sign || from >= line.length || line.charCodeAt(from) <= 32) return undefined;
  const verb = line.slice(start, end).toUpperCase();
  const arg = line.slice(from, quotedEnd(line, line.charAt(start - 1), from));
  const secret = secretStart(verb, arg);
  if (secret < 0) return undefined;
  const [first = '', ...more] = arg.slice(secret).split(/\s+/, 3);
  // Of SITE the first word may be the old password.
  if (isVerb(first)) return undefined;
  if (isProse(first) && (verb !== 'SITE' || more.every(isProse))) return undefined;
  if (commandOf(first.replace(/\W+$/, '')) !== undefined) return undefined;
  return concealedFrom(verb, arg.replace(/["'\\n}]+$/, ''), secret);
}

/** Where the text ends that this quote opened: at the next of it that no word goes on behind; else at the end of the line. */
function quotedEnd(line: string, quote: string, from: number): number {
  if (quote !== "'" && quote !== '"') return line.length;
  let at = line.indexOf(quote, from);
  while (at >= 0 && lettersEnd(line, at + 1) > at + 1) at = line.indexOf(quote, at + 1);
  return at < 0 ? line.length : at;
}

function lettersEnd(line: string, from: number): number {
  let i = from;
  while (i < line.length && isLetter(line.charCodeAt(i))) i++;
  return i;
}

function isLetter(c: number): boolean {
  return isCapital(c) || (c >= 97 && c <= 122);
}

function isCapital(c: number): boolean {
  return c >= 65 && c <= 90;
}

const commandLike = /^[A-Za-z]{3,9}[ \t]\S/;
/** Lines within one text whose secrets are kept. */
const mostHeard = 16;

/** {@link overheard} in the lines of a text: a conversation that an open reply or a command without its end swallowed. */
export function overheardIn(text: string): Concealed | undefined {
  if (!text.includes('\n')) return mayTell(text) ? overheard(text, '') : undefined;
  const heard: Concealed[] = [];
  for (const line of text.split('\n')) {
    const secret = mayTell(line) ? overheard(line, '') : undefined;
    if (secret !== undefined && heard.push(secret) >= mostHeard) break;
  }
  return together(heard);
}

/** Whether it is worth looking for a command with a secret. */
export function mayTell(line: string): boolean {
  return commandLike.test(line) || line.includes('PASS ') || line.includes('SITE ') || line.includes('PASS\t');
}

const passAndMore = /PASS/;
/** What may follow PASS in a word that is none of a password's. */
const passWords = /^[^A-Z]*PASS(?:|W|WD|WORD|WORT|PHRASE|CODE|KEY|IVE|IV|V|S|E|ED)[^A-Z0-9]?$/;

/**
 * A verb of no specification as it may be shown: `PASSsecret` and `PASS:secret` hold a password, and so does a word that
 * looks like an answer in base64.
 */
export function maskVerb(verb: string): string {
  if (isCapitals(verb) && !verb.includes('PASS')) return verb;
  const found = passAndMore.exec(verb);
  if (found !== null && verb.startsWith('SITE ')) return verb;
  if (found !== null && !passWords.test(verb) && !/^[A-Z]{0,4}PASS(?:W(?:OR)?D)?$/.test(verb)) {
    return `${verb.slice(0, found.index)}PASS${mask}`;
  }
  if (/^[A-Z0-9+/]{2,}={1,2}$/.test(verb)) return mask;
  const named = /^(?=.*[A-Z].*:)([\w.+-]+:)(?=[^/\\\s:]*[\p{L}\p{N}])[^/\\].*$/u.exec(verb);
  if (named !== null) return named[1] + mask;
  return maskText(verb);
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

/** A command, also a misspelt one, or a reply. */
function isCommandLike(line: string): boolean {
  const word = line.trim().split(/\s/, 1)[0]?.toUpperCase() ?? '';
  return /^\W*\d{3}[ -]/.test(line) || commandOf(word) !== undefined || isMisspelt(word);
}

/** One letter away from a command: `LSIT`, `QUTI`. */
export function isMisspelt(verb: string): boolean {
  return verb.length < 6 && verbs.some((known) => known.length > 2 && isNear(verb, known));
}
