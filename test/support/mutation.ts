/**
 * Logs of all dialects, changed at random, with secrets planted wherever one can stand; and what must hold whatever they
 * say: every line is counted, nothing throws, no secret is in any output. The same seed makes the same log.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyzer } from '../../src/analyze.ts';
import type { Exchange, Remark, Session, Transfer } from '../../src/model.ts';
import { reporters } from '../../src/reporters/index.ts';
import { type RowKind, rowKinds } from '../../src/reporters/reporter.ts';

/** A log, and the secrets in it. */
export interface Mutated {
  readonly text: string;
  readonly canaries: readonly string[];
}

type Random = (below: number) => number;

/** mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

let logs: readonly (readonly string[])[] | undefined;

/** The lines of every fixture of a dialect or wrapper, file by file. */
function fixtures(): readonly (readonly string[])[] {
  logs ??= ['fixtures/dialects', 'fixtures/wrappers'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.log'))
      .sort()
      .map((name) => readFileSync(join(root, name), 'utf8').split(/\r?\n/)),
  );
  return logs;
}

/** Where a secret can stand outside the command line that gives it; `@` is the secret. */
export const places: readonly string[] = [
  'docker run -e FTP_USER=bob -e FTP_PASS=@ -p 21:21 example/ftp',
  '$ curl -v -u bob:@ ftp://ftp.example.org/',
  'curl --user "bob:@" ftp://ftp.example.org/',
  'lftp -u bob,@ ftp.example.org',
  'wget --ftp-password=@ ftp://ftp.example.org/a',
  'ncftpget -u bob -p @ ftp.example.org . a.txt',
  'sshpass -p @ sftp bob@ftp.example.org',
  'machine ftp.example.org login bob password @',
  '>>> ftp.login("bob", "@")',
  "ftp_login($conn, 'bob', '@');",
  'client.Credentials = new NetworkCredential("bob", "@");',
  '{"user":"bob","password":"@"}',
  'password: @',
  'ftp_password = @',
  '<password>@</password>',
  'Authorization: Basic @@@@',
  'open ftp://bob:@@ftp.example.org/pub',
  'login failed for bob with password @',
  'ftp> user bob @',
  'quote PASS @',
];

/** Sessions whose secret comes back; `@` is the secret. */
export const echoes: readonly (readonly string[])[] = [
  [
    '220 Ready',
    'USER bob',
    '331 Password required',
    'PASS @',
    "500 'PASS @': command not understood.",
    'QUIT',
    '221 Bye',
  ],
  ['220 Ready', 'USER bob', '331 Password required', 'PASS @', '530 Login incorrect for bob/@', 'CWD /@', '550 /@: no'],
  ['220 Ready', 'USER bob', '331 Password required', 'PASS x1', '230-Hi', '230 ok', 'PSAS @', '500 PSAS @ is unknown'],
  ['220 Ready', 'USER bob', '331 Password required', '@', '500 @ not understood', 'QUIT', '221 Bye'],
  ['220 Ready', 'USER bob:@', '331 Password required for bob:@', 'PASS x1', '530 Sorry, bob:@'],
  [
    '220 Ready',
    'USER bob',
    '331 Yes',
    'PASS x1',
    '230 In',
    'SITE USERADD eve @',
    '200 eve has @ now',
    'QUIT',
    '221 Bye',
  ],
  [
    '220 Ready',
    'USER bob',
    '331 Yes',
    'PASS x1',
    '230 In',
    'CWD //bob:@@ftp.example.org/',
    '550 //bob:@@ftp.example.org/: no',
  ],
];

const numbers = ['0', '-1', '2147483648', '9007199254740993', '1e30', '1e308', 'NaN', '99999999999999999999'];
const hidden = ['\u0000', '\u200b', '\u202e', '\u{e0069}', '\ufeff', '\u001b[2J', '\ud800'];

/** A canary: no word of any log, and with letters and digits. */
function canaryOf(seed: number, n: number): string {
  return `Zq${(seed % 46_656).toString(36)}7v${n.toString(36)}K9x`;
}

/** A log of about so many lines. */
export function mutated(seed: number, lineCount: number): Mutated {
  const random = randomOf(seed);
  const canaries: string[] = [];
  const plant = (text: string): string => {
    if (!text.includes('@')) return text;
    const canary = canaryOf(seed, canaries.length);
    canaries.push(canary);
    return text.replaceAll(/@(?!ftp\.)/g, canary);
  };
  const out: string[] = [];
  while (out.length < lineCount) {
    const lines = pick(random, fixtures());
    const from = random(Math.max(1, lines.length - 40));
    const wrap = wrapperOf(random);
    if (random(3) === 0) out.push(wrap(plant(pick(random, places))));
    for (const line of lines.slice(from, from + 10 + random(40))) {
      const given = /\bPASS [^\s"'*<(][^\s"']*$/.exec(line);
      if (given !== null && random(2) === 0) out.push(wrap(line.slice(0, given.index + 5) + plant('@')));
      else out.push(wrap(random(4) === 0 ? changed(random, line) : line));
    }
    // A bare password is one only where its prompt was read as such: torn apart, nobody could tell.
    if (random(4) === 0) {
      const canary = canaryOf(seed, canaries.length);
      canaries.push(canary);
      for (const line of pick(
        random,
        echoes.filter((e) => !e.includes('@')),
      ))
        out.push(line.replaceAll(/@(?!ftp\.)/g, canary));
    }
  }
  return { text: `${out.join('\n')}\n`, canaries };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

/** What stands around the lines of a stretch: mostly nothing. */
function wrapperOf(random: Random): (line: string) => string {
  const pid = random(30_000);
  switch (random(8)) {
    case 0:
      return (line) => `Oct  1 10:00:00 host ftpd[${pid}]: ${line}`;
    case 1:
      return (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-10-01T10:00:00Z' });
    case 2:
      return (line) => `<30>1 2026-10-01T10:00:00Z host ftpd ${pid} - - ${line}`;
    default:
      return (line) => line;
  }
}

/** The line with one thing changed. */
function changed(random: Random, line: string): string {
  const at = random(line.length + 1);
  const other = pick(random, pick(random, fixtures()));
  switch (random(9)) {
    case 0:
      return line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ (1 << random(7))) + line.slice(at + 1);
    case 1:
      return line.slice(0, at);
    case 2:
      return line.slice(at);
    case 3:
      return line + other;
    case 4: {
      const words = line.split(' ');
      const a = random(words.length);
      const b = random(words.length);
      [words[a], words[b]] = [words[b] ?? '', words[a] ?? ''];
      return words.join(' ');
    }
    case 5: {
      const found = [...line.matchAll(/\d+/g)];
      const number = found.length === 0 ? undefined : pick(random, found);
      if (number === undefined) return line;
      return line.slice(0, number.index) + pick(random, numbers) + line.slice(number.index + number[0].length);
    }
    case 6: {
      const found = [...line.matchAll(/[A-Za-z]{3,}/g)];
      const word = found.length === 0 ? undefined : pick(random, found);
      if (word === undefined) return line;
      return line.slice(0, word.index) + other + line.slice(word.index + word[0].length);
    }
    case 7:
      return line.slice(0, at) + pick(random, hidden) + line.slice(at);
    default:
      return line.replace(/"[^"]*"/, () => `"${other}"`);
  }
}

/** All formats, for the command. */
export const formats: readonly string[] = reporters.map((r) => r.id);

const everyRow: ReadonlySet<RowKind> = new Set(rowKinds);

/** What does not hold of this log in the library and the eleven outputs; empty if all does. */
export async function faultsOf(log: Mutated): Promise<readonly string[]> {
  const context = { color: false, width: 200, rows: everyRow, sources: ['a.log'] };
  const writers = await Promise.all(
    reporters.map(async (r) => {
      const writer = (await r.load()).open(context);
      return { id: r.id, writer, parts: [writer.begin?.() ?? ''] };
    }),
  );
  const add = (
    what: 'exchange' | 'transfer' | 'remark' | 'session',
    row: Exchange & Transfer & Remark & Session,
  ): void => {
    for (const w of writers) w.parts.push(w.writer[what]?.(row) ?? '');
  };
  const analyzer = createAnalyzer({
    observer: {
      exchange: (x) => add('exchange', x as Exchange & Transfer & Remark & Session),
      transfer: (t) => add('transfer', t as Exchange & Transfer & Remark & Session),
      remark: (r) => add('remark', r as Exchange & Transfer & Remark & Session),
      session: (s) => add('session', s as Exchange & Transfer & Remark & Session),
    },
  });
  const lines = log.text.split('\n').slice(0, -1);
  analyzer.source({ name: 'a.log', reference: Date.UTC(2026, 11, 31) });
  for (const line of lines) analyzer.line(line);
  analyzer.endSource();
  const report = analyzer.report(0);
  const faults: string[] = [];
  const { tally } = report;
  const told = tally.understood + tally.noise + tally.blank + tally.unparsed;
  if (tally.lines !== lines.length || told !== lines.length)
    faults.push(`${lines.length} lines, ${tally.lines} read, ${told} accounted for`);
  for (const { id, writer, parts } of writers) {
    for (const piece of await writer.end(report)) parts.push(piece);
    faults.push(...leaksOf(id, parts.join(''), log));
  }
  const saved = JSON.stringify(analyzer.end(), (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
  faults.push(...leaksOf('the saved analysis', saved, log));
  return faults;
}

/** Where a secret is printed, with some of the text before it, and the line of the log that has it. */
export function leaksOf(where: string, output: string, { text, canaries }: Mutated): readonly string[] {
  const lower = output.toLowerCase();
  return canaries.flatMap((canary) => {
    const at = lower.indexOf(canary.toLowerCase());
    if (at < 0) return [];
    const lines = text.split('\n');
    const n = lines.findIndex((line) => line.includes(canary));
    const shown = output.slice(Math.max(0, at - 120), at + 40);
    return [`line ${n + 1} ${JSON.stringify(lines[n])} shows in ${where}: ${JSON.stringify(shown)}`];
  });
}
