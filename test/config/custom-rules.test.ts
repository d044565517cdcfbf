/** Rules as data: when they fire, when they are silent, and that they merge. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analyzer, createAnalyzer } from '../../src/analyze.ts';
import { type ChosenRule, chosenRules } from '../../src/config/apply.ts';
import { beat, crowded, mergePace, type Pace, pace } from '../../src/config/pace.ts';
import { regexTest } from '../../src/config/regex.ts';
import { config } from './support/read.ts';

function rulesOf(yaml: string): readonly ChosenRule[] {
  return chosenRules(config(`customRules:\n${yaml.replace(/^/gm, '  ')}`), [], { regex: regexTest });
}

/** Findings over logs of vsftpd and transcripts, as `severity rule subject count lines: message`. */
function findingsOf(rules: readonly ChosenRule[], logs: readonly (readonly string[])[]): readonly string[] {
  const analyzer = createAnalyzer({ rules, year: 2026 });
  for (const [i, lines] of logs.entries()) feed(analyzer, lines, `${i}.log`);
  return shown(analyzer);
}

function feed(analyzer: Analyzer, lines: readonly string[], name: string): void {
  analyzer.source({ name, reference: Date.UTC(2027, 0, 1) });
  for (const line of lines) analyzer.line(line);
  analyzer.endSource();
}

function shown(analyzer: Analyzer): readonly string[] {
  return analyzer
    .report(0)
    .findings.map(
      (f) =>
        `${f.severity} ${f.rule} ${[f.subject.client, f.subject.user, f.subject.session].join(' ').trim()} ×${f.count} ${f.evidence.map((e) => e.line).join(',')}: ${f.message}`,
    );
}

const transcript = [
  '220 ready',
  'USER alice',
  '331 password',
  'PASS ***',
  '230 in',
  'MKD /upload/a',
  '257 made',
  'DELE /upload/b.txt',
  '250 gone',
  'DELE /pub/c.txt',
  '550 no',
  'SITE CHMOD 777 /upload/a',
  '200 done',
  'STOR /upload/shell.PHP',
  '150 go',
  '226 done',
  'QUIT',
  '221 bye',
];

function vsftpd(second: number, what: string, client = '192.0.2.7', user = 'bob'): string {
  const time = new Date(Date.UTC(2026, 0, 2, 10, 0, second)).toUTCString();
  const [, day, , , clock] = time.split(' ');
  const pid = 70 + client.length * 10 + Number(client.at(-1));
  return `Fri Jan  ${Number(day)} ${clock} 2026 [pid ${pid}] [${user}] ${what}: Client "${client}"`;
}

describe('a rule of the configuration', () => {
  it.each([
    ['on a verb', 'match: { verb: dele }', ["medium x alice s1 ×2 8,10: T, 2 times; first 'DELE /upload/b.txt'"]],
    [
      'on a class of codes',
      'match: { verb: DELE, code: 5yz }',
      ["medium x alice s1 ×1 10: T; first 'DELE /pub/c.txt'"],
    ],
    [
      'on an outcome',
      'match: { verb: DELE, outcome: completed }',
      ["medium x alice s1 ×1 8: T; first 'DELE /upload/b.txt'"],
    ],
    ['on a path', 'match: { path: /pub/** }', ["medium x alice s1 ×1 10: T; first 'DELE /pub/c.txt'"]],
    [
      'on an argument',
      'match: { verb: SITE, argument: { regex: "^CHMOD \\\\d*[2367] " } }',
      ["medium x alice s1 ×1 12: T; first 'SITE CHMOD 777 /upload/a'"],
    ],
    [
      'on a name, whatever its case',
      'match: { path: { glob: "*.php", ignoreCase: true } }',
      ["medium x alice s1 ×1 14: T; first 'STOR /upload/shell.PHP'"],
    ],
    ['on a name in its case', 'match: { path: "*.php" }', []],
    [
      'on a transfer',
      'match: { transfer: upload }',
      ["medium x alice s1 ×1 16: T; first 'upload of /upload/shell.PHP'"],
    ],
    ['on the other direction', 'match: { transfer: download }', []],
    ['on a login', 'match: { login: ok }', ["medium x alice s1 ×1 4: T; first 'login'"]],
    [
      'with an exception',
      'match: { verb: DELE }\nexcept: { path: /upload/* }',
      ["medium x alice s1 ×1 10: T; first 'DELE /pub/c.txt'"],
    ],
    [
      'with a severity, per user',
      'match: { verb: MKD, user: al* }\nseverity: low\nper: user',
      ["low x alice ×1 6: T; first 'MKD /upload/a'"],
    ],
    ['on another user', 'match: { verb: MKD, user: bob }', []],
    ['on a client that the log does not tell', 'match: { verb: MKD, client: 10.0.0.0/8 }', []],
    [
      'with a count that is reached',
      'match: { verb: DELE }\ncount: 2',
      ["medium x alice s1 ×2 8,10: T, 2 times; first 'DELE /upload/b.txt'"],
    ],
    ['with a count that is not', 'match: { verb: DELE }\ncount: 3', []],
    [
      'without a clock, a window is a session',
      'match: { verb: DELE }\ncount: 2\nwindow: 1s',
      ["medium x alice s1 ×2 8,10: T, 2 times; first 'DELE /upload/b.txt'"],
    ],
  ])('%s', (_, text, expected) => {
    const rules = rulesOf(`- id: x\n  title: T\n${text.replace(/^/gm, '  ')}`);
    expect(findingsOf(rules, [transcript])).toEqual(expected);
  });

  const refused = rulesOf('- id: x\n  title: T\n  match: { login: failed }\n  count: 3\n  window: 10s\n  per: client');

  it.each([
    ['the window holds enough', [0, 5, 10], [1, 2, 3]],
    ['the window does not', [0, 5, 11], undefined],
    ['only the crowded part is evidence', [0, 100, 104, 108, 300], [2, 3, 4]],
    ['all at one second', [7, 7, 7], [1, 3]],
  ])('%s', (_, seconds, lines) => {
    const log = seconds.map((second) => vsftpd(second, 'FAIL LOGIN'));
    const expected = lines === undefined ? [] : [`${lines.join(',')}`];
    expect(findingsOf(refused, [log]).map((text) => / (\S+): /.exec(text)?.[1])).toEqual(expected);
  });

  it('counts clients apart', () => {
    const log = [0, 1, 2, 3].map((n) => vsftpd(n, 'FAIL LOGIN', `192.0.2.${n % 2}`));
    expect(findingsOf(refused, [log])).toEqual([]);
  });

  it('says the same over parts in any order as in one pass', () => {
    const rules = rulesOf(
      [
        '- { id: a, title: A, match: { login: any }, count: 3, window: 20s }',
        '- { id: b, title: B, match: { login: failed }, count: 2, window: 5s, per: user }',
        '- { id: c, title: C, match: { login: ok }, per: session }',
      ].join('\n'),
    );
    const event = fc.tuple(fc.nat(200), fc.boolean(), fc.nat(2), fc.constantFrom('ann', 'bob'));
    fc.assert(
      fc.property(
        fc.array(fc.array(event, { maxLength: 30 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (parts, backwards) => {
          const logs = parts.map((events) =>
            [...events]
              .sort((a, b) => a[0] - b[0])
              .map(([at, ok, n, user]) => vsftpd(at, ok ? 'OK LOGIN' : 'FAIL LOGIN', `192.0.2.${n}`, user)),
          );
          // One pass takes each log as new too: a log that goes on where another ended would share sessions.
          const whole = createAnalyzer({ rules, year: 2026 });
          const alone = logs.map((lines, i) => {
            const analyzer = createAnalyzer({ rules, year: 2026, firstSource: i });
            feed(analyzer, lines, `${i}.log`);
            return analyzer.end();
          });
          const [first, ...rest] = alone;
          if (first === undefined) return;
          feed(whole, logs[0] ?? [], '0.log');
          whole.end();
          for (const part of backwards ? [...rest].reverse() : rest) whole.merge(structuredClone(part));
          const other = createAnalyzer({ rules, year: 2026, firstSource: logs.length });
          other.end();
          for (const part of backwards ? alone : [...alone].reverse()) other.merge(structuredClone(part));
          expect(shown(whole)).toEqual(shown(other));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a pace', () => {
  const time = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 1e9 }), fc.constant(Number.NaN));
  const times = (maxLength: number) => fc.array(time, { maxLength });
  const paceOf = (list: readonly number[], from = 0): Pace => {
    const p = pace();
    for (const [i, t] of list.entries()) beat(p, t, { source: 0, line: from + i });
    return p;
  };

  it('is exact while there are few different times', () => {
    fc.assert(
      fc.property(
        times(100),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        (list, atLeast, windowMs) => {
          const sorted = list.filter((t) => !Number.isNaN(t)).sort((a, b) => a - b);
          const inWindow = new Set<number>();
          sorted.forEach((t, i) => {
            const end = sorted.findLastIndex((other) => other - t <= windowMs);
            if (end - i + 1 >= atLeast) for (let k = i; k <= end; k++) inWindow.add(k);
          });
          const untimed = list.length - sorted.length;
          const expected = inWindow.size + (untimed >= atLeast ? untimed : 0);
          expect(crowded(paceOf(list), atLeast, windowMs)?.count ?? 0).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is never too high and of bounded size, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 600, maxLength: 2000 }),
        fc.integer({ min: 2, max: 5000 }),
        (list, windowMs) => {
          const sorted = [...list].sort((a, b) => a - b);
          const fullest = Math.max(
            ...sorted.map((t, i) => sorted.findLastIndex((other) => other - t <= windowMs) - i + 1),
          );
          const p = paceOf(list);
          expect(p.slots.size).toBeLessThanOrEqual(256);
          expect(crowded(p, fullest + 1, windowMs)).toBeUndefined();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('merges to what one pass gives', () => {
    fc.assert(
      fc.property(times(700), times(700), times(5), (a, b, c) => {
        const whole = paceOf([...a, ...b, ...c]);
        const parts = [paceOf(c, a.length + b.length), paceOf(b, a.length), paceOf(a)];
        const merged = pace();
        for (const part of parts) mergePace(merged, structuredClone(part));
        const plain = (p: Pace) => ({ ...p, slots: [...p.slots].sort((x, y) => x[0] - y[0]) });
        expect(plain(merged)).toEqual(plain(whole));
      }),
      { numRuns: 60 },
    );
  });
});
