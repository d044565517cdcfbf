/** A reply that no command asked for. */
import type { Rule, RuleMeta } from '../model.ts';
import { deviations } from '../protocol/deviations.ts';
import { rankOf } from '../severity.ts';
import { counted, exchangeFact } from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { keep, recall } from './engine/memory.ts';
import { sight, type Watch, watchingRule } from './kinds/sightings.ts';
import { hidesLines } from './words/shown.ts';

const meta = {
  id: 'orphan-reply',
  status: 'stable',
  severity: 'low',
  group: 'protocol-conformance',
  title: 'A reply nobody asked for',
  why: 'From here on client and server may disagree on which reply belongs to which command. A broken server does that, a proxy that eats lines, or somebody who writes into the connection.',
  advice:
    'Look at the lines around it: which command got two replies, or lost its own? Compare with the log of the other side.',
  falseAlarms: 'Logs whose lines of several sessions are mixed up, and clients that print a reply twice.',
  references: ['RFC 959 §5.4', 'RFC 959 §6'],
  attack: [],
  cwe: [],
  verbs: ['', 'EPRT', 'PORT'],
} satisfies RuleMeta;

/** Pure-FTPd 1.0.50 repeats the last code with this text when a client goes away without QUIT. */
const farewell = 'Logout.';

/** Replies of the same session that say the same as the one to EPRT: tnftp 20210827 `-d -v` prints it twice. */
export const orphanReply: Rule<Watch<string>> = watchingRule(
  meta,
  () => ({
    exchange(state, x) {
      const reply = x.replies[x.replies.length - 1];
      if (reply === undefined) return;
      if (x.asked) {
        if (x.verb === 'EPRT') keep(state, x.session, `${reply.code} ${reply.text}`);
        return;
      }
      if ((x.deviations & deviations.unexpectedReply) === 0 || (x.deviations & deviations.logEdge) !== 0) return;
      if (hidesLines(x.session)) return;
      if (x.code === 214 || x.code === 221 || x.code === 421 || reply.text === farewell) return;
      if (x.code === 220 && x.session.commands === 0) return; // the greeting of the next connection, in a transcript without marks
      if (x.code === 500 && reply.text.endsWith('too long.')) return; // pyftpdlib does not log the command it cut
      if (recall(state, x.session) === `${reply.code} ${reply.text}`) return;
      sight(state.seen, 'client', exchangeFact(x, String(x.code), rankOf('low')));
    },
    message: (seen) =>
      `${counted(seen.count, 'reply', 'replies')} without a command (${[...new Set(seen.facts.map((f) => f.note))].join(', ')})`,
  }),
  { when: (verb) => (verb === '' ? gates.deviating : gates.always) },
);
