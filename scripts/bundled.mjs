import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles a TypeScript file and runs it. `name`: of the bundle, in the cache. */
export async function runBundled(entry, name) {
  return import(await bundle(entry, name));
}

/** Bundles a TypeScript file; the URL of the bundle. */
export async function bundle(entry, name) {
  const outfile = resolve(`node_modules/.cache/ftplog/${name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return pathToFileURL(outfile).href;
}
