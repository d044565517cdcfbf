// Builds dist/: the command, the library, the types, and the licences of what was bundled.
//
// The command is one CommonJS file beside V8's compiled form of it (docs/decisions/0007): reading and compiling the same
// code as forty ES modules took longer than the report of a short log.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
/** Loaded only where a configuration file asks for them: left to Node. */
const lazy = ['re2js', 'smol-toml', 'yaml'];

/**
 * cli-table3 measures texts with the package string-width, which makes a pattern of all emoji at each call: a sixth of the
 * run on a short log. Our own measure takes its place.
 */
const ownWidth = {
  name: 'own-width',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, () => ({ path: 'string-width', namespace: 'own-width' }));
    onLoad({ filter: /.*/, namespace: 'own-width' }, () => ({
      contents: `const { displayWidth } = require('./src/reporters/width.ts');
        module.exports = (text) => displayWidth(text.replace(/\\u001b\\[[0-9;]*m/g, ''));`,
      resolveDir: process.cwd(),
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
/** Packages in CommonJS ask for Node's own modules with `require`, which an ES module lacks. */
const requireBanner = {
  js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
};
const shared = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: lazy,
  plugins: [ownWidth],
  define: { __FTPLOG_VERSION__: JSON.stringify(version) },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};
const results = await Promise.all([
  build({
    ...shared,
    // Shorter names make file and compiled form shorter, which both are read at each start.
    minify: true,
    entryPoints: { command: 'src/cli/bin.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    splitting: false,
    supported: { 'dynamic-import': false },
  }),
  build({
    ...shared,
    entryPoints: { index: 'src/index.ts' },
    // Readable as it stands: an error that nobody catches shows the line it came from. The map names the source of it.
    sourcemap: true,
    sourcesContent: false,
    outdir: 'dist',
    chunkNames: 'library/[name]-[hash]',
    banner: requireBanner,
  }),
]);
// One byte per character: V8 takes such a source 2 ms faster. What esbuild leaves (regular expressions, templates) reads
// an escape as the character.
const command = readFileSync('dist/command.cjs', 'utf8');
writeFileSync(
  'dist/command.cjs',
  command.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
);
copyFileSync('scripts/bin.cjs', 'dist/bin.cjs');
chmodSync('dist/bin.cjs', 0o755);
// A first run compiles what a report needs; what it compiled is kept.
execFileSync(process.execPath, ['dist/bin.cjs', 'fixtures/session.log'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, FTPLOG_WRITE_CODE_CACHE: '1' },
});

/** Folders of the packages that went into the bundles. */
const packages = new Set(
  results
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
);
const licences = [...packages].sort().map((name) => {
  const folder = join('node_modules', name);
  const { version: v, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = ts.sys
    .readDirectory(folder, undefined, undefined, ['LICENSE*', 'LICENCE*', 'license*'], 1)
    .find((path) => dirname(path).endsWith(name));
  return `${name} ${v} (${license})\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`;
});
writeFileSync('dist/THIRD-PARTY-LICENCES.txt', `dist/ holds code of these packages.\n\n${licences.join('\n---\n\n')}`);

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, '.');
const program = ts.createProgram(['src/index.ts'], {
  ...options,
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  outDir: 'dist/types',
  rootDir: 'src',
  noCheck: true,
});
const { diagnostics } = program.emit();
for (const diagnostic of diagnostics) console.error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
process.exitCode = diagnostics.length > 0 ? 1 : 0;
