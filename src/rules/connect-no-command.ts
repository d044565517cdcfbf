/** Connections that say nothing. */
import type { Finding, RuleMeta, Session } from '../model.ts';
import { factAt, findingOf, inOrder, subjectOf } from './engine/fact.ts';
import { type GatedRule, gates } from './engine/gates.ts';
import { isSteady } from './engine/steady.ts';
import { inForce } from './engine/thresholds.ts';
import { bursts, enter, entries, type Ledgers, ledgers, mergeLedgers } from './kinds/ledger.ts';

const meta = {
  id: 'connect-no-command',
  status: 'stable',
  severity: 'low',
  group: 'reconnaissance',
  title: 'Connections that say nothing',
  why: 'A port scanner opens the connection, reads the greeting and leaves. It is how somebody learns that there is a server, and which.',
  advice: 'Nothing by itself; keep the client in mind when it comes back with more.',
  falseAlarms:
    'Health checks of a load balancer: steady ones with a pause of 15 s or more are not reported. Logs that show neither commands nor the ends of connections prove nothing.',
  references: [],
  attack: ['T1046'],
  cwe: [],
  verbs: [''],
  thresholds: { connections: 10, seconds: 300, healthCheckSeconds: 15 },
} satisfies RuleMeta;

/** Silent connections by client, the sources that show commands of anybody, and those that show logins and ends. */
export interface Silent {
  readonly silent: Ledgers;
  readonly talking: Set<number>;
  readonly ending: Set<number>;
  /** Open sessions whose client just left: GNU ftpd says goodbye all the same. */
  readonly left: Set<string>;
}

export const connectNoCommand: GatedRule<Silent> = {
  meta,
  when: () => gates.code221,
  create(thresholds) {
    const t = inForce(meta, thresholds);
    return {
      init: () => ({ silent: ledgers(), talking: new Set(), ending: new Set(), left: new Set() }),
      exchange(state, x): void {
        if (x.code === 221 && !x.asked && x.session.commands === 0) state.left.add(x.session.id);
      },
      session(state, s): void {
        const left = state.left.size > 0 && state.left.delete(s.id);
        if (s.commands > 0) {
          state.talking.add(s.source);
          return;
        }
        if ((s.loggedIn || s.failedLogins > 0) && showsEnd(s)) state.ending.add(s.source);
        if (
          !s.sawStart ||
          s.loggedIn ||
          s.failedLogins > 0 ||
          s.downloads + s.uploads > 0 ||
          (s.end === 'service-closing' && !left)
        )
          return;
        enter(
          state.silent,
          s.client,
          factAt(s, { time: s.opened, source: s.source, line: s.firstLine }, showsEnd(s) ? ended : ''),
        );
      },
      merge(into, from): void {
        mergeLedgers(into.silent, from.silent);
        for (const source of from.talking) into.talking.add(source);
        for (const source of from.ending) into.ending.add(source);
        for (const id of from.left) into.left.add(id);
      },
      finish(state): readonly Finding[] {
        return entries(state.silent, t.connections).flatMap(([client, all]) => {
          const known = all.filter(
            (f) => state.talking.has(f.source) || (f.note === ended && state.ending.has(f.source)),
          );
          const facts = bursts(known, t.connections, t.seconds * 1000)
            .flat()
            .sort(inOrder);
          if (facts.length === 0 || isSteady(known, t.healthCheckSeconds * 1000, 0.2)) return [];
          return [
            findingOf(meta, {
              message: `${facts.length} connections without a command`,
              subject: subjectOf(client, '', facts[0]?.session),
              facts,
            }),
          ];
        });
      },
    };
  },
};

const ended = 'ended';

/** Logs without commands that show every end and every login: who did not log in said nothing. vsftpd's shows no ends. */
function showsEnd(s: Session): boolean {
  return s.end === 'dropped' && !s.dialect.startsWith('vsftpd');
}
