#!/usr/bin/env node
/**
 * Writes an FTP log of any size to standard output and the exact totals of it to a JSON file. The same arguments give
 * the same bytes on any machine.
 *
 *   node bench/generate.mjs --format vsftpd --size 100MB --open 200 --expected totals.json > vsftpd.log
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formats } from './formats.mjs';
import { createRandom } from './random.mjs';
import { createSession, createWorld } from './traffic.mjs';

const units = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 };
const start = Date.UTC(2026, 0, 5, 8);
const pieceChars = 256 * 1024;

function sizeOf(text) {
  const [, number, unit] = /^(\d+)([KMG]?I?B)$/i.exec(text) ?? [];
  if (unit === undefined) throw new Error(`not a size: ${text}`);
  return Number(number) * units[unit.toUpperCase()];
}

/** Sessions by the time of their next step; the older first among equals. */
function createAgenda() {
  const heap = [];
  const before = (a, b) => a.now < b.now || (a.now === b.now && a.number < b.number);
  return {
    add(s) {
      let at = heap.push(s) - 1;
      for (let up = (at - 1) >> 1; at > 0 && before(s, heap[up]); up = (at - 1) >> 1) {
        heap[at] = heap[up];
        at = up;
      }
      heap[at] = s;
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length === 0) return first;
      let at = 0;
      for (let down = 1; down < heap.length; down = 2 * at + 1) {
        if (down + 1 < heap.length && before(heap[down + 1], heap[down])) down++;
        if (!before(heap[down], last)) break;
        heap[at] = heap[down];
        at = down;
      }
      heap[at] = last;
      return first;
    },
  };
}

function createTotals(format) {
  const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  const commands = new Map();
  const pairs = new Map();
  const replies = new Map();
  const totals = {
    lines: 0,
    sessions: 0,
    quit: 0,
    loginsOk: 0,
    loginsFailed: 0,
    downloads: 0,
    uploads: 0,
    incomplete: 0,
    bytesDown: 0,
    bytesUp: 0,
  };
  const { shows, completion } = format;
  const shown = typeof shows.commands === 'function' ? shows.commands : () => shows.commands;
  return {
    add(s, step, text) {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) totals.lines++;
      if (step.kind === 'connect' && format.connect !== undefined) totals.sessions++;
      else if (step.kind === 'close' && step.how === 'quit') totals.quit++;
      else if (step.kind === 'command') {
        s.waits = step.verb;
        if (!completion && shown(step.verb)) count(commands, step.verb);
      } else if (step.kind === 'reply') {
        const verb = s.waits ?? '';
        if (step.code >= 200) s.waits = undefined;
        if (completion ? step.code < 200 || verb === '' || !shown(verb) : !shows.commands) return;
        if (completion) count(commands, verb);
        count(replies, step.code);
        if (step.code < 200) return;
        if (verb !== '') count(pairs, `${verb} ${step.code}`);
        if (verb === 'PASS' && format.login === undefined) totals[step.code === 230 ? 'loginsOk' : 'loginsFailed']++;
      } else if (step.kind === 'login' && format.login !== undefined) {
        // A line of its own states it; the log may end before the reply.
        totals[step.accepted ? 'loginsOk' : 'loginsFailed']++;
      } else if (step.kind === 'transfer' && shows.transfers) {
        if (!step.complete) totals.incomplete++;
        totals[step.verb === 'RETR' ? 'downloads' : 'uploads']++;
        totals[step.verb === 'RETR' ? 'bytesDown' : 'bytesUp'] += step.bytes;
      }
    },
    result: () => ({ ...totals, commands: sorted(commands), replies: sorted(replies), pairs: sorted(pairs) }),
  };
}

const sorted = (map) => Object.fromEntries([...map].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));

async function generate({ format: name, size, seed, open, expected }) {
  const make = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (make === undefined) throw new Error(`unknown format ${name}: one of ${Object.keys(formats).join(', ')}`);
  const random = createRandom(Number(seed));
  const world = createWorld(random);
  const concurrent = Number(open);
  const format = make(concurrent);
  const totals = createTotals(format);
  const agenda = createAgenda();
  const limit = sizeOf(size);
  let number = 0;
  const begin = (at) => {
    const session = createSession(random, world);
    agenda.add(Object.assign(session, { number: number++, at: 0, now: at + session.steps[0].wait, named: false }));
  };
  const slots = format.sequential ? 1 : concurrent;
  for (let i = 0; i < slots; i++)
    begin(start + Math.floor((i * Math.max(2000, Math.min(30_000, 2_000_000 / slots))) / slots));

  let text = format.header ?? '';
  totals.add({}, { kind: 'header' }, text);
  for (let written = 0; written < limit; ) {
    const session = agenda.next();
    const step = session.steps[session.at];
    const piece = format[step.kind]?.(session, step) ?? '';
    totals.add(session, step, piece);
    text += piece;
    if (text.length >= pieceChars || written + text.length >= limit) {
      written += Buffer.byteLength(text);
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      text = '';
    }
    session.at++;
    const next = session.steps[session.at];
    if (next === undefined) begin(session.now + 1 + random.below(2000));
    else {
      session.now += next.wait;
      agenda.add(session);
    }
  }
  writeFileSync(expected, `${JSON.stringify({ format: name, seed: Number(seed), ...totals.result() }, null, 2)}\n`);
}

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'vsftpd' },
    size: { type: 'string', default: '1MB' },
    seed: { type: 'string', default: '1' },
    open: { type: 'string', default: '200' },
    expected: { type: 'string', default: 'expected.json' },
  },
});
await generate(values);
