/** YAML 1.2 with the place of every part. Loaded only when such a file is read. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { depthLimit, type Entry, type Mark, type Problem, partLimit, type ReadTree, type Tree } from './tree.ts';

/** Reads one YAML document; an empty one is an empty map. */
export function readYamlTree(text: string): ReadTree {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'silent',
  });
  const markOf = (offset: number): Mark => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    at: markOf(pos[0]),
    message: plain(message),
  }));
  if (problems.length > 0) return { problems: problems.slice(0, 20) };
  let parts = 0;

  const build = (node: ParsedNode | null, depth: number): Tree => {
    const at = markOf(node?.range[0] ?? 0);
    const refuse = (message: string): Tree => {
      if (problems.length < 20) problems.push({ at, message });
      return { kind: 'leaf', at, value: undefined };
    };
    if (++parts > partLimit)
      return parts === partLimit + 1 ? refuse(`more than ${partLimit} parts`) : { kind: 'leaf', at, value: undefined };
    if (depth > depthLimit) return refuse(`nested deeper than ${depthLimit} levels`);
    if (node === null) return { kind: 'leaf', at, value: undefined };
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target === undefined ? refuse(`no anchor '${node.source}'`) : build(target as ParsedNode, depth + 1);
    }
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => build(item as ParsedNode, depth + 1)) };
    if (isMap(node)) {
      const entries = node.items.map((pair): Entry => {
        const key = pair.key as ParsedNode;
        const name = isScalar(key) ? String(key.value) : '';
        return { key: name, at: markOf(key.range[0]), value: build(pair.value as ParsedNode | null, depth + 1) };
      });
      return { kind: 'map', at, entries };
    }
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return { kind: 'leaf', at, value };
    return value === null || value === undefined
      ? { kind: 'leaf', at, value: undefined }
      : refuse('a value of a type that is not used here');
  };

  const root = document.contents;
  const tree = root === null ? ({ kind: 'map', at: { line: 1, column: 1 }, entries: [] } as const) : build(root, 0);
  return problems.length > 0 ? { problems } : { tree };
}

/** As the other messages: lower case, one line, no dot. */
function plain(message: string): string {
  const line = (message.split('\n')[0] ?? '').replace(/[.:]$/, '');
  return line.charAt(0).toLowerCase() + line.slice(1);
}
