/** Shapes that several parts of the file share: patterns and clients. */
import type { RuleMeta } from '../model.ts';
import { parseNetwork } from '../protocol/host-port.ts';
import type { TextPattern } from './config.ts';
import type { TextTest } from './glob.ts';
import { either, mapOf, mapped, named, type Shape, textOf, yesOrNo } from './shape.ts';

/** Compiles a regular expression; a string says what is wrong with it. */
export type RegexCompiler = (source: string, ignoreCase: boolean) => TextTest | string;

/** What is known when a file is read. */
export interface Known {
  readonly rules: readonly RuleMeta[];
  /** Ids of the rules that the file itself declares. */
  readonly customIds: readonly string[];
  /** undefined where the file holds no regular expression. */
  readonly regex: RegexCompiler | undefined;
  /** The file says what networks are its own. */
  readonly ownNetworks: boolean;
}

const longest = 1000;

function checkLength(text: string): string {
  return text.length > longest ? `at most ${longest} characters` : '';
}

/** A glob as a text, or a map of `glob` or `regex` with `ignoreCase`. */
export function patternShape(known: Known): Shape<TextPattern> {
  const glob = mapped(
    textOf('a glob', checkLength),
    (source): TextPattern => ({ kind: 'glob', source, ignoreCase: false }),
  );
  const regex = textOf('a regular expression (RE2)', (text) => {
    const found = checkLength(text) || known.regex?.(text, false);
    return typeof found === 'string' ? found : '';
  });
  const map = mapOf(
    {
      glob: { shape: textOf('a glob', checkLength), help: 'Fits the whole text; * ? [] and **.' },
      regex: { shape: regex, help: 'RE2 syntax; is looked for anywhere in the text.' },
      ignoreCase: { shape: yesOrNo, help: 'Upper and lower case are one.' },
    },
    (value, at, to, where) => {
      if ((value.glob === undefined) !== (value.regex === undefined)) return true;
      to.problem(at, `${where} wants either 'glob' or 'regex'`);
      return false;
    },
  );
  const pattern = mapped(map, (value): TextPattern => {
    const ignoreCase = value.ignoreCase ?? false;
    if (value.regex !== undefined) return { kind: 'regex', source: value.regex, ignoreCase };
    return { kind: 'glob', source: value.glob ?? '', ignoreCase };
  });
  return named(
    'pattern',
    either(glob, pattern, (tree) => tree.kind !== 'map'),
  );
}

/** An address, a network, `own`, or the name of a host as a glob. */
export function clientShape(known: Known): Shape<string> {
  const shape = textOf("an address, a network, the name of a host or 'own'", (text) => {
    if (text === 'own') return known.ownNetworks ? '' : "'ownNetworks' says nothing";
    if (/^[\d.]+(\/.*)?$|[:/]/.test(text) && parseNetwork(text) === undefined)
      return 'such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32';
    return checkLength(text);
  });
  return named('client', shape);
}
