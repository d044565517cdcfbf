/**
 * The layout of a ProFTPD ExtendedLog: a LogFormat (mod_log.html) as literals and the fields between them, and the
 * matcher for its lines. Nothing is escaped in such a log, so a name may hold what looks like the end of its field:
 *   … "STOR a" 226 9 b" 550 -        ← the name is `a" 226 9 b`
 * All ways to read a line are tried. What speaks for one: its verb may have its code, the reply text repeats its argument,
 * and no further code stands in that text. Where two are left the line is unclear.
 */
import { isVerb, legal } from '../../../protocol/commands.ts';
import { digits, isDigit } from '../../../text.ts';
import { afterFraction, afterOffset } from '../../../timestamp.ts';

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
/** What speaks for a reading: its verb may have its code, the reply repeats its argument, no code stands in the reply. */
const fits = 1;
const echoes = 2;
const clean = 4;
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
  /** What speaks for the reading that is kept; known only once there is a second one. */
  #kept = 0;
  #unclear = false;
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
    this.#unclear = false;
    this.#kept = 0;
    this.#steps = 0;
    this.#field(0, first.length);
    return this.#found > 0;
  }

  /** Finds the fields of a line of `limit` octets or more that lost its end: what should stand behind the last field. */
  matchCut(text: string, limit: number): boolean {
    const end = this.#literals.at(-1) ?? '';
    return end !== '' && text.length * 3 >= limit && this.match(text + end);
  }

  /** The last match could be another one as well: what the client sent cannot be told from what the server wrote. */
  get isUnclear(): boolean {
    return this.#unclear || this.#steps > mostSteps;
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

  /** A way to read the line was found. Two of which neither is better leave the line unclear. */
  #keep(): boolean {
    // Behind the code stands the server's word, which may look like one more: "MKD q4" 257 "/q4" - Directory created.
    // Where the server gave no code it said nothing either.
    if (this.#found > 0 && this.#textAt >= 0 && this.#codeAt >= 0 && this.#isDash(this.#codeAt) && !this.#isSilent())
      return false;
    this.#found++;
    // The same command and code: the last split of what follows counts, as only the server writes behind the last field.
    if (this.#found > 1 && !this.#saysTheSame()) {
      if (this.#kept === 0) this.#kept = this.#worthOf(this.starts, this.ends);
      const worth = this.#worthOf(this.#from, this.#to);
      const best = this.#kept | worth;
      if (best === this.#kept && best !== worth) return false;
      // Both are as good: the longer argument, if the reply repeats it.
      this.#unclear = best !== worth || (worth === this.#kept && (worth & echoes) === 0 && this.#textAt >= 0);
      this.#kept = best;
    }
    for (let i = 0; i < this.roles.length; i++) {
      this.starts[i] = this.#from[i] ?? 0;
      this.ends[i] = this.#to[i] ?? 0;
    }
    return false;
  }

  #saysTheSame(): boolean {
    const asked = this.#argumentAt;
    const code = this.#codeAt;
    return this.ends[asked] === this.#to[asked] && this.starts[code] === this.#from[code];
  }

  /** The reply has no text. */
  #isSilent(): boolean {
    const at = this.#from[this.#textAt] ?? 0;
    const length = (this.#to[this.#textAt] ?? 0) - at;
    return length === 0 || (length === 1 && this.#isDash(this.#textAt));
  }

  #isDash(i: number): boolean {
    return this.#text.charCodeAt(this.#from[i] ?? 0) === 45;
  }

  /** What speaks for a reading: bits. */
  #worthOf(starts: readonly number[], ends: readonly number[]): number {
    const text = this.#text;
    const asked = this.#argumentAt;
    const from = starts[asked] ?? 0;
    const to = ends[asked] ?? 0;
    const isRequest = this.roles[asked] === 'request';
    const blank = isRequest ? text.indexOf(' ', from) + 1 : from;
    const arg = asked < 0 || blank < from || blank >= to ? '' : text.slice(blank, to);
    const verbAt = this.index.verb;
    const verb = isRequest
      ? text.slice(from, arg === '' ? to : blank - 1)
      : verbAt < 0
        ? ''
        : text.slice(starts[verbAt], ends[verbAt]);
    const code = this.#codeAt < 0 ? 0 : digits(text, starts[this.#codeAt] ?? 0, ends[this.#codeAt] ?? 0);
    let worth = code <= 0 || (isVerb(verb) && legal(verb, arg, code)) ? fits : 0;
    if (this.#textAt < 0) return worth | clean;
    const said = text.slice(starts[this.#textAt], ends[this.#textAt]);
    if (this.#repeats(said, arg)) worth |= echoes;
    return this.#isClean(said, arg) ? worth | clean : worth;
  }

  /** The reply text holds the whole argument, as a word of its own, and no code behind it. */
  #repeats(said: string, arg: string): boolean {
    if (arg === '') return false;
    for (const form of [arg, arg.replaceAll('"', '""')])
      for (let at = said.indexOf(form); at >= 0; at = said.indexOf(form, at + 1)) {
        const end = at + form.length;
        if (!isLetter(said, at - 1) && !isLetter(said, end) && this.#codeIn(said, end) !== end) return true;
      }
    return false;
  }

  /** What looks like the end of the argument and a code stands in the reply text only where the argument holds it. */
  #isClean(said: string, arg: string): boolean {
    const width = (this.#literals[this.#codeAt] ?? '').length + 3;
    for (let at = this.#codeIn(said, 0); at >= 0; at = this.#codeIn(said, at + 1))
      if (!arg.includes(said.slice(at, at + width))) return false;
    return true;
  }

  /** Index of what stands between argument and code with a code behind it; -1 if there is none. */
  #codeIn(said: string, from: number): number {
    const mark = this.#codeAt < 1 ? '' : (this.#literals[this.#codeAt] ?? '');
    if (mark.trim() === '') return -1;
    for (let at = said.indexOf(mark, from); at >= 0; at = said.indexOf(mark, at + 1)) {
      const code = at + mark.length;
      if (isCode(said, code, code + 3) && !isDigit(said, code + 3)) return at;
    }
    return -1;
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
