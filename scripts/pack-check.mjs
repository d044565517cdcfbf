// The package holds what it must and nothing else: packs it, looks inside, installs nothing.
import { execFileSync } from 'node:child_process';

const [pack] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
);
const files = pack.files.map((f) => f.path);
const wanted = [
  'dist/bin.cjs',
  'dist/index.js',
  'dist/types/index.d.ts',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
];
const allowed = /^(dist\/|schema\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/;
const missing = wanted.filter((name) => !files.includes(name));
const foreign = files.filter((name) => !allowed.test(name));
if (missing.length > 0) console.error(`missing from the package: ${missing.join(', ')}`);
if (foreign.length > 0) console.error(`should not be in the package: ${foreign.join(', ')}`);
if (pack.size > 2_500_000) console.error(`the package is ${pack.size} bytes`);
console.log(`package: ${files.length} files, ${pack.size} bytes packed, ${pack.unpackedSize} unpacked`);
process.exitCode = missing.length + foreign.length > 0 || pack.size > 2_500_000 ? 1 : 0;
