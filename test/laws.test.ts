/** What must hold for any input whatsoever. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, createAnalyzer } from '../src/analyze.ts';
import type { Report } from '../src/report.ts';
import { names } from './support/fixture.ts';
import { type Conversation, conversation, logOf, writers } from './support/generate.ts';
import { formats, readOctets, run } from './support/run.ts';

const chunkSizes = [1, 2, 3, 7, 64];
const reference = Date.UTC(2026, 11, 31);

/** Lines of real logs, to be torn and mixed. */
const realLines: readonly string[] = names('fixtures/dialects').flatMap((id) =>
  names(`fixtures/dialects/${id}`)
    .filter((name) => name.endsWith('.log'))
    .slice(0, 1)
    .flatMap((name) => readFileSync(`fixtures/dialects/${id}/${name}`, 'latin1').split('\n').slice(0, 30)),
);

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...realLines).map((line) => Buffer.from(`${line}\n`, 'latin1')) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }).map((octets) => Buffer.from(octets)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('\r\n', '\r', '\n\n', '\0\0', '214-', '\x1b[31m', '{"', '<30>1 ')
      .map((t) => Buffer.from(t)),
  },
);
const anyLog = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.concat(pieces));
const anyConversation = fc.tuple(
  fc.constantFrom(...Object.keys(writers)),
  fc.array(conversation, { minLength: 1, maxLength: 4 }),
);

function textOf([writer, conversations]: readonly [string, readonly Conversation[]]): string {
  return conversations.map((c) => logOf(writer, c)).join('');
}

type Printed = Awaited<ReturnType<typeof run>>['printed'];

/** All that an analysis gets of a source: where it is equal, so is the report (which `the same bytes every time` shows). */
async function given(octets: Buffer, chunkSize = 0): Promise<object> {
  const lines: string[] = [];
  const end = await readOctets(octets, chunkSize, (line) => lines.push(line));
  return { ...end, lines };
}

function expectConserved({ tally }: Report): void {
  expect(tally.blank + tally.noise + tally.unparsed + tally.understood).toBe(tally.lines);
}

describe('any bytes whatsoever', () => {
  it('are blank, noise, not understood or understood, and nothing throws', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (octets) => expectConserved((await run(octets, { formats: [] })).report)),
      { numRuns: 150 },
    );
  });

  it('are said to end too early where they are packed and do', async () => {
    const { report } = await run(Buffer.from([31, 139]));
    expectConserved(report);
    expect(report.sources.map(({ error }) => error)).toEqual(['gzip data ends too early']);
  });

  it('are counted the same when a dialect is forced on them', async () => {
    const ids = names('fixtures/dialects').filter((id) => id !== 'README.md');
    await fc.assert(
      fc.asyncProperty(anyLog, fc.constantFrom(...ids), async (octets, dialect) => {
        expectConserved((await run(octets, { formats: [], options: { dialect } })).report);
      }),
      { numRuns: 150 },
    );
  });

  it('give the same lines in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (octets) => {
        const whole = await given(octets);
        for (const chunkSize of chunkSizes) expect(await given(octets, chunkSize)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a log', () => {
  const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
    'with CR LF': (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
    'with lone CRs': (text) => Buffer.from(text.replaceAll('\n', '\r')),
    'with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
    'in UTF-16LE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    'in UTF-16BE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    'in UTF-16LE without a mark': (text) => Buffer.from(text, 'utf16le'),
    'in gzip': (text) => gzipSync(text),
  };

  it.each(Object.entries(encodings))('%s tells the same, in chunks of any size', async (_, encode) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('bare', 'lftp', 'vsftpd'), conversation, async (writer, c) => {
        const text = logOf(writer, c);
        const plain = rowsOf((await run(Buffer.from(text))).printed.get('ndjson'));
        const octets = encode(text);
        expect(rowsOf((await run(octets)).printed.get('ndjson'))).toEqual(plain);
        const whole = await given(octets);
        for (const chunkSize of chunkSizes) expect(await given(octets, chunkSize)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same bytes every time', async () => {
    await fc.assert(
      fc.asyncProperty(anyConversation, async (log) => {
        const octets = Buffer.from(textOf(log));
        const { printed } = await run(octets, { formats });
        expect((await run(octets, { formats })).printed).toEqual(printed);
        expectNoSecret(log, printed);
      }),
      { numRuns: 40 },
    );
  });
});

/** The rows but not the summary, which counts octets. */
function rowsOf(ndjson = ''): readonly string[] {
  return ndjson.split('\n').filter((line) => !line.startsWith('{"type":"summary"'));
}

function expectNoSecret([writer, conversations]: readonly [string, readonly Conversation[]], printed: Printed): void {
  for (const [format, text] of printed) {
    for (const { secrets } of conversations) {
      // What may not be split by escapes: up to the first character that a format could write in another way.
      for (const secret of secrets)
        expect(text, `${writer} as ${format}`).not.toContain(/^\w+/.exec(secret)?.[0] ?? secret);
    }
  }
}

/** These two print nearly all that is known; what the others choose from it they print each in its turn. */
const everything = ['json', 'ndjson'];
const choosing = formats.filter((id) => !everything.includes(id));

describe('a password', () => {
  it('stands in no output, however it was given', async () => {
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(anyConversation, async (log) => {
        const format = choosing[turn++ % choosing.length] ?? '';
        const { printed } = await run(Buffer.from(textOf(log)), { formats: [...everything, format], width: 400 });
        expectNoSecret(log, printed);
      }),
      { numRuns: 200 },
    );
  });
});

type Shard = readonly [string, readonly Conversation[]];

/** Sources analysed one after another, numbered from `first` on. */
function analysed(shards: readonly Shard[], first = 0): ReturnType<typeof createAnalyzer> {
  const analyzer = createAnalyzer({ firstSource: first });
  shards.forEach((shard, i) => {
    analyzer.source({ name: `${first + i}.log`, reference });
    for (const line of textOf(shard).split('\n')) analyzer.line(line);
    analyzer.endSource();
  });
  return analyzer;
}

/** Parts as they come from elsewhere: as plain data. */
function joined(...parts: readonly Analysis[]): ReturnType<typeof createAnalyzer> {
  const analyzer = createAnalyzer();
  for (const part of parts) analyzer.merge(structuredClone(part));
  return analyzer;
}

/** All of a report: the same parts in any order must give the same bytes. */
function bytesOf(report: Report): string {
  return JSON.stringify(report, (_, value: unknown) => (value instanceof Map ? [...value] : value), 1);
}

it('a report does not change the analysis it is made of', () => {
  fc.assert(
    fc.property(anyConversation, anyConversation, (a, b) => {
      const analyzer = analysed([a, b]);
      const first = bytesOf(analyzer.report(0));
      analyzer.report(1);
      expect(bytesOf(analyzer.report(0))).toBe(first);
    }),
    { numRuns: 50 },
  );
});

describe('merging', () => {
  const shard: fc.Arbitrary<Shard> = anyConversation;

  it('nothing changes nothing', () => {
    fc.assert(
      fc.property(shard, (a) => {
        const alone = analysed([a]);
        const analysis = structuredClone(alone.end());
        const nothing = createAnalyzer().end();
        expect(bytesOf(joined(analysis, nothing).report(0))).toBe(bytesOf(alone.report(0)));
        expect(bytesOf(joined(nothing, analysis).report(0))).toBe(bytesOf(alone.report(0)));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same in any order', () => {
    fc.assert(
      fc.property(shard, shard, (a, b) => {
        const first = analysed([a], 0).end();
        const second = analysed([b], 1).end();
        expect(bytesOf(joined(first, second).report(0))).toBe(bytesOf(joined(second, first).report(0)));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same in any grouping', () => {
    fc.assert(
      fc.property(shard, shard, shard, (a, b, c) => {
        const [first, second, third] = [analysed([a], 0).end(), analysed([b], 1).end(), analysed([c], 2).end()];
        const left = joined(joined(first, second).end(), third);
        const right = joined(first, joined(second, third).end());
        expect(bytesOf(left.report(0))).toBe(bytesOf(right.report(0)));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what a log shows apart, source by source', () => {
    const head = 'Nov 22 10:03:4';
    const greeting = `${head}1 host vsftpd[2]: [a] FTP response: Client "192.0.2.7", "220 (vsFTPd 3.0.5)"`;
    const said = [
      `${head}2 host vsftpd[3]: FTP response: Client "192.0.2.7", "220 (vsFTPd 3.0.5)"`,
      `${head}2 host vsftpd[3]: FTP command: Client "192.0.2.7", "USER a"`,
      `${head}3 host vsftpd[3]: FTP response: Client "192.0.2.7", "331 Please specify the password."`,
    ];
    const analyzer = createAnalyzer({ year: 2026 });
    for (const [i, lines] of [[greeting, greeting, greeting], said].entries()) {
      analyzer.source({ name: `part${i}`, reference: 0 });
      for (const line of lines) analyzer.line(line);
    }
    const rows = analyzer.report(0).tables.get('sessions') ?? [];
    expect(rows.map((row) => row['commands'])).toEqual(expect.arrayContaining([null, 1]));
  });

  it('shards gives what one pass gives', () => {
    fc.assert(
      fc.property(fc.array(shard, { minLength: 1, maxLength: 4 }), (shards) => {
        const parts = shards.map((s, i) => analysed([s], i).end());
        const merged = joined(...parts.reverse()).report(0);
        const whole = bytesOf(analysed(shards).report(0));
        // What logs of two parts tell counts twice: then the report says so, and only then.
        if (merged.assumptions.some((text) => text.includes('analysed apart'))) expect(bytesOf(merged)).not.toBe(whole);
        else expect(bytesOf(merged)).toBe(whole);
      }),
      { numRuns: 50 },
    );
  });
});
