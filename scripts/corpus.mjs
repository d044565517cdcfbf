// Prints how well ftplog reads the recorded sessions of fixtures/corpus. Arguments: dialects or parts of paths with a slash;
// -v says what differs, -u leaves out what is exact.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = resolve('node_modules/.cache/ftplog/corpus.mjs');
await build({
  entryPoints: ['test/support/corpus-table.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await import(pathToFileURL(outfile).href);
