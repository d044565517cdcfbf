/** Times whole processes from outside: wall seconds, processor seconds and peak memory, as the kernel counts them. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Peak resident memory of a live process in MiB; 0 once it is gone. */
function peakOf(pid) {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? 0 : Number(found[1]) / 1024;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return 0;
    throw error;
  }
}

/**
 * Runs a command once. `input`: a file for its standard input, through a pipe (`cat`) where `pipe` is set, `copies` of it in
 * a row. `discard`: what it writes goes to /dev/null.
 * @returns {Promise<{ seconds: number, peakMiB: number, output: string, status: number }>}
 */
export function runOnce({ command, args, input, pipe = false, copies = 1, discard = false, env = {} }) {
  return new Promise((resolve, reject) => {
    const file = input !== undefined && !pipe ? openSync(input, 'r') : undefined;
    const began = process.hrtime.bigint();
    const cat = pipe
      ? spawn('cat', new Array(copies).fill(input), { stdio: ['ignore', 'pipe', 'inherit'] })
      : undefined;
    const child = spawn(command, args, {
      stdio: [cat?.stdout ?? file ?? 'ignore', discard ? 'ignore' : 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (file !== undefined) closeSync(file);
    cat?.stdout.destroy();
    let peakMiB = 0;
    const watch = setInterval(() => {
      peakMiB = Math.max(peakMiB, peakOf(child.pid));
    }, 10);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      resolve({ seconds: Number(process.hrtime.bigint() - began) / 1e9, peakMiB, output, status: status ?? 1 });
    });
  });
}

/** Runs several commands in turn, A B C A B C …, after one round that does not count, unless `warm` is false. */
export async function inTurn(commands, runs, check = () => undefined, warm = true) {
  const results = commands.map(() => []);
  for (let round = warm ? -1 : 0; round < runs; round++) {
    for (const [i, command] of commands.entries()) {
      const result = await runOnce(command);
      if (result.status !== 0) throw new Error(`${command.name} ended with ${result.status}`);
      check(command, result);
      if (round >= 0) results[i].push(result);
    }
  }
  return results;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Ratios round by round, so that a machine that changes its speed does not count: median, least and greatest. */
export function ratio(a, b) {
  const all = a.map((run, i) => run.seconds / b[i].seconds);
  return { median: median(all), least: Math.min(...all), greatest: Math.max(...all) };
}
