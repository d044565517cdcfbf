// Builds dist/: the command and the library bundled with code splitting (rarely used parts load lazily), and the types.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import ts from 'typescript';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { bin: 'src/cli/bin.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  external: Object.keys(dependencies),
  define: { __FTPLOG_VERSION__: JSON.stringify(version) },
  legalComments: 'none',
  logLevel: 'warning',
});
chmodSync('dist/bin.js', 0o755);

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
