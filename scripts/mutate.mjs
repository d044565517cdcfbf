// Mutated logs of all dialects through the library and the command: every line counted, no throw, no hang, no secret printed.
//   npm run mutate -- --lines 1000000 --seed 1
// A log that fails is kept, and its seed is told: `npm run mutate -- --lines 500 --seed 1652` tries that log alone, as long
// as the fixtures are the same.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundled.mjs';

const here = fileURLToPath(import.meta.url);
const tool = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));
const perLog = 500;
const perBatch = 20_000;
/** Of so many logs one goes through the command, too: starting it takes longer than the log. */
const perCommand = 10;
const batchSeconds = 300;
const commandSeconds = 60;
const keptLogs = resolve('node_modules/.cache/ftplog/mutated');

const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : Number(args[at + 1]);
};
const seed = option('--seed', Date.now() % 1_000_000);
const lines = option('--lines', 1_000_000);

if (args.includes('--batch')) await batch();
else {
  console.log(`seed ${seed}, ${lines} lines`);
  // Once: what is edited meanwhile is of no account.
  const module = await bundle('test/support/mutation.ts', `mutation-${process.pid}`);
  let bad = 0;
  for (let done = 0; done < lines; done += perBatch) {
    const from = seed + done / perLog;
    const count = Math.min(perBatch, lines - done);
    const { status, signal, stdout, stderr } = spawnSync(
      process.execPath,
      [here, '--batch', module, '--seed', String(from), '--lines', String(count)],
      { encoding: 'utf8', timeout: batchSeconds * 1000, maxBuffer: 1 << 28 },
    );
    process.stdout.write(stdout);
    if (status === 0) continue;
    bad++;
    console.log(
      signal === null
        ? `seeds ${from} to ${from + Math.ceil(count / perLog) - 1}: faults. ${stderr}`
        : `seeds from ${from}: no end within ${batchSeconds} s`,
    );
  }
  rmSync(fileURLToPath(module));
  console.log(bad === 0 ? `all holds: seed ${seed}, ${lines} lines` : `${bad} batches with faults: seed ${seed}`);
  process.exitCode = bad === 0 ? 0 : 1;
}

async function batch() {
  const { mutated, faultsOf, leaksOf, formats } = await import(args[args.indexOf('--batch') + 1]);
  const folder = mkdtempSync(join(tmpdir(), 'ftplog-mutate-'));
  for (let n = 0; n * perLog < lines; n++) {
    const log = mutated(seed + n, perLog);
    let faults;
    try {
      faults = [...(await faultsOf(log))];
    } catch (error) {
      faults = [error.stack];
    }
    if (n % perCommand === 0) faults.push(...throughCommand(folder, log, { leaksOf, formats }));
    if (faults.length === 0) continue;
    const kept = join(keptLogs, `${seed + n}.log`);
    mkdirSync(keptLogs, { recursive: true });
    writeFileSync(kept, log.text);
    console.log(`seed ${seed + n}, kept as ${kept}`);
    for (const fault of faults) console.log(`  ${fault}`);
    process.exitCode = 1;
  }
  rmSync(folder, { recursive: true });
}

function throughCommand(folder, log, { leaksOf, formats }) {
  const file = join(folder, 'a.log');
  writeFileSync(file, log.text);
  const outputs = formats.flatMap((format) => ['-o', `${format}=${join(folder, format)}.out`]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, '--no-config', ...outputs, file], {
    encoding: 'utf8',
    timeout: commandSeconds * 1000,
    maxBuffer: 1 << 28,
  });
  const faults = status === null ? [`the command has no end within ${commandSeconds} s`] : [];
  if (status !== null && status > 1 && status !== 3) faults.push(`status ${status}: ${stderr}`);
  if (/^\s+at .*:\d+/m.test(stderr)) faults.push(`a stack trace: ${stderr}`);
  faults.push(...leaksOf('standard output', stdout, log), ...leaksOf('standard error', stderr, log));
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.out'))
      faults.push(...leaksOf(`the file ${name}`, readFileSync(join(folder, name), 'utf8'), log));
  }
  return faults;
}
