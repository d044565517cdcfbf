// Precision and recall of the rules over labelled cases.
//   node scripts/rules-score.mjs CASES_DIR [--tool FILE] [--dialects] [--verbose] [--markdown]
// Each file of a case is read on its own by the built tool; the findings of a case are united.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const args = process.argv.slice(2);
const toolAt = args.indexOf('--tool');
const tool = toolAt >= 0 ? args.splice(toolAt, 2)[1] : fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));
const flags = new Set(args.filter((a) => a.startsWith('--')));
const root = args.find((a) => !a.startsWith('--')) ?? fileURLToPath(new URL('../fixtures/detection', import.meta.url));
const run = promisify(execFile);

const audit = new Set(['anonymous-login', 'cleartext-login', 'session-without-quit']);
const plain = (v) =>
  String(v ?? '')
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '');

async function findingsOf(folder, files) {
  const found = [];
  for (const file of files) {
    const { stdout } = await run(process.execPath, [tool, join(folder, file), '-f', 'json', '--top', '1'], {
      maxBuffer: 1 << 28,
    });
    const report = JSON.parse(stdout);
    if (flags.has('--dialects')) {
      const [source] = report.sources;
      console.log(
        `${folder.split('/').at(-1)}/${file}: ${source.dialects.map((d) => d.id).join(', ') || 'not understood'}, ${source.unparsed} of ${source.lines} lines not understood`,
      );
    }
    for (const f of report.findings) found.push({ id: f.rule, severity: f.severity, message: f.message, ...f.subject });
  }
  return found;
}

const tally = new Map();
const count = (id, what) => {
  const row = tally.get(id) ?? { found: 0, missed: 0, wrong: 0 };
  tally.set(id, row);
  row[what]++;
};

/** The client decides where both sides name one, else the user, else the id alone. */
function hits(subject, f) {
  if (subject.client && f.client) return plain(f.client) === plain(subject.client);
  if (subject.user && f.user) return plain(f.user) === plain(subject.user);
  return true;
}

function judge(name, label, got) {
  const remarks = [];
  const wanted =
    Map.groupBy?.(label.expected, (e) => e.id) ??
    label.expected.reduce((m, e) => m.set(e.id, [...(m.get(e.id) ?? []), e]), new Map());
  for (const { id, subject } of label.expected) {
    const hit = got.some((f) => f.id === id && hits(subject, f));
    count(id, hit ? 'found' : 'missed');
    if (!hit) remarks.push(`${name}: missed ${id} ${JSON.stringify(subject)}`);
  }
  for (const id of new Set(got.map((f) => f.id))) {
    if (!label.forbidden.includes(id)) continue;
    count(id, 'wrong');
    remarks.push(`${name}: forbidden ${id}: ${got.find((f) => f.id === id).message}`);
  }
  for (const f of got) {
    const named = (wanted.get(f.id) ?? []).filter((e) => e.subject.client);
    if (named.length === 0 || audit.has(f.id) || !f.client) continue;
    if (named.some((e) => plain(e.subject.client) === plain(f.client))) continue;
    count(f.id, 'wrong');
    remarks.push(`${name}: ${f.id} pinned on ${f.client}`);
  }
  return remarks;
}

const remarks = [];
let benign = 0;
let clean = 0;
const names = readdirSync(root, { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .map((e) => e.name)
  .sort();
for (const name of names) {
  const label = JSON.parse(readFileSync(join(root, name, 'label.json'), 'utf8'));
  const wrong = judge(name, label, await findingsOf(join(root, name), Object.keys(label.files)));
  remarks.push(...wrong);
  if (!label.benign) continue;
  benign++;
  if (!wrong.some((r) => !r.includes(': missed '))) clean++;
}

const ratio = (a, b) => (a + b === 0 ? '–' : (a / (a + b)).toFixed(3));
const rows = [...tally].sort(([a], [b]) => (a < b ? -1 : 1));
const sum = (what) => rows.reduce((n, [, t]) => n + t[what], 0);
rows.push(['all', { found: sum('found'), missed: sum('missed'), wrong: sum('wrong') }]);
if (flags.has('--verbose')) for (const r of remarks) console.log(r);
const line = flags.has('--markdown')
  ? (cells) => `| ${cells.join(' | ')} |`
  : (cells) => cells.map((c, i) => (i === 0 ? c.padEnd(28) : c.padStart(10))).join('');
console.log(line(['rule', 'found', 'missed', 'wrong', 'precision', 'recall']));
if (flags.has('--markdown')) console.log('|---|---:|---:|---:|---:|---:|');
for (const [id, t] of rows)
  console.log(line([id, t.found, t.missed, t.wrong, ratio(t.found, t.wrong), ratio(t.found, t.missed)].map(String)));
console.log(`\nbenign cases without a false alarm: ${clean}/${benign}`);
process.exitCode = sum('missed') + sum('wrong') === 0 ? 0 : 1;
