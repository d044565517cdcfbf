/** Far more is fetched than ever before. */
import type { Finding, Place, RuleMeta, Session, Transfer } from '../model.ts';
import { type BoundedMap, boundedMap, claim, mergeBounded } from '../monoid.ts';
import { byText } from '../text.ts';
import { byPlace, type Fact, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import type { GatedRule } from './engine/gates.ts';
import { keep, newSlot, type Remembering, recall, slotOf } from './engine/memory.ts';
import { daysAtThisHour } from './engine/steady.ts';
import { inForce, type ThresholdsOf } from './engine/thresholds.ts';
import { anyFile } from './words/names.ts';
import { isAnonymousSession } from './words/users.ts';

const meta = {
  id: 'mass-download',
  status: 'stable',
  severity: 'medium',
  group: 'exfiltration',
  title: 'Far more is fetched than ever before',
  why: 'A user who takes away ten times what they ever took in an hour may be leaving, or may not be that user.',
  advice: 'Ask the user. If it was not them, change the password and find out what is gone.',
  falseAlarms:
    'A new backup job on its first night. Nightly mirrors (same client, same hour, three days) and anonymous mirrors are not reported.',
  references: [],
  attack: ['T1048.003'],
  cwe: [],
  thresholds: { files: 200, mebibytes: 1024, seconds: 3600, timesEarlierHour: 10, routineDays: 3 },
} satisfies RuleMeta;

/** What was fetched for one user in ten minutes. */
interface Slot {
  files: number;
  /** Octets of those whose size is in the log. */
  bytes: number;
  /** Files without a size in the log. */
  unsized: number;
  firstTime: number;
  lastTime: number;
  /** Source and line of the first and the last. */
  first: Place;
  last: Place;
  /** Who fetched; `*` if it was more than one. */
  client: string;
}

interface Amounts {
  readonly user: string;
  readonly slots: Map<number, Slot>;
}

/** The slot that a session is in; it is added to its user when the session leaves it. */
interface Running extends Slot {
  at: number;
  lastLine: number;
}

export interface Downloads extends Remembering<Running> {
  readonly byUser: BoundedMap<Amounts>;
}

const slotMs = 600_000;
const userLimit = 20_000;

export const massDownload: GatedRule<Downloads> = {
  meta,
  moves: { download: anyFile },
  create(thresholds) {
    const t = inForce(meta, thresholds);
    return {
      init: (slots) => ({ slot: newSlot(slots), byUser: boundedMap(userLimit) }),
      transfer(state, x): void {
        if (x.direction === 'download' && x.complete && !Number.isNaN(x.time)) add(state, x);
      },
      slotOf,
      session(state, s): void {
        const running = recall(state, s);
        if (running !== undefined && !isAnonymousSession(s)) settle(state, s, running);
      },
      merge(into, from): void {
        mergeBounded(into.byUser, from.byUser, (a, b) => {
          for (const [at, slot] of b.slots) join(a.slots, at, slot);
        });
      },
      finish: (state) =>
        conclude(
          [...state.byUser.map].sort((a, b) => byText(a[0], b[0])).map(([, amounts]) => amounts),
          t,
        ),
    };
  },
};

function add(state: Downloads, x: Transfer): void {
  const at = Math.floor(x.time / slotMs);
  const known = recall(state, x.session);
  if (known === undefined || known.at !== at) {
    if (known !== undefined && !isAnonymousSession(x.session)) settle(state, x.session, known);
    const place = { source: x.source, line: x.line };
    keep(state, x.session, {
      at,
      files: 1,
      bytes: Math.max(0, x.bytes),
      unsized: x.bytes < 0 ? 1 : 0,
      firstTime: x.time,
      lastTime: x.time,
      first: place,
      last: place,
      client: x.session.client,
      lastLine: x.line,
    });
    return;
  }
  known.files++;
  if (x.bytes < 0) known.unsized++;
  else known.bytes += x.bytes;
  known.lastTime = x.time;
  known.lastLine = x.line;
}

function settle(state: Downloads, { user }: Session, running: Running): void {
  const known =
    state.byUser.map.get(user) ?? claim(state.byUser, user, () => ({ user, slots: new Map<number, Slot>() }));
  if (known === undefined) return;
  running.last = { source: running.first.source, line: running.lastLine };
  join(known.slots, running.at, running);
}

/** Adds to a slot. One that is new is copied: what is given may go on. */
function join(slots: Map<number, Slot>, at: number, slot: Slot): void {
  const known = slots.get(at);
  if (known === undefined) {
    const { files, bytes, unsized, firstTime, lastTime, first, last, client } = slot;
    slots.set(at, { files, bytes, unsized, firstTime, lastTime, first, last, client });
    return;
  }
  known.files += slot.files;
  known.bytes += slot.bytes;
  known.unsized += slot.unsized;
  if (known.client !== slot.client) known.client = '*';
  if (
    slot.firstTime < known.firstTime ||
    (slot.firstTime === known.firstTime && byPlace(slot.first, known.first) < 0)
  ) {
    known.firstTime = slot.firstTime;
    known.first = slot.first;
  }
  if (slot.lastTime > known.lastTime || (slot.lastTime === known.lastTime && byPlace(slot.last, known.last) > 0)) {
    known.lastTime = slot.lastTime;
    known.last = slot.last;
  }
}

interface Hour {
  readonly from: number;
  readonly files: number;
  readonly bytes: number;
  readonly unsized: number;
  readonly begin: Slot;
  readonly end: Slot;
}

function conclude(all: readonly Amounts[], t: ThresholdsOf<typeof meta>): readonly Finding[] {
  const findings: Finding[] = [];
  for (const amounts of all) {
    const hours = hoursOf(amounts, t.seconds);
    const big = hours.filter((h) => h.files >= t.files || h.bytes >= t.mebibytes * 1_048_576);
    if (big.length === 0) continue;
    const odd = big.filter((h) => isNew(h, hours, big, t));
    const first = odd[0];
    const last = odd[odd.length - 1];
    if (first === undefined || last === undefined) continue;
    const most = odd.reduce((a, b) => (b.bytes > a.bytes || (b.bytes === a.bytes && b.files > a.files) ? b : a));
    const client = most.begin.client === '*' || most.begin.client !== most.end.client ? '' : most.begin.client;
    findings.push(
      findingOf(meta, {
        message: `${most.files} files${sizeText(most)} fetched within an hour, ten times and more of any hour before`,
        subject: subjectOf(client, amounts.user),
        facts: [
          begun(first.begin, amounts),
          begun(most.begin, amounts),
          ended(most.end, amounts),
          ended(last.end, amounts),
        ].sort(inOrder),
        count: most.files,
      }),
    );
  }
  return findings;
}

/** What the log tells of their size: nothing, of some of them, or of all. */
function sizeText({ files, bytes, unsized }: Hour): string {
  if (unsized >= files) return '';
  const size = `${(bytes / 1_048_576).toFixed(1)} MiB`;
  return unsized === 0 ? ` (${size})` : ` (${size}, and ${unsized} of unknown size)`;
}

function begun(slot: Slot, { user }: Amounts): Fact {
  return {
    time: slot.firstTime,
    ...slot.first,
    session: '',
    dialect: '',
    client: slot.client,
    user,
    note: '',
    rank: 0,
    done: true,
  };
}

function ended(slot: Slot, { user }: Amounts): Fact {
  return {
    time: slot.lastTime,
    ...slot.last,
    session: '',
    dialect: '',
    client: slot.client,
    user,
    note: '',
    rank: 0,
    done: true,
  };
}

/** Sums over an hour from each slot on. */
function hoursOf({ slots }: Amounts, seconds: number): readonly Hour[] {
  const sorted = [...slots].sort((a, b) => a[0] - b[0]);
  const width = Math.max(1, Math.round((seconds * 1000) / slotMs));
  return sorted.map(([from, begin], i) => {
    let { files, bytes, unsized } = begin;
    let end = begin;
    for (let next = i + 1; next < sorted.length; next++) {
      const [at, slot] = sorted[next] as [number, Slot];
      if (at >= from + width) break;
      files += slot.files;
      bytes += slot.bytes;
      unsized += slot.unsized;
      end = slot;
    }
    return { from, files, bytes, unsized, begin, end };
  });
}

/** There is a past to compare with, it is far smaller, and this is no routine. */
function isNew(hour: Hour, past: readonly Hour[], big: readonly Hour[], t: ThresholdsOf<typeof meta>): boolean {
  const earlier = past.filter((h) => h.from + 6 <= hour.from);
  if (earlier.length === 0) return false;
  const times = t.timesEarlierHour;
  const files = Math.max(...earlier.map((h) => h.files));
  const bytes = Math.max(...earlier.map((h) => h.bytes));
  const more =
    (hour.files >= t.files && hour.files >= files * times) ||
    (hour.bytes >= t.mebibytes * 1_048_576 && hour.bytes >= bytes * times);
  return (
    more &&
    daysAtThisHour(
      big.map((h) => h.begin.firstTime),
      hour.begin.firstTime,
    ) < t.routineDays
  );
}
