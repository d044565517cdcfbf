// Rewrites what is generated: pages, schemas, expected files of fixtures. Runs only the tests that write any; arguments go to
// vitest (`-t harbor`). Shows what differs from the last commit.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const writes = /\bexpect(?:File|Part)\(|UPDATE_FIXTURES/;
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => join('test', name))
  .filter((path) => path.endsWith('.test.ts') && writes.test(readFileSync(path, 'utf8')));
const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...files, ...process.argv.slice(2)];
const env = { ...process.env, UPDATE_FIXTURES: '1' };
const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
console.log('Changed since the last commit; read the diff:');
spawnSync('git', ['status', '--short', '--', 'README.md', 'docs', 'fixtures', 'schema'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
