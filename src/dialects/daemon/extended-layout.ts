/**
 * The layout of a ProFTPD ExtendedLog: a LogFormat (mod_log.html) as literals and the fields between them, and the
 * matcher for its lines. Nothing is escaped in such a log, so a name may hold what looks like the end of its field:
 *   … "STOR a" 226 9 b" 550 -        ← the name is `a" 226 9 b`
 * All ways to read a line are tried; the last one counts, since only the server writes behind the last field, or the one
 * whose reply text repeats the argument.
 */
import { isDigit } from '../../text.ts';
import { afterFraction, afterOffset } from '../../timestamp.ts';

/** What a field holds. `skip`: nothing of interest, no blank; `free`: nothing of interest, anything. */
export type FieldRole =
  | 'argument'
  | 'bytes'
  | 'clf'
  | 'code'
  | 'epoch'
  | 'epochMs'
  | 'free'
  | 'givenUser'
  | 'iso'
  | 'key'
  | 'micros'
  | 'millis'
  | 'ms'
  | 'path'
  | 'peer'
  | 'pid'
  | 'port'
  | 'protocol'
  | 'request'
  | 'seconds'
  | 'skip'
  | 'text'
  | 'user'
  | 'verb'
  | 'yearless';

/** Literal `literals[i]` stands before field `roles[i]`; the last literal ends the line. */
export interface LayoutShape {
  readonly literals: readonly string[];
  readonly roles: readonly FieldRole[];
}

/** Text that a client chose: more than one end may fit. */
const chosenByClient: ReadonlySet<FieldRole> = new Set(['argument', 'givenUser', 'path', 'request', 'text']);
const numeric: ReadonlySet<FieldRole> = new Set([
  'bytes',
  'epoch',
  'epochMs',
  'micros',
  'millis',
  'ms',
  'pid',
  'port',
  'seconds',
]);
/** A client may send anything as a command, and of some length. */
const longestVerb = 1024;
/** Steps of the search per line; a hostile line is not worth more. */
const mostSteps = 4000;

export type RoleIndex = Readonly<Record<FieldRole, number>>;

function indexOf(roles: readonly FieldRole[]): RoleIndex {
  const of = (role: FieldRole): number => roles.indexOf(role);
  return {
    argument: of('argument'),
    bytes: of('bytes'),
    clf: of('clf'),
    code: of('code'),
    epoch: of('epoch'),
    epochMs: of('epochMs'),
    free: of('free'),
    givenUser: of('givenUser'),
    iso: of('iso'),
    key: of('key'),
    micros: of('micros'),
    millis: of('millis'),
    ms: of('ms'),
    path: of('path'),
    peer: of('peer'),
    pid: of('pid'),
    port: of('port'),
    protocol: of('protocol'),
    request: of('request'),
    seconds: of('seconds'),
    skip: of('skip'),
    text: of('text'),
    user: of('user'),
    verb: of('verb'),
    yearless: of('yearless'),
  };
}

/** A layout ready to match. The bounds of the last match stay in `starts` and `ends`. */
export class Layout {
  readonly roles: readonly FieldRole[];
  /** Where each role stands; -1 where the layout has none. */
  readonly index: RoleIndex;
  readonly starts: number[];
  readonly ends: number[];
  readonly #literals: readonly string[];
  readonly #chosen: readonly boolean[];
  readonly #numeric: readonly boolean[];
  readonly #from: number[];
  readonly #to: number[];
  readonly #textAt: number;
  readonly #argumentAt: number;
  readonly #codeAt: number;
  #text = '';
  #found = 0;
  /** End of the argument that the reply text repeats; -1 if none did. */
  #echoed = -1;
  #steps = 0;

  constructor(shape: LayoutShape) {
    const n = shape.roles.length;
    this.roles = shape.roles;
    this.index = indexOf(shape.roles);
    this.#literals = shape.literals;
    this.#chosen = shape.roles.map((role) => chosenByClient.has(role));
    this.#numeric = shape.roles.map((role) => numeric.has(role));
    this.starts = new Array<number>(n).fill(0);
    this.ends = new Array<number>(n).fill(0);
    this.#from = new Array<number>(n).fill(0);
    this.#to = new Array<number>(n).fill(0);
    this.#textAt = this.index.text;
    this.#codeAt = this.index.code;
    this.#argumentAt = Math.max(this.index.request, this.index.argument);
  }

  /** Finds the fields of a line; false if it is not written in this layout. */
  match(text: string): boolean {
    const first = this.#literals[0] ?? '';
    if (!text.startsWith(first)) return false;
    this.#text = text;
    this.#found = 0;
    this.#echoed = -1;
    this.#steps = 0;
    this.#field(0, first.length);
    return this.#found > 0;
  }

  /** Finds the fields of a line of `limit` octets or more that lost its end: what should stand behind the last field. */
  matchCut(text: string, limit: number): boolean {
    const end = this.#literals.at(-1) ?? '';
    return end !== '' && text.length * 3 >= limit && this.match(text + end);
  }

  /** The text of the last match. */
  get text(): string {
    return this.#text;
  }

  /** Tries field `i` from `at` on; true when the search is over. */
  #field(i: number, at: number): boolean {
    if (i === this.roles.length) return at === this.#text.length && this.#keep();
    if (this.#steps++ > mostSteps) return true;
    const text = this.#text;
    const role = this.roles[i] ?? 'skip';
    const next = this.#literals[i + 1] ?? '';
    this.#from[i] = at;
    const fixed = fixedEnd(text, at, role);
    if (fixed > 0) return text.startsWith(next, fixed) && this.#next(i, fixed, next);
    if (fixed < 0) return false;
    if (i === this.roles.length - 1) {
      const end = text.length - next.length;
      return end >= at && text.endsWith(next) && this.#fits(i, at, end) && this.#next(i, end, next);
    }
    for (let end = text.indexOf(next, at); end >= 0; end = text.indexOf(next, end + 1)) {
      if (this.#steps++ > mostSteps) return true;
      if (!this.#fits(i, at, end)) {
        if (role === 'code' || this.#numeric[i] === true || role === 'skip' || role === 'peer') return false;
        continue;
      }
      if (this.#next(i, end, next)) return true;
      if (this.#found > 0 && this.#chosen[i] !== true) return false;
    }
    return false;
  }

  #next(i: number, end: number, literal: string): boolean {
    this.#to[i] = end;
    return this.#field(i + 1, end + literal.length);
  }

  #fits(i: number, at: number, end: number): boolean {
    const text = this.#text;
    const role = this.roles[i] ?? 'skip';
    if (role === 'code') return isCode(text, at, end);
    if (this.#numeric[i] === true) return isNumber(text, at, end);
    if (role === 'skip' || role === 'peer' || role === 'key') {
      const blank = text.indexOf(' ', at);
      return blank < 0 || blank >= end;
    }
    return role !== 'verb' || end - at <= longestVerb;
  }

  /** A way to read the line was found: the last one counts, or the first whose reply repeats the argument. */
  #keep(): boolean {
    // Behind the code stands the server's word, which may look like one more: "MKD q4" 257 "/q4" - Directory created.
    if (
      this.#found > 0 &&
      this.#textAt >= 0 &&
      this.#codeAt >= 0 &&
      this.#text.charCodeAt(this.#from[this.#codeAt] ?? 0) === 45
    )
      return false;
    this.#found++;
    const asked = this.#to[this.#argumentAt] ?? -1;
    if (this.#echoed >= 0 && this.#echoed !== asked) return false;
    if (this.#textAt >= 0 && this.#argumentAt >= 0 && this.#repeats()) this.#echoed = asked;
    for (let i = 0; i < this.roles.length; i++) {
      this.starts[i] = this.#from[i] ?? 0;
      this.ends[i] = this.#to[i] ?? 0;
    }
    return false;
  }

  #repeats(): boolean {
    const text = this.#text;
    const from = this.#from[this.#argumentAt] ?? 0;
    const to = this.#to[this.#argumentAt] ?? 0;
    const blank = this.roles[this.#argumentAt] === 'request' ? text.indexOf(' ', from) + 1 : from;
    if (blank < from || blank >= to) return false;
    const arg = text.slice(blank, to);
    const echo = text.indexOf(arg, this.#from[this.#textAt] ?? 0);
    return (
      echo >= 0 &&
      echo < (this.#to[this.#textAt] ?? 0) &&
      !isLetter(text, echo - 1) &&
      !isLetter(text, echo + arg.length)
    );
  }
}

/** End of a time, which may hold the literal that follows it; 0 for other roles, -1 if no time stands there. */
function fixedEnd(text: string, at: number, role: FieldRole): number {
  if (role === 'clf')
    return text.charCodeAt(at + 2) === 47 && text.charCodeAt(at + 11) === 58 ? afterOffset(text, at + 20) : -1;
  if (role === 'yearless') return text.charCodeAt(at + 9) === 58 ? at + 15 : -1;
  if (role !== 'iso') return 0;
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 13) !== 58) return -1;
  return afterOffset(text, afterFraction(text, at + 19));
}

function isLetter(text: string, at: number): boolean {
  const c = text.charCodeAt(at) | 32;
  return (c >= 97 && c <= 122) || isDigit(text, at);
}

function isCode(text: string, at: number, end: number): boolean {
  if (end - at === 1) return text.charCodeAt(at) === 45;
  const first = text.charCodeAt(at);
  return end - at === 3 && first >= 49 && first <= 54 && isDigit(text, at + 1) && isDigit(text, at + 2);
}

/** Digits with at most a fraction, `-`, or nothing. */
function isNumber(text: string, at: number, end: number): boolean {
  if (end - at === 1 && text.charCodeAt(at) === 45) return true;
  for (let i = at; i < end; i++) {
    const c = text.charCodeAt(i);
    if ((c < 48 || c > 57) && c !== 46) return false;
  }
  return true;
}

/** Variables of one letter. What is not listed is not needed. */
const letters: Readonly<Record<string, FieldRole>> = {
  a: 'peer',
  b: 'bytes',
  D: 'free',
  d: 'free',
  E: 'free',
  f: 'path',
  F: 'path',
  h: 'peer',
  J: 'argument',
  l: 'skip',
  m: 'verb',
  P: 'pid',
  R: 'ms',
  r: 'request',
  s: 'code',
  S: 'text',
  T: 'seconds',
  u: 'user',
  U: 'givenUser',
  v: 'free',
  A: 'free',
  w: 'free',
  p: 'skip',
  L: 'skip',
  c: 'skip',
  g: 'skip',
  H: 'skip',
  I: 'skip',
  O: 'skip',
  V: 'skip',
};

const named: ReadonlyMap<string, FieldRole> = new Map<string, FieldRole>([
  ['iso8601', 'iso'],
  ['epoch', 'epoch'],
  ['millisecs', 'millis'],
  ['microsecs', 'micros'],
  ['protocol', 'protocol'],
  ['remote-port', 'port'],
  ['basename', 'free'],
  ['UNIQUE_ID', 'key'],
  ['transfer-millisecs', 'ms'],
]);

/** Compiles a LogFormat as in proftpd.conf; undefined if it names no command. */
export function compileLayout(format: string): Layout | undefined {
  const literals: string[] = [''];
  const roles: FieldRole[] = [];
  const taken = new Set<FieldRole>();
  const add = (role: FieldRole): void => {
    const once =
      taken.has(role) && role !== 'skip' && role !== 'free' ? (chosenByClient.has(role) ? 'free' : 'skip') : role;
    taken.add(role);
    roles.push(once);
    literals.push('');
  };
  const say = (text: string): void => {
    literals[literals.length - 1] += text;
  };
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? '';
    if (c === '\\' && i + 1 < format.length) say(format[++i] ?? '');
    else if (c !== '%') say(c);
    else if (format[i + 1] === '%') {
      say('%');
      i++;
    } else if (format[i + 1] === '{') {
      const close = format.indexOf('}', i);
      if (close < 0) return undefined;
      const name = format.slice(i + 2, close);
      const kind = format[close + 1];
      i = kind === 't' || kind === 'e' ? close + 1 : close;
      if (kind === 't') addTime(name, add, say);
      else add(named.get(name) ?? 'free');
    } else {
      const letter = format[++i] ?? '';
      if (letter === 't') addTime('', add, say);
      else add(letters[letter] ?? 'free');
    }
  }
  return roles.includes('request') || roles.includes('verb') ? new Layout({ literals, roles }) : undefined;
}

/** `%t` and `%{strftime}t`. */
function addTime(format: string, add: (role: FieldRole) => void, say: (text: string) => void): void {
  if (format === '') {
    say('[');
    add('clf');
    say(']');
  } else if (format.startsWith('%Y-%m-%d') || format.startsWith('%F')) add('iso');
  else if (format.startsWith('%d/%b/%Y')) add('clf');
  else if (format === '%s') add('epoch');
  else add(/^%b %[de]/.test(format) ? 'yearless' : 'free');
}
