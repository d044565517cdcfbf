/** Every dialect on its own logs: recognised, decoded line by line as expected, nothing lost, in chunks of any size. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { dialects } from '../src/dialects/index.ts';
import { emptyTally } from '../src/limits.ts';
import type { Aspect, Event } from '../src/model.ts';
import { addressClass, parseEndpoint } from '../src/protocol/host-port.ts';
import { SourceReader } from '../src/recognition/source-reader.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { eventText } from './support/event-text.ts';
import { expectFile, linesOf, names } from './support/fixture.ts';

const root = 'fixtures/dialects';
const reference = Date.UTC(2026, 11, 31);

/** Events, unparsed lines and the dialects recognised in some lines. */
function decode(lines: readonly string[]): {
  readonly text: string;
  readonly events: readonly Event[];
  readonly recognised: readonly string[];
} {
  const events: Event[] = [];
  const tally = emptyTally();
  const options = { offsetAt: () => 0, year: 0, reference, layout: '', assume: () => undefined };
  const reader = new SourceReader({ dialects, wrappers, forced: undefined, options }, tally, () => ({
    emit: (e: Event) => void events.push(e),
    end: () => undefined,
  }));
  for (const [i, line] of lines.entries()) reader.line(line, i + 1);
  reader.end();
  expect(tally.blank + tally.noise + tally.unparsed + tally.understood).toBe(tally.lines);
  const recognised = reader.recognised.filter((r) => r.lines > 0);
  const head = `# ${recognised.map((r) => [...r.wrappers, r.dialect].join(' > ')).join(', ')}: ${tally.understood} understood, ${tally.noise} noise, ${tally.unparsed} not understood`;
  return {
    text: `${[head, ...events.map(eventText)].join('\n')}\n`,
    events,
    recognised: recognised.map((r) => r.dialect),
  };
}

const aspects: readonly Aspect[] = ['commands', 'replies', 'logins', 'transfers'];

/** A server that notes effects (`DELETE`, `250 CWD`) does not note these. */
const withoutEffect: ReadonlySet<string> = new Set(['FEAT', 'HELP', 'NOOP', 'PWD', 'QUIT', 'STAT', 'SYST', 'TYPE']);

/** What a line states. `concluded`: also what the decoder concludes from it, as that a login was refused. */
function note(stated: Set<Aspect>, e: Event, concluded: boolean): void {
  const whole = e.kind === 'exchange' && (concluded || !e.inferred);
  const command = e.kind === 'command' || whole;
  if (command && (concluded || withoutEffect.has(e.verb))) stated.add('commands');
  // A daemon that turns a connection away says so in words of its own: 421 is concluded from them.
  const turnedAway = e.kind === 'reply' && e.code === 421;
  if ((e.kind === 'reply' && !turnedAway) || e.kind === 'reply-line' || (whole && e.code > 0)) stated.add('replies');
  if (e.kind === 'login' || (whole && e.verb === 'PASS')) stated.add('logins');
  if (e.kind === 'transfer' || (concluded && e.verb === 'RETR')) stated.add('transfers');
}

for (const dialect of dialects) {
  describe(dialect.id, () => {
    const logs = names(`${root}/${dialect.id}`).filter((name) => !name.endsWith('.events') && name !== 'README.md');

    const known = new Map<string, ReturnType<typeof decode>>();
    /** Each log is decoded once; all tests look at the same events. */
    async function decoded(log: string): Promise<ReturnType<typeof decode>> {
      const read = known.get(log) ?? decode(await linesOf(readFileSync(`${root}/${dialect.id}/${log}`)));
      known.set(log, read);
      return read;
    }

    it('has a fixture', () => {
      expect(logs, `put a log into ${root}/${dialect.id}/`).not.toEqual([]);
    });

    for (const log of logs) {
      it(`reads ${log}`, async () => {
        const octets = readFileSync(`${root}/${dialect.id}/${log}`);
        const { text, recognised } = await decoded(log);
        expect(recognised[0]).toBe(dialect.id);
        expectFile(`${root}/${dialect.id}/${log}.events`, text);
        // Equal lines give equal events.
        const lines = await linesOf(octets);
        for (const size of [1, 7]) expect(await linesOf(octets, size)).toEqual(lines);
      });
    }

    it('names sessions as its identity says', async () => {
      const events = (await Promise.all(logs.map(decoded))).flatMap((one) => one.events);
      const named = (what: 'peer' | 'session'): boolean => events.some((e) => e[what] !== '');
      if (dialect.identity === 'key' || dialect.identity === 'process-handover')
        expect(named('session'), `no line has a \`session\`, by which \`${dialect.identity}\` goes`).toBe(true);
      if (dialect.identity === 'peer')
        expect(named('session') || named('peer'), 'no line has a `peer`, by which `peer` goes').toBe(true);
    });

    it('names hosts without their ports', async () => {
      for (const log of logs) {
        for (const e of (await decoded(log)).events) {
          if (e.kind === 'open') expect(parseEndpoint(e.text), log).toEqual({ host: e.text, port: 0 });
          if (e.kind === 'open') expect(e.arg, log).toMatch(/^(?:\d{1,5})?$/);
          if (/:\d+$/.test(e.peer)) expect(addressClass(e.peer), `${log}: ${e.peer}`).not.toBe('');
        }
      }
    });

    it('shows what it does not say it leaves out, and nothing of what it does', async () => {
      const stated = new Set<Aspect>();
      const concluded = new Set<Aspect>();
      for (const log of logs) {
        for (const e of (await decoded(log)).events) {
          note(stated, e, false);
          note(concluded, e, true);
        }
      }
      // Where commands and replies are shown, they tell of logins and transfers too.
      const shown = concluded.has('commands') && concluded.has('replies') ? new Set<Aspect>(aspects) : concluded;
      const lacks = new Set(dialect.lacks);
      const unshown = aspects.filter((aspect) => !lacks.has(aspect) && !shown.has(aspect));
      expect(unshown, 'no fixture shows these: show them, or name them in `lacks`').toEqual([]);
      const shownYet = aspects.filter((aspect) => lacks.has(aspect) && stated.has(aspect));
      expect(shownYet, 'fixtures show these: take them out of `lacks`').toEqual([]);
    });

    it('is found by its id', () => {
      expect(() => createAnalyzer({ dialect: dialect.id })).not.toThrow();
    });
  });
}
