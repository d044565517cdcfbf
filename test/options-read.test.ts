/** Every option does something: what it settles is read by the command line, of the analysis and of each command. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { commands } from '../src/cli/commands.ts';

/** What a list of options settles: its type, whose it is, and the file of a command. */
interface Asked {
  readonly name: string;
  readonly type: ts.Type;
}

const folder = resolve('src/cli');
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  types: [],
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** Reads the command line alone: the types of the rest would take five times as long. */
function hostOf(): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const resolvedFileName = resolve(dirname(from), text);
      const isNear = resolvedFileName.startsWith(folder) || resolvedFileName.endsWith('/reporter.ts');
      return { resolvedModule: isNear ? { resolvedFileName, extension: ts.Extension.Ts } : undefined };
    });
  return host;
}

function readsOf(root: readonly string[]): {
  readonly asked: readonly Asked[];
  unread(asked: Asked): readonly string[];
} {
  const program = ts.createProgram(root, options, hostOf());
  const checker = program.getTypeChecker();
  const files = root.map((path) => program.getSourceFile(path)).filter((file) => file !== undefined);
  const asked: Asked[] = [];
  /** Where a property is read, by its name: the types of what has it. */
  const reads = new Map<string, ts.Type[]>();
  const note = (name: string, type: ts.Type): void => void reads.set(name, [...(reads.get(name) ?? []), type]);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text === 'Options')
      asked.push({ name: 'ftplog', type: checker.getTypeAtLocation(node) });
    if (ts.isMethodDeclaration(node) && node.name.getText() === 'run' && isPartOfCommand(node)) {
      const [first] = node.parameters;
      if (first !== undefined)
        asked.push({ name: basename(node.getSourceFile().fileName), type: checker.getTypeAtLocation(first) });
    }
    if (ts.isPropertyAccessExpression(node)) note(node.name.text, checker.getTypeAtLocation(node.expression));
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent))
      note((node.propertyName ?? node.name).getText(), checker.getTypeAtLocation(node.parent));
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  const isIt = (asking: ts.Type, type: ts.Type): boolean =>
    (type.flags & ts.TypeFlags.Any) === 0 && checker.isTypeAssignableTo(asking, type);
  return {
    asked,
    unread: ({ type }) =>
      type
        .getProperties()
        .map((one) => one.name)
        .filter((name) => !['operands', 'typed'].includes(name))
        .filter((name) => !(reads.get(name) ?? []).some((holder) => isIt(type, holder))),
  };
}

/** `run` of what is given to `command`. */
function isPartOfCommand(node: ts.MethodDeclaration): boolean {
  const call = node.parent.parent;
  return ts.isCallExpression(call) && call.expression.getText() === 'command';
}

it('reads what every option settles', () => {
  const root = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'flag.ts')
    .map((name) => join(folder, name));
  const { asked, unread } = readsOf(root);
  expect(asked.map((one) => one.name).sort()).toHaveLength(
    commands.filter(({ load }) => load !== undefined).length + 1,
  );
  for (const one of asked) expect(unread(one), `nothing reads these options of ${one.name}`).toEqual([]);
});
