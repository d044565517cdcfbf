/**
 * Globs, matched in time proportional to text times pattern: all states at once, no turning back.
 *
 * `*` any run without `/`, `**` any run, `?` one character but `/`, `[a-z]` and `[!a-z]` one of a class, `\` takes the
 * next character as it is. `a/**` also means `a` itself, and two stars between slashes also mean no folder at all.
 */

type Token =
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'class'; readonly not: boolean; readonly ranges: readonly (readonly [from: number, to: number])[] }
  /** `?`, `*` and `**`. */
  | { readonly kind: 'one' | 'run' | 'all' }
  // Two stars and a slash: nothing, or anything up to a slash. The second is the inside of the first.
  | { readonly kind: 'folders' | 'in-folders' }
  /** The slash of `/**` at the end. */
  | { readonly kind: 'tail' };

const slash = 47;

/** Tests a whole text. */
export type TextTest = (text: string) => boolean;

/** The test for a glob. */
export function globTest(glob: string, ignoreCase = false): TextTest {
  const tokens = tokensOf(ignoreCase ? glob.toLowerCase() : glob);
  const literal = tokens.findIndex((token) => token.kind !== 'char');
  const prefix = textOf(literal < 0 ? tokens : tokens.slice(0, literal));
  const match = simulation(tokens);
  return (given) => {
    const text = ignoreCase ? given.toLowerCase() : given;
    if (literal < 0) return text === prefix;
    return text.startsWith(prefix) && match(text);
  };
}

function textOf(tokens: readonly Token[]): string {
  return String.fromCharCode(...tokens.map((token) => (token.kind === 'char' ? token.code : 0)));
}

function tokensOf(glob: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < glob.length; i++) {
    const c = glob.charAt(i);
    if (c === '*' && glob.charAt(i + 1) === '*') {
      const begins = i === 0 || glob.charAt(i - 1) === '/';
      while (glob.charAt(i + 1) === '*') i++;
      const last = tokens[tokens.length - 1];
      if (begins && glob.charAt(i + 1) === '/') {
        tokens.push({ kind: 'folders' }, { kind: 'in-folders' });
        i++;
      } else if (i === glob.length - 1 && last?.kind === 'char' && last.code === slash && tokens.length > 1) {
        tokens[tokens.length - 1] = { kind: 'tail' };
        tokens.push({ kind: 'all' });
      } else tokens.push({ kind: 'all' });
    } else if (c === '*') tokens.push({ kind: 'run' });
    else if (c === '?') tokens.push({ kind: 'one' });
    else if (c === '[' && glob.indexOf(']', i + 2) > 0) {
      const end = glob.indexOf(']', i + (glob.charAt(i + 1) === '!' ? 3 : 2));
      if (end < 0) tokens.push({ kind: 'char', code: glob.charCodeAt(i) });
      else {
        tokens.push(classOf(glob.slice(i + 1, end)));
        i = end;
      }
    } else {
      if (c === '\\' && i + 1 < glob.length) i++;
      tokens.push({ kind: 'char', code: glob.charCodeAt(i) });
    }
  }
  return tokens;
}

function classOf(text: string): Token {
  const not = text.startsWith('!');
  const body = not ? text.slice(1) : text;
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < body.length; i++) {
    const from = body.charCodeAt(i);
    const ends = body.charAt(i + 1) === '-' && i + 2 < body.length;
    ranges.push([from, ends ? body.charCodeAt(i + 2) : from]);
    if (ends) i += 2;
  }
  return { kind: 'class', not, ranges };
}

/** Follows all ways through the tokens at once; state n is the end. */
function simulation(tokens: readonly Token[]): TextTest {
  const end = tokens.length;
  let now = new Uint8Array(end + 1);
  let next = new Uint8Array(end + 1);
  /** Enters a state and those that follow without a character. */
  const enter = (states: Uint8Array, first: number): void => {
    for (let state = first; states[state] === 0; ) {
      states[state] = 1;
      const kind = tokens[state]?.kind;
      if (kind === 'tail') states[end] = 1;
      if (kind === 'run' || kind === 'all') state++;
      else if (kind === 'folders') state += 2;
      else return;
    }
  };
  return (text) => {
    now.fill(0);
    enter(now, 0);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      next.fill(0);
      let alive = false;
      for (let state = 0; state < end; state++) {
        const token = now[state] === 1 ? tokens[state] : undefined;
        if (token === undefined) continue;
        alive = true;
        step(token, state, code, next, enter);
      }
      if (!alive) return false;
      [now, next] = [next, now];
    }
    return now[end] === 1;
  };
}

function step(
  token: Token,
  state: number,
  code: number,
  next: Uint8Array,
  enter: (states: Uint8Array, state: number) => void,
): void {
  switch (token.kind) {
    case 'char':
      if (code === token.code) enter(next, state + 1);
      return;
    case 'class':
      if (code !== slash && token.ranges.some(([from, to]) => code >= from && code <= to) !== token.not)
        enter(next, state + 1);
      return;
    case 'one':
      if (code !== slash) enter(next, state + 1);
      return;
    case 'tail':
      if (code === slash) enter(next, state + 1);
      return;
    case 'run':
      if (code !== slash) enter(next, state);
      return;
    case 'all':
      enter(next, state);
      return;
    case 'folders':
      enter(next, state + 1);
      if (code === slash) enter(next, state + 2);
      return;
    case 'in-folders':
      enter(next, state);
      if (code === slash) enter(next, state + 1);
  }
}
