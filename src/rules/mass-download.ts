/** Far more is fetched than ever before. */
import type { Finding, Rule, RuleMeta, Transfer } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { type Fact, findingOf, inOrder, subjectOf, transferFact } from './support/fact.ts';
import { isAnonymousSession } from './support/users.ts';
import { daysAtThisHour } from './support/steady.ts';

const meta: RuleMeta = {
  id: 'mass-download',
  status: 'stable',
  severity: 'medium',
  group: 'exfiltration',
  title: 'Far more is fetched than ever before',
  why: 'A user who takes away ten times what they ever took in an hour may be leaving, or may not be that user.',
  advice: 'Ask the user. If it was not them, change the password and find out what is gone.',
  falseAlarms: 'A new backup job on its first night. Nightly mirrors (same client, same hour, three days) and anonymous mirrors are not reported.',
  references: [],
  attack: ['T1048.003'],
  cwe: [],
  thresholds: { files: 200, mebibytes: 1024, seconds: 3600, timesEarlierHour: 10, routineDays: 3 },
};

/** What one client fetched for one user in ten minutes, as one kind of log tells it. */
interface Slot {
  files: number;
  bytes: number;
  first: Fact;
  last: Fact;
}

interface Amounts {
  readonly client: string;
  readonly user: string;
  readonly dialect: string;
  readonly slots: Map<number, Slot>;
}

const slotMs = 600_000;
const keyLimit = 20_000;

export const massDownload: Rule<BoundedMap<Amounts>> = {
  meta,
  create(thresholds) {
    const t = { ...meta.thresholds, ...thresholds };
    return {
      init: () => boundedMap(keyLimit),
      transfer(state, x): void {
        if (x.direction !== 'download' || !x.complete || x.time !== x.time || isAnonymousSession(x.session)) return;
        add(state, x);
      },
      merge(into, from): void {
        mergeBounded(into, from, (a, b) => {
          for (const [at, slot] of b.slots) join(a.slots, at, slot);
        });
      },
      finish: (state) => conclude([...state.map].sort((a, b) => byText(a[0], b[0])).map(([, amounts]) => amounts), t),
    };
  },
};

function add(state: BoundedMap<Amounts>, x: Transfer): void {
  const { client, user, dialect } = x.session;
  const amounts = claim(state, `${user}\n${client}\n${dialect}`, () => ({ client, user, dialect, slots: new Map<number, Slot>() }));
  if (amounts === undefined) return;
  const at = Math.floor(x.time / slotMs);
  const slot = amounts.slots.get(at);
  if (slot === undefined) {
    const fact = transferFact(x);
    amounts.slots.set(at, { files: 1, bytes: Math.max(0, x.bytes), first: fact, last: fact });
    return;
  }
  slot.files++;
  slot.bytes += Math.max(0, x.bytes);
  const fact = transferFact(x);
  if (inOrder(fact, slot.first) < 0) slot.first = fact;
  if (inOrder(fact, slot.last) > 0) slot.last = fact;
}

function join(slots: Map<number, Slot>, at: number, slot: Slot): void {
  const known = slots.get(at);
  if (known === undefined) {
    slots.set(at, slot);
    return;
  }
  known.files += slot.files;
  known.bytes += slot.bytes;
  if (inOrder(slot.first, known.first) < 0) known.first = slot.first;
  if (inOrder(slot.last, known.last) > 0) known.last = slot.last;
}

interface Hour {
  readonly from: number;
  readonly files: number;
  readonly bytes: number;
  readonly first: Fact;
  readonly last: Fact;
}

function conclude(all: readonly Amounts[], t: Readonly<Record<string, number>>): readonly Finding[] {
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const amounts of all) {
    const hours = hoursOf(amounts, t['seconds'] ?? 3600);
    const big = hours.filter((h) => h.files >= (t['files'] ?? 200) || h.bytes >= (t['mebibytes'] ?? 1024) * 1_048_576);
    const key = `${amounts.user}\n${amounts.client}`;
    if (big.length === 0 || told.has(key)) continue;
    const past = all.filter((a) => a.user === amounts.user && a.dialect === amounts.dialect).flatMap((a) => (a === amounts ? hours : hoursOf(a, t['seconds'] ?? 3600)));
    const odd = big.filter((h) => isNew(h, past, big, t));
    const first = odd[0];
    const last = odd[odd.length - 1];
    if (first === undefined || last === undefined) continue;
    told.add(key);
    const most = odd.reduce((a, b) => (b.bytes > a.bytes || (b.bytes === a.bytes && b.files > a.files) ? b : a));
    findings.push(findingOf(meta, {
      message: `${most.files} files (${(most.bytes / 1_048_576).toFixed(1)} MiB) fetched within an hour, ten times and more of any hour before`,
      subject: subjectOf(amounts.client, amounts.user),
      facts: [first.first, most.first, most.last, last.last].sort(inOrder),
      count: most.files,
    }));
  }
  return findings;
}

/** Sums over an hour from each slot on. */
function hoursOf({ slots }: Amounts, seconds: number): readonly Hour[] {
  const sorted = [...slots].sort((a, b) => a[0] - b[0]);
  const width = Math.max(1, Math.round((seconds * 1000) / slotMs));
  return sorted.map(([from, { first }], i) => {
    let files = 0;
    let bytes = 0;
    let last = first;
    for (const [at, slot] of sorted.slice(i, i + width)) {
      if (at >= from + width) break;
      files += slot.files;
      bytes += slot.bytes;
      last = slot.last;
    }
    return { from, files, bytes, first, last };
  });
}

/** There is a past to compare with, it is far smaller, and this is no routine. */
function isNew(hour: Hour, past: readonly Hour[], big: readonly Hour[], t: Readonly<Record<string, number>>): boolean {
  const earlier = past.filter((h) => h.from + 6 <= hour.from);
  if (earlier.length === 0) return false;
  const times = t['timesEarlierHour'] ?? 10;
  const files = Math.max(...earlier.map((h) => h.files));
  const bytes = Math.max(...earlier.map((h) => h.bytes));
  const more = (hour.files >= (t['files'] ?? 200) && hour.files >= files * times) || (hour.bytes >= (t['mebibytes'] ?? 1024) * 1_048_576 && hour.bytes >= bytes * times);
  return more && daysAtThisHour(big.map((h) => h.first.time), hour.first.time) < (t['routineDays'] ?? 3);
}
