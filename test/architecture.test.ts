/** The floors of the architecture, read from the import lines; and what the library shows to the world. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as library from '../src/index.ts';

/** Floor of each part of src; a part may import from floors below its own. */
const floors: Readonly<Record<string, number>> = {
  'model.ts': 0,
  'severity.ts': 0,
  'shapes.ts': 0,
  'text.ts': 0,
  'word-table.ts': 0,
  'number.ts': 0,
  'zone.ts': 0,
  'hidden.ts': 0,
  'lazy.ts': 0,
  'monoid.ts': 0,
  'timestamp.ts': 0,
  'record.ts': 0,
  'counters.ts': 0,
  'traffic.ts': 0,
  'limits.ts': 0,
  'version.ts': 0,
  protocol: 1,
  decoding: 2,
  dialects: 2,
  wrappers: 2,
  session: 2,
  tables: 2,
  rules: 2,
  reporters: 2,
  rows: 2,
  diagnoses: 2,
  explain: 2,
  config: 2,
  'report.ts': 2,
  recognition: 3,
  review: 3,
  io: 3,
  'analyze.ts': 3,
  'input-order.ts': 4,
  'feed.ts': 5,
  'analyze-inputs.ts': 6,
  'index.ts': 7,
  cli: 8,
};

/** Steps that are taken on one floor: flat records for what prints them, and what analysis is wired from. */
const neighbours: readonly string[] = [
  'dialects → decoding',
  'tables → rows',
  'diagnoses → rows',
  'reporters → rows',
  'reporters → report.ts',
  'report.ts → rows',
  'analyze.ts → recognition',
];

/** Parts of the lowest floor may use each other as long as there is no circle. */
const ground = 0;

/** Packages and Node's own modules: who may use them. */
const outside: readonly (readonly [pattern: RegExp, users: RegExp])[] = [
  [/^split2$/, /^io\/lines\.ts$/],
  [/^fzstd$/, /^io\/unpack\/zstd\.ts$/],
  [/^xz-decompress$/, /^io\/unpack\/xz\.ts$/],
  [/^cli-table3$/, /^reporters\/table\.ts$/],
  [/^yaml$/, /^config\/read-yaml\.ts$/],
  [/^smol-toml$/, /^config\/read-toml\.ts$/],
  [/^re2js$/, /^config\/regex\.ts$/],
  [/^node:/, /^(io|cli)\/|^analyze-inputs\.ts$/],
];

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'))
  .sort();
const imports: readonly Import[] = files.flatMap((file) => {
  const { importedFiles } = ts.preProcessFile(readFileSync(join('src', file), 'utf8'));
  return importedFiles.map(({ fileName }) => ({ file, target: fileName }));
});

function partOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function resolved({ file, target }: Import): string {
  return normalize(join(file, '..', target))
    .split(sep)
    .join('/');
}

const inside = imports.filter((i) => i.target.startsWith('.'));

describe('the floors', () => {
  it('have a place for every part of src', () => {
    const without = [...new Set(files.map(partOf))].filter((part) => floors[part] === undefined);
    expect(without, 'give these a floor here and in docs/architecture.md').toEqual([]);
  });

  it('are climbed in one direction only', () => {
    const wrong = inside.filter((i) => {
      const from = partOf(i.file);
      const to = partOf(resolved(i));
      if (from === to || neighbours.includes(`${from} → ${to}`)) return false;
      const own = floors[from] ?? -1;
      const other = floors[to] ?? 99;
      return own === ground ? other > ground : other >= own;
    });
    expect(wrong.map((i) => `${i.file} imports ${resolved(i)}`)).toEqual([]);
  });

  it('keep reporters out of the analysis and the terminal out of all but the command line', () => {
    const wrong = inside.filter(
      (i) => partOf(i.file) === 'analyze.ts' && ['reporters', 'io'].includes(partOf(resolved(i))),
    );
    expect(wrong).toEqual([]);
  });

  it('hold no circle of files', () => {
    const edges = new Map<string, string[]>();
    for (const i of inside) edges.set(i.file, [...(edges.get(i.file) ?? []), resolved(i)]);
    expect(circle(edges)).toEqual([]);
  });

  it('meet the outside in few places', () => {
    const wrong = imports.filter(({ file, target }) => {
      if (target.startsWith('.')) return false;
      const rule = outside.find(([pattern]) => pattern.test(target));
      return rule === undefined || !rule[1].test(file);
    });
    expect(wrong.map((i) => `${i.file} imports ${i.target}`)).toEqual([]);
  });

  it('list the severities once', () => {
    const listed = files.filter((file) =>
      /'(info|medium)',\s*'(low|high)',/.test(readFileSync(join('src', file), 'utf8')),
    );
    expect(listed).toEqual(['severity.ts']);
  });

  it('never end the process by force', () => {
    const wrong = files.filter((file) =>
      /process\.exit\s*\(|process\.abort/.test(readFileSync(join('src', file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('have no clock, chance or environment below the command line', () => {
    const wrong = files
      .filter((file) => !['cli', 'io', 'analyze.ts', 'analyze-inputs.ts'].includes(partOf(file)))
      .filter((file) => /Date\.now\(|new Date\(\)|Math\.random\(|process\.|performance\./.test(codeOf(file)));
    expect(wrong).toEqual([]);
  });

  it('make numbers and times of what a log shows in one place each', () => {
    const parts = ['decoding', 'dialects', 'wrappers', 'protocol', 'session', 'recognition', 'tables', 'rows'];
    const below = files.filter((file) => parts.includes(partOf(file)));
    const numbers = /(?<![\w.])(?:Number|BigInt|parseInt|parseFloat)\(|Number\.parse|(?<=[(=,?:[]\s*)\+[a-z]\w*[.([]/;
    const dates = /\bDate\.(?:UTC|parse)\(|new Date\(/;
    expect(below.filter((file) => numbers.test(codeOf(file)))).toEqual([]);
    expect(below.filter((file) => dates.test(codeOf(file)))).toEqual([]);
  });

  it('have no default export', () => {
    expect(files.filter((file) => /^export default/m.test(readFileSync(join('src', file), 'utf8')))).toEqual([]);
  });

  it('are imported by paths with their extension', () => {
    expect(inside.filter((i) => !i.target.endsWith('.ts')).map((i) => `${i.file}: ${i.target}`)).toEqual([]);
  });
});

describe('the rooms of rules', () => {
  it('are words, the engine above them, and the kinds of rules above that', () => {
    const order = ['words', 'engine', 'kinds'];
    const roomOf = (file: string): number => order.indexOf(file.split('/')[1] ?? '');
    const wrong = inside.filter((i) => {
      const to = resolved(i);
      if (partOf(i.file) !== 'rules' || partOf(to) !== 'rules' || roomOf(i.file) < 0) return false;
      return roomOf(to) < 0 || roomOf(to) > roomOf(i.file);
    });
    expect(wrong.map((i) => `${i.file} imports ${resolved(i)}`)).toEqual([]);
  });
});

describe('the dialects', () => {
  const own = files.filter((file) => partOf(file) === 'dialects' && !isRegistry(file));
  const nameOf = (file: string): string => basename(file, '.ts');
  const ids = new Set(library.dialects.map((d) => d.id));
  const isDialect = (file: string): boolean => ids.has(nameOf(file));

  it('have a file each, named as they are', () => {
    expect(own.filter(isDialect).map(nameOf).sort(), 'a file of src/dialects is named as its `id`').toEqual(
      [...ids].sort(),
    );
  });

  it('are alone in the folder of a family, but for the folders of programs', () => {
    const others = own.filter((file) => !isDialect(file) && file.split('/').length < 4);
    expect(others, 'no dialect of that id is in the index.ts beside it').toEqual([]);
  });

  it('share with those of the same program only: what knows no program is in decoding', () => {
    const wrong = inside.filter((i) => {
      const target = resolved(i);
      const isOwn = dirname(target) === dirname(i.file) || isRegistry(i.file) || carriers.includes(i.file);
      return own.includes(target) && !isOwn;
    });
    expect(wrong.map((i) => `${i.file} imports ${resolved(i)}`)).toEqual([]);
  });

  it('have a folder of their own only where a program needs several files', () => {
    const folders = new Set(own.filter((file) => file.split('/').length > 3).map((file) => dirname(file)));
    const few = [...folders].filter((folder) => own.filter((file) => dirname(file) === folder).length < 2);
    expect(few).toEqual([]);
  });
});

/** They carry the records of other programs. */
const carriers: readonly string[] = ['dialects/sensor/ecs-ftp.ts'];

function isRegistry(file: string): boolean {
  return ['index.ts', 'programs.ts'].includes(basename(file));
}

/** A file without comments. */
function codeOf(file: string): string {
  return readFileSync(join('src', file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

/** The files of one circle; empty if there is none. */
function circle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): readonly string[] => {
    const at = trail.indexOf(file);
    if (at >= 0) return [...trail.slice(at), file];
    if (done.has(file)) return [];
    for (const next of edges.get(file) ?? []) {
      const found = walk(next, [...trail, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const found = walk(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe('the library', () => {
  it('exports what it promises, and nothing by accident', () => {
    expect(Object.keys(library).sort()).toEqual([
      'analyze',
      'compareReplies',
      'createAnalyzer',
      'diagnoses',
      'dialects',
      'explainReply',
      'rules',
      'toJson',
      'version',
    ]);
  });

  it('only re-exports', () => {
    const code = codeOf('index.ts');
    expect(
      code.split(';').filter((statement) => !/^\s*(export (type )?[{*][^=]*from '[^']+')?\s*$/.test(statement)),
    ).toEqual([]);
  });
});
