// Bundles and runs bench/dialects.ts: npm run bench:dialects
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = resolve('node_modules/.cache/ftplog/bench-dialects.mjs');
await build({
  entryPoints: ['bench/dialects.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await import(pathToFileURL(outfile).href);
