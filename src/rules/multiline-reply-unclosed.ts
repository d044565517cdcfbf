/** A multi-line reply whose last line never came. */
import type { Exchange, RuleMeta, Session } from '../model.ts';
import { bump, mergeCounts } from '../monoid.ts';
import { deviations } from '../protocol/deviations.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact, type Fact } from './engine/fact.ts';
import { type GatedRule, gates } from './engine/gates.ts';
import { newSlot, type Remembering, recall, remember, slotOf } from './engine/memory.ts';
import {
  type KeptFacts,
  keepFact,
  keptFacts,
  mergeSightings,
  type Sightings,
  sight,
  sightingFindings,
  sightings,
} from './kinds/sightings.ts';

const meta = {
  id: 'multiline-reply-unclosed',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A multi-line reply without its last line',
  why: 'A reply that begins with `NNN-` ends with `NNN ` and nothing else. Without that line a client waits for ever, or takes the replies to its next commands for text.',
  advice: 'Look at what the server sent; a proxy or a banner file with a line of its own is often the cause.',
  falseAlarms:
    'Logs that show only the first line of each reply; they are told by rarely showing a closed one. A log that was cut at that place.',
  references: ['RFC 959 §4.2', 'RFC 2389 §2'],
  attack: [],
  cwe: [],
} satisfies RuleMeta;

/** Counts of replies per source tell whether the log shows last lines at all. */
export interface Unclosed extends Remembering<KeptFacts> {
  readonly seen: Map<number, Sightings>;
  readonly closed: Map<number, number>;
}

const habit = 3;

export const multilineReplyUnclosed: GatedRule<Unclosed> = {
  meta,
  when: () => gates.deviating | gates.multiLine,
  create: () => ({
    init: (slots) => ({ slot: newSlot(slots), seen: new Map(), closed: new Map() }),
    exchange(state, x): void {
      if ((x.deviations & deviations.multilineUnterminated) !== 0) note(state, x);
      else if (x.replies.length > 0 && (x.replies[x.replies.length - 1]?.lines ?? 1) > 1) bump(state.closed, x.source);
    },
    slotOf,
    session(state, s): void {
      const kept = recall(state, s);
      if (kept === undefined) return;
      const seen = seenIn(state, s.source);
      for (const f of kept.facts) if (!atEdge(s, f)) sight(seen, 'client', f);
      if (kept.last !== undefined) sight(seen, 'client', kept.last, kept.more - (atEdge(s, kept.last) ? 1 : 0));
    },
    merge(into, from): void {
      for (const [source, seen] of from.seen) mergeSightings(seenIn(into, source), seen);
      mergeCounts(into.closed, from.closed);
    },
    finish(state) {
      const all = sightings();
      for (const [source, seen] of state.seen)
        if (isCredible(seen, state.closed.get(source) ?? 0)) mergeSightings(all, structuredClone(seen));
      return sightingFindings(
        all,
        meta,
        (seen) => `${counted(seen.count, 'multi-line reply', 'multi-line replies')} never closed`,
      );
    },
  }),
};

function note(state: Unclosed, x: Exchange): void {
  const reply = x.replies[x.replies.length - 1];
  if (reply === undefined || (x.deviations & deviations.logEdge) !== 0) return;
  const lastLine = reply.line + reply.lines - 1;
  const fact = { ...exchangeFact(x, String(lastLine), rankOf('low')), line: reply.line };
  keepFact(remember(state, x.session, keptFacts), fact);
}

function seenIn(state: Unclosed, source: number): Sightings {
  const known = state.seen.get(source);
  if (known !== undefined) return known;
  const fresh = sightings();
  state.seen.set(source, fresh);
  return fresh;
}

/** The log of a server ends there; the transcript of a client that ends so is complete. */
function atEdge(s: Session, f: Fact): boolean {
  return s.end === 'end-of-input' && s.client !== '' && Number(f.note) >= s.lastLine;
}

function isCredible(seen: Sightings, closed: number): boolean {
  let unclosed = 0;
  for (const group of seen.map.values()) unclosed += group.count;
  return unclosed < habit || closed >= unclosed;
}
