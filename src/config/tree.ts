/** A configuration file as a tree whose every part knows where it stands, whatever the file is written in. */

/** Where something stands in the file, both 1-based. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly at: Mark;
  /** undefined for `null` and for nothing at all. */
  readonly value: string | number | boolean | undefined;
}

export interface List {
  readonly kind: 'list';
  readonly at: Mark;
  readonly items: readonly Tree[];
}

export interface Entry {
  readonly key: string;
  readonly at: Mark;
  readonly value: Tree;
}

export interface Group {
  readonly kind: 'map';
  readonly at: Mark;
  readonly entries: readonly Entry[];
}

export type Tree = Leaf | List | Group;

/** What is wrong, and where. */
export interface Problem {
  readonly at: Mark;
  readonly message: string;
}

/** What became of the text of a file. */
export type ReadTree = { readonly tree: Tree } | { readonly problems: readonly Problem[] };

/** Reads the text of a file. Pure. */
export type TreeReader = (text: string) => ReadTree;

/** Deeper files are refused: no configuration needs it, and a reader's stack ends somewhere. */
export const depthLimit = 32;
/** Parts of a tree; aliases of YAML can make a small file large. */
export const partLimit = 100_000;

/** Turns an offset into line and column. */
export function markFinder(text: string): (offset: number) => Mark {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Where the part under this path begins (its key, or the item of a list); undefined if the file has none. */
export function markAt(tree: Tree, path: readonly (string | number)[]): Mark | undefined {
  let part: Tree = tree;
  let at: Mark = tree.at;
  for (const step of path) {
    const next: { readonly at: Mark; readonly value: Tree } | undefined =
      typeof step === 'number' ? itemAt(part, step) : entryOf(part, step);
    if (next === undefined) return undefined;
    part = next.value;
    at = next.at;
  }
  return at;
}

function itemAt(part: Tree, index: number): { readonly at: Mark; readonly value: Tree } | undefined {
  const item = part.kind === 'list' ? part.items[index] : undefined;
  return item === undefined ? undefined : { at: item.at, value: item };
}

function entryOf(part: Tree, key: string): Entry | undefined {
  return part.kind === 'map' ? part.entries.find((entry) => entry.key === key) : undefined;
}

/** Whether a key of this name stands anywhere in the tree. */
export function hasKey(tree: Tree, key: string): boolean {
  if (tree.kind === 'leaf') return false;
  if (tree.kind === 'list') return tree.items.some((item) => hasKey(item, key));
  return tree.entries.some((entry) => entry.key === key || hasKey(entry.value, key));
}
