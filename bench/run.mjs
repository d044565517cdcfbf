#!/usr/bin/env node
/**
 * How fast is the whole analysis, and how much memory does it take? Whole processes, timed from outside and in turn with
 * what they are compared with; every run's totals are checked against the generator's.
 *
 *   npm run bench                    100 MB of each format, start-up, memory
 *   npm run bench -- --short         a guard for CI: small, generous bounds, ratios and memory only
 *   npm run bench -- --full          also 1 GiB and 10 GiB, growth, and up to 1,000,000 open sessions
 *   npm run bench -- --only vsftpd   one format
 *   npm run bench -- --write         also writes docs/benchmarks.md
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { inTurn, median, ratio } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean' },
    full: { type: 'boolean' },
    write: { type: 'boolean' },
    only: { type: 'string' },
    runs: { type: 'string' },
  },
});
const data = 'bench/data';
const runs = Number(options.runs ?? (options.short ? 3 : 5));
const lines = [];
const say = (text = '') => {
  lines.push(text);
  console.log(text);
};
const failures = [];

function has(program) {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error.status !== undefined) return false;
    throw error;
  }
}

/** A generated log and its totals; made once. */
function log(format, size, open = 200) {
  mkdirSync(data, { recursive: true });
  const path = `${data}/${format}-${size}-${open}.log`;
  const totals = path.replace(/log$/, 'json');
  if (!existsSync(totals) || !existsSync(path)) {
    execFileSync(
      'sh',
      [
        '-c',
        `${process.execPath} --max-old-space-size=8000 bench/generate.mjs --format ${format} --size ${size} --open ${open} --expected ${totals} > ${path}`,
      ],
      { stdio: 'inherit' },
    );
  }
  return { path, bytes: statSync(path).size, expected: JSON.parse(readFileSync(totals, 'utf8')), format };
}

/** The totals in ftplog's JSON report that differ from the generator's. */
function differences(report, { expected }) {
  const wrong = [];
  const same = (what, got, want) => {
    if (got !== want) wrong.push(`${what}: ${got}, not ${want}`);
  };
  const o = report.overview;
  same('lines', report.tally.lines, expected.lines);
  same('not understood', report.tally.unparsed, 0);
  if (Object.keys(expected.commands).length > 0) {
    const counts = new Map(report.commands.map((c) => [c.verb, c.count]));
    for (const [verb, n] of Object.entries(expected.commands)) same(verb, counts.get(verb) ?? 0, n);
    const codes = new Map(report.codes.map((c) => [String(c.code), c.count]));
    for (const [code, n] of Object.entries(expected.replies)) same(`code ${code}`, codes.get(code) ?? 0, n);
    const pairs = new Map(report.pairs.map((p) => [`${p.verb} ${p.code}`, p.count]));
    for (const [pair, n] of Object.entries(expected.pairs)) same(pair, pairs.get(pair) ?? 0, n);
  }
  if (expected.commands.PASS !== undefined) {
    same('logins', o.loginsOk, expected.loginsOk);
    same('refused', o.loginsFailed, expected.loginsFailed);
  }
  if (expected.sessions > 0) same('sessions', o.sessions, expected.sessions);
  if (expected.bytesDown > 0) {
    same('bytes down', o.bytesDown, expected.bytesDown);
    same('bytes up', o.bytesUp, expected.bytesUp);
  }
  return wrong;
}

const ftplog = (input, pipe = true) => ({
  name: 'ftplog',
  command: process.execPath,
  args: ['dist/bin.cjs', '-f', 'json', '--top', '1000', '-q', ...(pipe ? [] : [input.path])],
  ...(pipe ? { input: input.path, pipe: true } : {}),
  check: input,
});
const plain = (name, command, args, input, env = {}) => ({ name, command, args, input: input?.path, env });

function check(command, result) {
  if (command.check === undefined) return;
  const wrong = differences(JSON.parse(result.output), command.check);
  if (wrong.length > 0) failures.push(`${command.check.path}: ${wrong.slice(0, 5).join('; ')}`);
}

const figure = (n, digits = 2) => n.toFixed(digits);
const shown = (r) => `${figure(r.median)} (${figure(r.least)}..${figure(r.greatest)})`;

function bar(name, value, limit, unit = '×') {
  const met = value <= limit;
  say(`| ${name} | ${figure(value)} ${unit} | ≤ ${limit} ${unit} | ${met ? 'met' : 'missed'} |`);
  return met;
}

/** One format at one size: against wc, a bare split2 pass, and a yardstick where there is one. */
async function formatCase(format, size, rivals) {
  const input = log(format, size);
  const commands = [
    ftplog(input),
    plain('wc -l', 'wc', ['-l'], input, { LC_ALL: 'C' }),
    plain('split2', process.execPath, ['bench/split2-pass.mjs'], input),
    ...rivals.map((r) => r(input)),
  ];
  const results = await inTurn(commands, runs, check);
  const [own, wc, split, ...others] = results;
  const seconds = median(own.map((r) => r.seconds));
  const peak = Math.max(...own.map((r) => r.peakMiB));
  const against = others.map((r, i) => `${commands[i + 3].name}: ${shown(ratio(own, r))}`).join('; ');
  say(
    `| ${format} | ${size} | ${figure(seconds)} | ${figure(input.bytes / 1e6 / seconds, 0)} | ${figure(peak, 0)} | ${shown(ratio(own, wc))} | ${shown(ratio(own, split))} | ${against} |`,
  );
  return { seconds, peak, own, split, others, input };
}

function heading() {
  const cpu = cpus()[0]?.model ?? 'unknown processor';
  say('# Benchmarks');
  say();
  say(
    'Written by `npm run bench -- --write`. Whole processes, input in the page cache, medians; ratios are taken round by',
  );
  say(
    'round of commands run in turn (least..greatest in brackets). Every run of ftplog runs all tables and rules, and its',
  );
  say('totals are compared with the generator’s: a difference is said below. MB = 10^6 bytes.');
  say();
  say(
    `Machine: ${cpu}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${runs} rounds.`,
  );
  say();
}

const yardstick = (file) => (input) =>
  plain('mawk', 'mawk', ['-f', `bench/yardsticks/${file}.awk`], input, { LC_ALL: 'C' });
const jq = (input) =>
  plain('jq', 'jq', ['-n', 'reduce inputs as $r ({}; .[$r.command + " " + ($r.reply_code|tostring)] += 1)'], input);
const webalizer = (input) => {
  mkdirSync(`${data}/webalizer`, { recursive: true });
  return plain('webalizer', 'webalizer', ['-Q', '-F', 'ftp', '-o', `${data}/webalizer`, input.path]);
};
const rivalsOf = {
  vsftpd: has('mawk') ? [yardstick('vsftpd')] : [],
  arrow: has('mawk') ? [yardstick('arrow')] : [],
  xferlog: has('webalizer') ? [webalizer] : [],
  'zeek-json': has('jq') ? [jq] : [],
};

async function formatsTable(size) {
  say('## Formats');
  say();
  say('| format | size | s | MB/s | peak MiB | × wc -l | × split2 pass | × others |');
  say('| --- | --- | --- | --- | --- | --- | --- | --- |');
  const measured = new Map();
  for (const format of ['vsftpd', 'arrow', 'raw', 'curl', 'iis', 'xferlog', 'zeek-json']) {
    if (options.only !== undefined && options.only !== format) continue;
    measured.set(format, await formatCase(format, size, rivalsOf[format] ?? []));
  }
  say();
  return measured;
}

async function startTable() {
  const session = { path: 'fixtures/session.log' };
  const commands = [
    { name: 'ftplog', command: process.execPath, args: ['dist/bin.cjs', session.path] },
    { name: 'node -e 0', command: process.execPath, args: ['-e', '0'] },
  ];
  const [own, empty] = await inTurn(commands, options.short ? 7 : 21);
  return ratio(own, empty);
}

/** What all rules cost on top of the analysis without them; what every exchange as a row costs on top of the tables. */
async function costTable(input) {
  const library = (rules) => plain('', process.execPath, ['bench/analyze.mjs', input.path, rules]);
  const [withRules, without] = await inTurn([library('all'), library('none')], runs);
  const ndjson = { command: process.execPath, args: ['dist/bin.cjs', '-q', '-f', 'ndjson', '--rows', 'exchange'] };
  const table = { command: process.execPath, args: ['dist/bin.cjs', '-q'] };
  const piped = { input: input.path, pipe: true, discard: true };
  const [rows, tables] = await inTurn(
    [
      { ...ndjson, ...piped },
      { ...table, ...piped },
    ],
    runs,
  );
  return { rules: ratio(withRules, without), rows: ratio(rows, tables) };
}

async function main() {
  if (options.short !== true)
    for (const program of ['mawk', 'jq', 'webalizer'])
      if (!has(program)) say(`${program} is not installed: what it is compared with is left out.\n`);
  heading();
  const measured = await formatsTable(options.short ? '10MB' : '100MB');
  say('## Bars');
  say();
  say('| what | measured | bar | |');
  say('| --- | --- | --- | --- |');
  const vsftpd = measured.get('vsftpd');
  const arrow = measured.get('arrow');
  const start = await startTable();
  let met = bar('start: report of fixtures/session.log / node -e 0', start.median, options.short ? 3 : 1.6);
  if (vsftpd !== undefined) {
    met = bar('vsftpd / bare split2 pass', ratio(vsftpd.own, vsftpd.split).median, options.short ? 12 : 6) && met;
    if (vsftpd.others.length > 0)
      met =
        bar('vsftpd / mawk pairing yardstick', ratio(vsftpd.own, vsftpd.others[0]).median, options.short ? 40 : 0.8) &&
        met;
    met = bar('vsftpd: peak memory', vsftpd.peak, options.short ? 250 : 160, 'MiB') && met;
  }
  if (arrow !== undefined && arrow.others.length > 0)
    met = bar('arrow / mawk yardstick', ratio(arrow.own, arrow.others[0]).median, options.short ? 40 : 1) && met;
  const xferlog = measured.get('xferlog');
  if (xferlog !== undefined && xferlog.others.length > 0)
    met = bar('xferlog / webalizer', ratio(xferlog.own, xferlog.others[0]).median, options.short ? 15 : 1.2) && met;
  const zeek = measured.get('zeek-json');
  if (zeek !== undefined && zeek.others.length > 0)
    met = bar('zeek-json / jq', ratio(zeek.own, zeek.others[0]).median, options.short ? 6 : 0.5) && met;
  if (vsftpd !== undefined) {
    const cost = await costTable(vsftpd.input);
    met = bar('vsftpd: all rules / none', cost.rules.median, options.short ? 2.5 : 1.25) && met;
    met = bar('vsftpd: every exchange as ndjson / tables', cost.rows.median, options.short ? 3 : 1.5) && met;
  }
  say();
  if (options.full) await growth();
  if (options.short !== true && options.only === undefined) decoders();
  for (const failure of new Set(failures)) say(`WRONG TOTALS ${failure}`);
  if (options.write)
    writeFileSync(
      'docs/benchmarks.md',
      `${lines.join('\n')}\n${existsSync('docs/benchmarks-notes.md') ? `\n${readFileSync('docs/benchmarks-notes.md', 'utf8')}` : ''}`,
    );
  if (failures.length > 0 || (options.short && !met)) process.exitCode = 1;
}

/** Each decoder by itself. */
function decoders() {
  say('## Decoders');
  say();
  say(
    'On their own fixtures, over and over, events thrown away. A fixture that mixes layouts makes a decoder look slower',
  );
  say('than a log of one layout does.');
  say();
  say(execFileSync(process.execPath, ['bench/dialects.mjs'], { encoding: 'utf8' }).trim());
  say();
}

/** Time and memory as the log and the number of open sessions grow. */
async function growth() {
  say('## Growth, vsftpd');
  say();
  say('| size | open at once | s | MB/s | peak MiB |');
  say('| --- | --- | --- | --- | --- |');
  const measured = new Map();
  for (const [size, open, copies] of [
    ['10MB', 200, 1],
    ['100MB', 1, 1],
    ['100MB', 200, 1],
    ['100MB', 10_000, 1],
    ['1GiB', 200, 1],
    ['1GiB', 1000, 1],
    ['1GiB', 1000, 10],
    ['1GiB', 100_000, 1],
    ['1GiB', 1_000_000, 1],
  ]) {
    const input = log('vsftpd', size, open);
    const command = copies === 1 ? ftplog(input) : { ...ftplog(input), copies, check: undefined };
    // The long ones once: they take minutes.
    const long = copies > 1 || open >= 100_000;
    const [own] = await inTurn([command], long ? 1 : 2, check, !long);
    const seconds = median(own.map((r) => r.seconds));
    const peak = Math.max(...own.map((r) => r.peakMiB));
    const name = copies === 1 ? size : `${copies} × ${size}`;
    measured.set(`${name}, ${open} open`, { seconds, peak });
    say(
      `| ${name} | ${open} | ${figure(seconds)} | ${figure((input.bytes * copies) / 1e6 / seconds, 0)} | ${figure(peak, 0)} |`,
    );
  }
  say();
  say('| what | measured | bar | |');
  say('| --- | --- | --- | --- |');
  const at = (key) => measured.get(key) ?? { seconds: Number.NaN, peak: Number.NaN };
  bar('time of 1 GiB / 100 MB', at('1GiB, 200 open').seconds / at('100MB, 200 open').seconds, 11);
  bar('peak, 1 GiB, 1,000 open', at('1GiB, 1000 open').peak, 160, 'MiB');
  bar('peak, 10 GiB, 1,000 open', at('10 × 1GiB, 1000 open').peak, 160, 'MiB');
  bar('peak, 1 GiB, 1,000,000 open', at('1GiB, 1000000 open').peak, 512, 'MiB');
  say();
}

await main();
