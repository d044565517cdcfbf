/** Aligns expected items with found ones, connection by connection, and says what differs. */

/** What the truth says, as far as a dialect carries it. */
export interface Item {
  readonly verb: string;
  readonly arg: string;
  readonly codes: readonly number[];
  readonly text: string;
  readonly time: number;
  /** When the last reply came. */
  readonly end?: number;
  /** The dialect may leave it out. */
  readonly mayMiss: boolean;
  /** Fits nearly anything; whoever knows better comes first. */
  readonly vague?: boolean;
  argFits(found: string): boolean;
  codesFit(found: readonly number[]): boolean;
}

/** What was found in a log. */
export interface Found {
  readonly verb: string;
  readonly arg: string;
  readonly codes: readonly number[];
  readonly replyLines: readonly number[];
  readonly text: string;
  readonly time: number;
  readonly line: number;
}

export interface Verdict {
  readonly equal: number;
  /** Left out, as the manifest says. */
  readonly leftOut: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly wrongCode: readonly string[];
  readonly wrongSession: readonly string[];
  /** Paired in another way, where the wire does not tell which way is right. */
  readonly unclear: readonly string[];
  readonly pairs: readonly (readonly [Item, Found])[];
}

interface Sorted {
  equal: number;
  leftOut: number;
  readonly pairs: (readonly [Item, Found])[];
  readonly wrongCode: string[];
  readonly unclear: string[];
  readonly missing: Item[];
  readonly extra: Found[];
}

interface AlignOptions {
  /** The log tells connections apart; otherwise everything is one pool, in any order. */
  readonly grouped: boolean;
  /** Reply codes in the order of the wire, for connections on which it does not tell what each of them answers. */
  readonly unclear: readonly (readonly number[] | undefined)[];
}

/** Compares connection by connection. */
export function align(
  expected: readonly (readonly Item[])[],
  found: readonly (readonly Found[])[],
  { grouped, unclear }: AlignOptions,
): Verdict {
  const sorted = empty();
  if (!grouped) {
    sorted.missing.push(...expected.flat());
    sorted.extra.push(...found.flat());
    takeEqual(sorted);
    takeWrongCodes(sorted);
    return verdict(sorted, []);
  }
  const partner = assign(expected, found);
  for (const [i, items] of expected.entries()) {
    const list = found[partner[i] ?? -1] ?? [];
    const own: Sorted = { ...empty(), pairs: sorted.pairs };
    sequence(items, list, own);
    const codes = unclear[i];
    if (codes !== undefined && String(codesOf(list)) === String(codes)) excuse(own);
    add(sorted, own);
  }
  const used = new Set(partner);
  found.forEach((list, i) => {
    if (!used.has(i)) sorted.extra.push(...list);
  });
  const wrongSession = takeEqual(sorted);
  return verdict(sorted, wrongSession);
}

function empty(): Sorted {
  return { equal: 0, leftOut: 0, pairs: [], wrongCode: [], unclear: [], missing: [], extra: [] };
}

function add(all: Sorted, one: Sorted): void {
  all.equal += one.equal;
  all.leftOut += one.leftOut;
  all.wrongCode.push(...one.wrongCode);
  all.unclear.push(...one.unclear);
  all.missing.push(...one.missing);
  all.extra.push(...one.extra);
}

/** Reply codes in the order of the log. */
function codesOf(list: readonly Found[]): readonly number[] {
  return list
    .flatMap((f) => f.codes.map((code, i) => ({ code, line: f.replyLines[i] ?? f.line })))
    .sort((a, b) => a.line - b.line)
    .map((r) => r.code);
}

/** Every reply is there, in order; only what it answers is seen in another way. */
function excuse(s: Sorted): void {
  s.unclear.push(...s.wrongCode.splice(0));
  const asked = (verb: string): boolean => verb !== '-';
  const unasked = s.extra.filter((f) => !asked(f.verb));
  s.unclear.push(...unasked.map(foundText));
  s.extra.splice(0, s.extra.length, ...s.extra.filter((f) => asked(f.verb)));
  s.missing.splice(0, s.missing.length, ...s.missing.filter((item) => asked(item.verb)));
}

function verdict(s: Sorted, wrongSession: readonly string[]): Verdict {
  const missing = s.missing.filter((item) => !item.mayMiss);
  return {
    equal: s.equal,
    leftOut: s.leftOut + s.missing.length - missing.length,
    missing: missing.map(itemText),
    extra: s.extra.map(foundText),
    wrongCode: s.wrongCode,
    wrongSession,
    unclear: s.unclear,
    pairs: s.pairs,
  };
}

/** Which found session is which connection: the pairs that have most in common first. */
function assign(
  expected: readonly (readonly Item[])[],
  found: readonly (readonly Found[])[],
): readonly (number | undefined)[] {
  const candidates: { readonly i: number; readonly j: number; readonly common: number }[] = [];
  expected.forEach((items, i) => {
    found.forEach((list, j) => {
      const common = commonOf(items, list);
      if (common > 0) candidates.push({ i, j, common });
    });
  });
  candidates.sort((a, b) => b.common - a.common || a.i - b.i || a.j - b.j);
  const partner: (number | undefined)[] = expected.map(() => undefined);
  const taken = new Set<number>();
  for (const { i, j } of candidates) {
    if (partner[i] !== undefined || taken.has(j)) continue;
    partner[i] = j;
    taken.add(j);
  }
  return partner;
}

/** How many are equal in order, by a scan that looks only ahead; near times count a little, to part sessions that are alike. */
function commonOf(items: readonly Item[], list: readonly Found[]): number {
  let at = 0;
  let common = 0;
  for (const item of items) {
    const next = list.findIndex((f, i) => i >= at && isEqual(item, f));
    if (next < 0 || next - at > 12) continue;
    common += 1 + near(item, list[next] as Found);
    at = next + 1;
  }
  return common;
}

function near(item: Item, found: Found): number {
  const off = Math.abs(item.time - found.time);
  return off < 60_000 ? 0.01 * (1 - off / 60_000) : 0;
}

function isEqual(item: Item, found: Found): boolean {
  return isSameCommand(item, found) && item.codesFit(found.codes);
}

function isSameCommand(item: Item, found: Found): boolean {
  return (item.verb === found.verb || (item.verb === '*' && found.verb !== '-')) && item.argFits(found.arg);
}

/** Aligns in order with the least difference: equal 0, another code 1, missing or extra 1.2 (0.1 where it may be missing). */
function sequence(items: readonly Item[], list: readonly Found[], s: Sorted): void {
  const width = list.length + 1;
  const cost = new Float64Array((items.length + 1) * width);
  const pairCost = (item: Item, f: Found): number => {
    if (!isSameCommand(item, f)) return Number.POSITIVE_INFINITY;
    return item.codesFit(f.codes) ? 0 : 1;
  };
  const skip = (item: Item): number => (item.mayMiss ? 0.1 : 1.2);
  for (let i = items.length; i >= 0; i--) {
    for (let j = list.length; j >= 0; j--) {
      const item = items[i];
      const f = list[j];
      if (item === undefined && f === undefined) continue;
      let best = Number.POSITIVE_INFINITY;
      if (item !== undefined) best = Math.min(best, skip(item) + (cost[(i + 1) * width + j] as number));
      if (f !== undefined) best = Math.min(best, 1.2 + (cost[i * width + j + 1] as number));
      if (item !== undefined && f !== undefined)
        best = Math.min(best, pairCost(item, f) + (cost[(i + 1) * width + j + 1] as number));
      cost[i * width + j] = best;
    }
  }
  let i = 0;
  let j = 0;
  while (i < items.length || j < list.length) {
    const item = items[i];
    const f = list[j];
    const here = cost[i * width + j] as number;
    if (
      item !== undefined &&
      f !== undefined &&
      here === pairCost(item, f) + (cost[(i + 1) * width + j + 1] as number)
    ) {
      if (item.codesFit(f.codes)) {
        s.equal++;
        s.pairs.push([item, f]);
      } else s.wrongCode.push(`${itemText(item)} found ${foundText(f)}`);
      i++;
      j++;
    } else if (f !== undefined && here === 1.2 + (cost[i * width + j + 1] as number)) {
      s.extra.push(f);
      j++;
    } else if (item !== undefined) {
      s.missing.push(item);
      i++;
    }
  }
}

/** What is missing in one place and equal to what is extra in another was found in the wrong session. */
function takeEqual(s: Sorted): readonly string[] {
  const taken: string[] = [];
  for (const item of s.missing.toSorted((a, b) => doubt(a) - doubt(b))) {
    const f = nearest(item, s.extra);
    if (f === undefined) continue;
    const at = s.extra.indexOf(f);
    s.extra.splice(at, 1);
    s.missing.splice(s.missing.indexOf(item), 1);
    s.equal++;
    s.pairs.push([item, f]);
    taken.push(`${itemText(item)} found ${foundText(f)}`);
  }
  return taken;
}

/** What must be there comes first, what fits nearly anything last. */
function doubt(item: Item): number {
  return (item.mayMiss ? 1 : 0) + (item.vague === true ? 2 : 0);
}

/** The one that is equal, and closest in time where several are. */
function nearest(item: Item, list: readonly Found[]): Found | undefined {
  const off = (f: Found): number =>
    Math.min(Math.abs(item.time - f.time), Math.abs((item.end ?? item.time) - f.time)) || 0;
  return list.filter((f) => isEqual(item, f)).sort((a, b) => off(a) - off(b))[0];
}

function takeWrongCodes(s: Sorted): void {
  for (const item of [...s.missing]) {
    const at = s.extra.findIndex((f) => isSameCommand(item, f));
    if (at < 0) continue;
    s.wrongCode.push(`${itemText(item)} found ${foundText(s.extra[at] as Found)}`);
    s.extra.splice(at, 1);
    s.missing.splice(s.missing.indexOf(item), 1);
  }
}

function itemText(item: Item): string {
  return `${[item.verb, item.arg].filter((t) => t !== '').join(' ')} = ${item.codes.join(' ') || 'nothing'}`;
}

function foundText(f: Found): string {
  return `line ${f.line}: ${[f.verb, f.arg].filter((t) => t !== '').join(' ')} = ${f.codes.join(' ') || 'nothing'}`;
}
