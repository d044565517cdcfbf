/**
 * Nothing that changes stands at the level of a module: two analyses in one process share no text, no count and no order of
 * events. What an analysis remembers is in an object that it owns.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { createAnalyzer, toJson } from '../src/index.ts';

/** What may change all the same, and why nobody can tell. */
const exceptions: Readonly<Record<string, string>> = {
  'dialects/daemon/pureftpd/messages.ts: head': 'read anew for each line: what it holds is asked for at once',
  'io/sink.ts: temporaries': 'files of the process, to be taken away when it is told to end; no analysis comes here',
  'protocol/commands.ts: acceptedByVerb': 'worked out from the table of commands when asked for: a row each at most',
  'protocol/commands.ts: specsByVerb': 'worked out from the table of commands when asked for: a row each at most',
  'text.ts: asked': 'one character that nobody reads, so that V8 does not leave out the question for it',
  'timestamp.ts: zoneEnd': 'a second result: written and read within one call',
};

/** Methods that change a collection. */
const changing: ReadonlySet<string> = new Set([
  ...['set', 'add', 'delete', 'clear', 'push', 'pop', 'shift', 'unshift', 'splice', 'fill', 'sort', 'reverse'],
]);

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'))
  .sort();

const codes = files.map((file) => readFileSync(join('src', file), 'utf8'));
const changingClasses: ReadonlySet<string> = new Set(codes.flatMap(classesThatChange));

it('holds nothing that an analysis changes, but for what is listed here with a reason', () => {
  const found = files.flatMap((file, i) => stateIn(codes[i] ?? '').map((name) => `${file}: ${name}`));
  const listed = Object.keys(exceptions);
  expect(
    found.filter((name) => !listed.includes(name)),
    'let an object of the analysis own these (docs/architecture.md)',
  ).toEqual([]);
  expect(
    listed.filter((name) => !found.includes(name)),
    'these are no exceptions any more',
  ).toEqual([]);
});

it('leaves two analyses side by side as they are alone', () => {
  const logs = ['fixtures/session.log', 'fixtures/dialects/raw-control/pureftpd.log'].map((path) =>
    readFileSync(path, 'utf8').split('\n'),
  );
  const begun = (): ReturnType<typeof createAnalyzer> => {
    const analyzer = createAnalyzer();
    analyzer.source({ name: 'a.log', reference: 0 });
    return analyzer;
  };
  const alone = logs.map((lines) => {
    const analyzer = begun();
    for (const line of lines) analyzer.line(line);
    return toJson(analyzer.report());
  });
  const beside = logs.map(begun);
  const longest = Math.max(...logs.map((lines) => lines.length));
  for (let i = 0; i < longest; i++)
    for (const [n, lines] of logs.entries()) {
      const line = lines[i];
      if (line !== undefined) beside[n]?.line(line);
    }
  expect(beside.map((analyzer) => toJson(analyzer.report()))).toEqual(alone);
});

it('is told in all its forms', () => {
  expect(stateIn('let last = 0;')).toEqual(['last']);
  expect(stateIn('export let last: string;')).toEqual(['last']);
  expect(stateIn('const known = new Map(); export function f() { known.set(1, 2); }')).toEqual(['known']);
  expect(stateIn('const at: number[] = []; const f = () => { at[0] = 1; };')).toEqual(['at']);
  expect(stateIn('const state = { n: 0 }; class A { f() { state.n++; } }')).toEqual(['state']);
  expect(stateIn('const { a } = { a: [1] }; function f() { a.push(2); }')).toEqual(['a']);
  expect(stateIn('const last = new Clock();')).toEqual(['last']);
  expect(classesThatChange('class A { #n = 0; f() { this.#n++; } }')).toEqual(['A']);
  expect(classesThatChange('class A { readonly #all = new Set(); f() { this.#all.add(1); } }')).toEqual(['A']);
  expect(stateIn('const nameOf = interner((name) => name);')).toEqual(['nameOf']);
  expect(stateIn('class A { static n = 0; }')).toEqual(['A.n']);
});

it('is not what stays as it was made', () => {
  expect(stateIn('const known = new Map([[1, 2]]); export const f = () => known.get(1);')).toEqual([]);
  expect(stateIn('const known = new Map(); known.set(1, 2);')).toEqual([]);
  expect(stateIn('const list = [1]; function f() { const list = []; list.push(2); }')).toEqual([]);
  expect(stateIn('const list = [1]; function f(list) { list.push(2); }')).toEqual([]);
  expect(stateIn('const sign = /a/g; function f() { sign.lastIndex = 0; }')).toEqual([]);
  expect(stateIn('const table = new WordTable([]);')).toEqual([]);
  expect(classesThatChange('class A { #n; constructor() { this.#n = 0; } f() { return this.#n; } }')).toEqual([]);
  expect(stateIn('const made = lazy(() => new Set([1]));')).toEqual([]);
  expect(stateIn('const rule = counting(() => { let n = 0; return { f: () => n++ }; });')).toEqual([]);
});

/** Names at the level of a module that functions write to. */
function stateIn(code: string): readonly string[] {
  const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true);
  const own = new Set<string>();
  const found = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement)) {
      for (const member of statement.members)
        if (ts.isPropertyDeclaration(member) && isStatic(member) && !isReadonly(member))
          found.add(`${statement.name?.text}.${member.name.getText()}`);
    } else if (ts.isVariableStatement(statement)) {
      const isLet = (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
      for (const { name, initializer } of statement.declarationList.declarations) {
        for (const each of namesIn(name)) {
          own.add(each);
          if (isLet || (initializer !== undefined && remembers(initializer))) found.add(each);
        }
      }
    }
  }
  const walk = (node: ts.Node, hidden: ReadonlySet<string> | undefined): void => {
    const inside = ts.isFunctionLike(node) ? new Set([...(hidden ?? []), ...declaredIn(node)]) : hidden;
    const written = inside === undefined ? undefined : writtenBy(node);
    if (written !== undefined && own.has(written) && inside?.has(written) === false) found.add(written);
    ts.forEachChild(node, (child) => walk(child, inside));
  };
  walk(source, undefined);
  return [...found].sort();
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}

function isReadonly(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
}

/** An object of a class that changes remembers what it was asked, and so does an interner. */
function remembers(made: ts.Expression): boolean {
  if (ts.isCallExpression(made)) return made.expression.getText() === 'interner';
  return ts.isNewExpression(made) && changingClasses.has(made.expression.getText());
}

/** Classes whose methods write to their fields. */
function classesThatChange(code: string): readonly string[] {
  const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.Latest, true);
  const changes = (node: ts.Node): boolean => writtenBy(node) === 'this' || ts.forEachChild(node, changes) === true;
  return source.statements.flatMap((statement) => {
    if (!ts.isClassDeclaration(statement)) return [];
    const methods = statement.members.filter((member) => !ts.isConstructorDeclaration(member));
    return methods.some(changes) ? [statement.name?.text ?? ''] : [];
  });
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
}

/** Parameters and variables of a function, which hide those of the module. */
function declaredIn(scope: ts.SignatureDeclaration): readonly string[] {
  const names: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isParameter(node) || ts.isVariableDeclaration(node)) names.push(...namesIn(node.name));
    if (node === scope || !ts.isFunctionLike(node)) ts.forEachChild(node, walk);
  };
  walk(scope);
  return names;
}

/** The variable whose content this changes; the place of a search in a pattern is none: it is set in front of each. */
function writtenBy(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) return undefined;
    const isPlace = ts.isPropertyAccessExpression(node.left) && node.left.name.text === 'lastIndex';
    return isPlace ? undefined : rootOf(node.left);
  }
  if (ts.isPostfixUnaryExpression(node)) return rootOf(node.operand);
  if (ts.isPrefixUnaryExpression(node)) {
    const counts = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return counts ? rootOf(node.operand) : undefined;
  }
  if (ts.isDeleteExpression(node)) return rootOf(node.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  return changing.has(node.expression.name.text) ? rootOf(node.expression.expression) : undefined;
}

/** `a` of `a.b[c]`. */
function rootOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return rootOf(node.expression);
  if (ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node))
    return rootOf(node.expression);
  return undefined;
}
