/** A session that ended without QUIT. */
import type { Rule, RuleMeta } from '../model.ts';
import { later } from '../monoid.ts';
import { rankOf } from '../severity.ts';
import { isDated } from '../timestamp.ts';
import { counted, type Fact, factAt } from './engine/fact.ts';
import { inForce } from './engine/thresholds.ts';
import { mergeSightings, type Sightings, sight, sightingFindings, sightings } from './kinds/sightings.ts';
import { hidesLines } from './words/shown.ts';

const meta = {
  id: 'session-without-quit',
  status: 'stable',
  severity: 'info',
  group: 'protocol-conformance',
  title: 'A session ended without QUIT',
  why: 'The connection was lost, timed out, or the client just left. One by one that says nothing; in numbers it shows bad lines, short timeouts or careless programs.',
  advice:
    'Compare clients: if only some of them do it, look at their network and program; if all do, at the timeouts of the server and the firewall.',
  falseAlarms:
    'Most graphical clients leave so. Sessions that never logged in, and those that still ran when the log ended, are not counted.',
  references: ['RFC 959 §4.1.1', 'RFC 1123 §4.1.3.2'],
  attack: [],
  cwe: [],
  thresholds: { edgeSeconds: 300 },
} satisfies RuleMeta;

/** Sessions that were open when the input ended wait for what the rest of the log says. */
export interface Quits {
  readonly seen: Sightings;
  /** Still open at the end of input, by the time of the last line. */
  readonly open: Fact[];
  /** By source: where the last session that ended with QUIT began. */
  readonly quitBegan: Map<number, number>;
  /** Time of the last line, by dialect: what another log says says nothing of this one. */
  readonly newest: Map<string, number>;
}

const openLimit = 20_000;

/**
 * vsftpd does not log that a client is gone: a session that is open at the end of input is over if a later one began and
 * ended meanwhile, or if nothing was heard of it for long.
 */
export const sessionWithoutQuit: Rule<Quits> = {
  meta,
  create: (thresholds) => ({
    init: () => ({ seen: sightings(), open: [], quitBegan: new Map(), newest: new Map() }),
    session(state, s): void {
      state.newest.set(s.dialect, later(state.newest.get(s.dialect) ?? Number.NaN, s.closed));
      if (s.end === 'quit') state.quitBegan.set(s.source, Math.max(s.firstLine, state.quitBegan.get(s.source) ?? 0));
      if (s.sawQuit || s.end === 'quit' || s.end === 'evicted' || !s.loggedIn || s.commands === 0) return;
      // QUIT would not be in the log.
      if (s.lacks.commands || hidesLines(s)) return;
      const fact = factAt(s, { time: s.closed, source: s.source, line: s.lastLine }, s.end, rankOf('info'));
      if (s.end === 'end-of-input') {
        if (state.open.length < openLimit) state.open.push(fact);
      } else sight(state.seen, 'user', fact);
    },
    merge(into, from): void {
      mergeSightings(into.seen, from.seen);
      for (const f of from.open) into.open.push(f);
      for (const [source, line] of from.quitBegan)
        into.quitBegan.set(source, Math.max(line, into.quitBegan.get(source) ?? 0));
      for (const [dialect, time] of from.newest)
        into.newest.set(dialect, later(into.newest.get(dialect) ?? Number.NaN, time));
    },
    finish(state) {
      const all = sightings();
      const edgeMs = inForce(meta, thresholds).edgeSeconds * 1000;
      for (const f of state.open) {
        const edge = (state.newest.get(f.dialect) ?? Number.NaN) - edgeMs;
        if ((isDated(f.time) === isDated(edge) && f.time < edge) || f.line < (state.quitBegan.get(f.source) ?? 0))
          sight(all, 'user', f);
      }
      // Last, so that the groups of the state stay as they are for the next report.
      mergeSightings(all, state.seen);
      return sightingFindings(all, meta, (seen) => `${counted(seen.count, 'session')} ended without QUIT`, 'user');
    },
  }),
};
