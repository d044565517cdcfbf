/**
 * A secret that was seen: it can be found again and hidden, and cannot be read. Its value stands in private fields only:
 * no JSON, clone or print of what holds it shows it.
 */
import type { Concealed } from '../model.ts';

const mask = '***';

/** Longer arguments are no passwords that a server would repeat. */
const longest = 512;
/** A secret of so few characters counts only as a word of its own. */
const short = 3;
/** One of so few is in names of every kind: it counts only where nothing else stands, in quotes, or behind its command. */
const tiny = 2;
const passBefore = /\b(?:pass|acct)[ \t]+$/;
/** A word of letters alone may be part of an innocent one, unless it is as long as this. */
const longWord = 8;

/** Letters from rare to frequent in replies, then digits: what is looked for first. */
const rare = 'zqxjkvwybgfhpmucdlnrtsaoie9876543210';

/** Words of replies and of every other path: hiding them would hide what a log says, and tell the password besides. */
const common: ReadonlySet<string> = new Set(
  (
    'a an and are as at be by for from in is it no not of ok on or the this to with you your yes ' +
    'ftp ftps sftp pass password passwd user username login logon guest anonymous admin administrator root test server ' +
    'client service ready welcome goodbye bye hello system unix linux windows file files data name path size time type mode ' +
    'binary ascii image passive active port open opening close closing closed connection connected transfer transferred ' +
    'complete completed successful successfully success failed failure error command commands directory directories folder ' +
    'home pub public incoming upload uploads download downloads backup backups www web html http https index local localhost ' +
    'access account denied permission permitted denied accepted invalid incorrect unknown please specify required need ' +
    'enter entering bytes kbytes seconds secs secure list listing changed created removed deleted renamed stored current'
  ).split(' '),
);

class Known implements Concealed {
  readonly #values: readonly string[];
  readonly #value: string;
  /** There is one form of it. */
  readonly #isPlain: boolean;
  /** No text of fewer characters holds the secret. */
  readonly #least: number;
  /** Characters that stand in every text that holds the secret, each in one case or the other: rare ones first. */
  readonly #signs: readonly string[];
  /** Made when the first text comes that may hold one. */
  #forms: readonly string[] | undefined;
  /** Parts of longer words do not count. */
  #whole = false;
  #digits = false;

  constructor(values: readonly string[]) {
    const value = values[0] ?? '';
    this.#value = value.toLowerCase();
    this.#values = values;
    const alone = values.length === 1;
    this.#isPlain = alone && isPlain(value);
    this.#least = this.#isPlain ? value.length : 1;
    this.#signs = alone ? signsOf(this.#value) : noSigns;
  }

  /** The same for equal secrets, and for no others. */
  static keyOf(secret: Concealed): string {
    if (secret instanceof Known && secret.#values.length === 1) return secret.#value;
    // No value begins with a blank.
    let key = ' ';
    for (const part of secret.parts())
      if (part instanceof Known) key += `${part.#values.length}:${part.#value.length}:${part.#value}`;
    return key;
  }

  is(text: string): boolean {
    return text.toLowerCase() === this.#value;
  }

  equals(other: Concealed): boolean {
    return other instanceof Known && other.#value === this.#value && other.#values.length === this.#values.length;
  }

  parts(): readonly Concealed[] {
    return [this];
  }

  mayBeIn(text: string): boolean {
    if (text.length < this.#least) return false;
    const signs = this.#signs;
    for (let i = 0; i < signs.length; i += 2) {
      const small = signs[i] as string;
      const capital = signs[i + 1] as string;
      if (!text.includes(small) && (small === capital || !text.includes(capital))) return false;
    }
    return true;
  }

  mask(text: string): string {
    if (!this.mayBeIn(text)) return text;
    const lower = text.toLowerCase();
    // Some capital letters become longer: then places would not be the same.
    const searched = lower.length === text.length ? lower : text;
    if (this.#isPlain && !searched.includes(this.#value)) return text;
    let masked = text;
    let left = searched;
    this.#forms ??= this.#prepare();
    for (const form of this.#forms) {
      for (let at = left.indexOf(form); at >= 0; ) {
        const end = at + form.length;
        if (this.#counts(left, at, end)) {
          masked = masked.slice(0, at) + mask + masked.slice(end);
          left = left.slice(0, at) + mask + left.slice(end);
          at = left.indexOf(form, at + mask.length);
        } else at = left.indexOf(form, at + 1);
      }
    }
    return masked;
  }

  /** What only a text needs that may hold the secret; most sessions see none. */
  #prepare(): readonly string[] {
    const values = this.#values;
    const value = values[0] ?? '';
    this.#digits = /^\d+$/.test(value);
    this.#whole =
      this.#digits ||
      value.length <= short ||
      (value.length < longWord && /^\p{L}+$/u.test(value)) ||
      values.length > 1;
    return [...new Set(values.flatMap(formsOf))].filter(Boolean).sort((a, b) => b.length - a.length);
  }

  /** Whether what stands here is the secret, and not a part of a word or number that has nothing to do with it. */
  #counts(text: string, at: number, end: number): boolean {
    if (!this.#whole) return true;
    if (end - at <= tiny) return standsAlone(text, at, end);
    const before = text.charAt(at - 1);
    const after = text.charAt(end);
    if (!this.#digits) return !isWordCharacter(before) && !isWordCharacter(after);
    if (/\d/.test(before) || /\d/.test(after)) return false;
    // A short number is a port, a size or a part of an address, unless it is in quotes or behind a name.
    return end - at > short || /["'`/:=]/.test(before) || /["'`]/.test(after);
  }
}

/** Secrets that one line showed. */
class Several implements Concealed {
  readonly #all: readonly Concealed[];

  constructor(all: readonly Concealed[]) {
    this.#all = all.flatMap((secret) => secret.parts());
  }

  is(text: string): boolean {
    return this.#all.every((secret) => secret.is(text));
  }

  equals(other: Concealed): boolean {
    const others = other.parts();
    return this.#all.length === others.length && this.#all.every((secret, i) => secret.equals(others[i] as Concealed));
  }

  parts(): readonly Concealed[] {
    return this.#all;
  }

  mayBeIn(text: string): boolean {
    return this.#all.some((secret) => secret.mayBeIn(text));
  }

  mask(text: string): string {
    return this.#all.reduce((masked, secret) => secret.mask(masked), text);
  }
}

/** Secrets as one; undefined if there are none. */
export function together(all: readonly Concealed[]): Concealed | undefined {
  return all.length < 2 ? all[0] : new Several(all);
}

/**
 * The latest secrets of many lines, each once: so many of the latest for certain, and less than twice as many. A full
 * generation is kept until the next is full, which takes a quarter of the time of finding the oldest each time.
 */
export class LatestSecrets {
  readonly #most: number;
  /** By what they are. */
  #latest = new Map<string, Concealed>();
  #before: ReadonlyMap<string, Concealed> = new Map();

  constructor(most: number) {
    this.#most = most;
  }

  keep(secret: Concealed): void {
    const key = Known.keyOf(secret);
    if (this.#latest.has(key)) return;
    if (this.#latest.size >= this.#most) {
      this.#before = this.#latest;
      this.#latest = new Map();
    }
    this.#latest.set(key, secret);
  }

  all(): readonly Concealed[] {
    return [...new Map([...this.#before, ...this.#latest]).values()];
  }
}

/** The latest secrets stand last, each once. */
export function keepLatest(secrets: Concealed[], secret: Concealed, most: number): void {
  const known = secrets.findIndex((one) => one.equals(secret));
  if (known >= 0) secrets.splice(known, 1);
  else if (secrets.length >= most) secrets.shift();
  secrets.push(secret);
}

/** What a terminal was told around the text. */
const colour = /\x1b\[[0-9;]*[A-Za-z]/g;

/** The secrets of one argument; undefined where there is none that could be told from plain words. */
export function conceal(values: readonly string[]): Concealed | undefined {
  const kept = values.map(bareValue).filter(isKept);
  return kept.length === 0 ? undefined : new Known(kept);
}

function bareValue(value: string): string {
  return (value.includes('\x1b') ? value.replace(colour, '') : value).trim();
}

function isKept(value: string): boolean {
  if (value === '' || value.length > longest || common.has(value.toLowerCase())) return false;
  return value.length > short || /[\p{L}\p{N}]/u.test(value);
}

/** No program escapes or quotes a character of it. */
function isPlain(value: string): boolean {
  return /^[\w.-]+$/.test(value);
}

/** The secret as programs may write it, in lower case: as it is, quoted, escaped, percent-encoded, without its accents. */
function formsOf(value: string): readonly string[] {
  if (isPlain(value)) return [value.toLowerCase()];
  const text = value.toWellFormed();
  const encoded = encodeURIComponent(text);
  return [
    text,
    encoded,
    encoded.replaceAll('%20', '+'),
    encodeURI(text),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll('"', '""'),
    text.replaceAll("'", "''"),
    text.replaceAll("'", "\\'"),
    text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    text.replace(/[^\x20-\x7e]/g, '?'),
    text.replaceAll('\\n', ' ').replaceAll('\\t', ' ').replaceAll('\\\\', '\\'),
  ].map((form) => (form.replaceAll('?', '') === '' ? '' : form.toLowerCase()));
}

/** By character code: how rare it is in replies, 0 the rarest; {@link common} ones and those an encoding changes are last. */
const rarity = new Uint8Array(128).fill(rare.length);
for (let i = 0; i < rare.length; i++) rarity[rare.charCodeAt(i)] = i;

/** By rarity: the small letter and the capital, as texts to search for. */
const signs: readonly (readonly [string, string])[] = [...rare].map((c) => [c, c.toUpperCase()]);
const noSigns: readonly string[] = [];

/** The two rarest of the characters that no encoding changes, small letter and capital of each; fewer if it has no two. */
function signsOf(value: string): readonly string[] {
  let first = rare.length;
  let second = rare.length;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    const rank = c < 128 ? (rarity[c] as number) : rare.length;
    if (rank < first) {
      second = first;
      first = rank;
    } else if (rank > first && rank < second) second = rank;
  }
  const rarest = signs[first];
  const next = signs[second];
  return rarest === undefined ? noSigns : next === undefined ? rarest : [...rarest, ...next];
}

/** Whether it is a whole line, a whole quotation, the subject of a reply (`x: no such file`), or follows its command. */
function standsAlone(text: string, at: number, end: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(end);
  if (before === '' || before === '\n') return after === '' || after === '\n' || after === ':';
  if (/["'`]/.test(before)) return after === before || after === "'";
  return passBefore.test(text.slice(Math.max(0, at - 8), at)) && !isWordCharacter(after);
}

function isWordCharacter(c: string): boolean {
  return c !== '' && /[\p{L}\p{N}_]/u.test(c);
}
