/** What is packed, damaged, or no log at all: what is read of it, and what is said. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearest } from '../src/cli/choice.ts';
import { wantsColor } from '../src/cli/terminal.ts';
import { analyze, toJson } from '../src/index.ts';
import { InputError } from '../src/io/input-error.ts';
import { openFile, openStream } from '../src/io/source.ts';
import { Xxh64 } from '../src/io/unpack/xxh64.ts';

const folder = 'fixtures/packed';
const whole = readFileSync(`${folder}/session.log`);
const packed = (['gz', 'xz', 'zst', 'bz2'] as const).map((ending) => [ending, read(`session.log.${ending}`)] as const);
let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'ftplog-inputs-'));
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function read(name: string): Buffer {
  return readFileSync(join(folder, name));
}

interface Unpacked {
  readonly octets: Buffer;
  readonly fault: string;
  readonly complete: boolean;
}

/** What an input holds, and how it ended. */
async function unpack(octets: Buffer, chunk = octets.length): Promise<Unpacked> {
  const chunks: Buffer[] = [];
  for (let at = 0; at < octets.length; at += chunk) chunks.push(octets.subarray(at, at + chunk));
  const got: Buffer[] = [];
  try {
    const input = await openStream(Readable.from(chunks, { objectMode: false }), 0);
    for await (const part of input.chunks) got.push(Buffer.from(part));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { octets: Buffer.concat(got), fault: error.message, complete: error.complete };
  }
  return { octets: Buffer.concat(got), fault: '', complete: true };
}

describe.each(packed)('an input packed as %s', (ending, octets) => {
  it('is unpacked, in chunks of any size', async () => {
    for (const chunk of [1, 7, 64, octets.length])
      expect(await unpack(octets, chunk)).toEqual({ octets: whole, fault: '', complete: true });
  });

  it('may have several parts, and zeros behind the last', async () => {
    const two = read({ gz: 'two.gzip', xz: 'two.xz', zst: 'two.zstd', bz2: 'two.bzip2' }[ending]);
    expect(await unpack(two)).toEqual({ octets: whole, fault: '', complete: true });
    if (ending === 'zst') return;
    expect(await unpack(Buffer.concat([two, Buffer.alloc(512)]))).toMatchObject({ octets: whole, fault: '' });
  });

  it('may end with something else, which is told', async () => {
    const tail = Buffer.from('this is text behind it, and nothing packed\n');
    const { octets: got, fault, complete } = await unpack(Buffer.concat([octets, tail]));
    expect(got).toEqual(whole);
    expect(fault).toMatch(/^octets behind the \w+ data are not read$/);
    expect(complete).toBe(true);
  });

  it('that ends too early, or is damaged, gives what stood before', async () => {
    for (let length = 20; length < octets.length; length += 13) {
      const cut = await unpack(octets.subarray(0, length));
      expect(cut.fault).toMatch(/ends too early/);
      expect(whole.subarray(0, cut.octets.length)).toEqual(cut.octets);
    }
    const early = await unpack(octets.subarray(0, octets.length - 2));
    expect(early.octets).toEqual(whole);
  });

  it('with any octet changed ends, and never passes as whole with another text', async () => {
    for (let at = 18; at < octets.length; at += 5) {
      const changed = Buffer.from(octets);
      changed[at] = (changed[at] ?? 0) ^ 0x5a;
      const { octets: got, fault } = await unpack(changed);
      if (fault === '') expect(got).toEqual(whole);
    }
  });
});

describe('packed input', () => {
  it('may be packed again', async () => {
    const { gzipSync } = await import('node:zlib');
    expect((await unpack(gzipSync(read('session.log.xz')))).octets).toEqual(whole);
    const four = [1, 2, 3, 4].reduce<Buffer>((octets) => gzipSync(octets), whole);
    expect((await unpack(four)).fault).toBe('is packed more than 3 times');
  });

  it.each([
    ['window.zst', 'zstd data that needs more than 8 MiB to unpack'],
    ['sha256.xz', 'xz data with a filter or check that is not supported'],
    ['session.lzma', 'is compressed with lzma — xz -dc FILE | ftplog'],
    ['session.lz4', 'is compressed with lz4 — lz4 -dc FILE | ftplog'],
    ['session.zip', 'is a zip archive — unzip -p FILE | ftplog'],
    ['session.tar', 'is a tar archive — tar -xOf FILE | ftplog'],
    ['session.tar.gz', 'is packed (gzip), and inside is a tar archive — unpack it first, then tar -xOf FILE | ftplog'],
  ])('%s is named with what to do', async (name, fault) => {
    expect(await unpack(read(name))).toMatchObject({ fault, octets: Buffer.alloc(0) });
  });

  it('of bzip2 with a run longer than a block ends', async () => {
    // One octet is used; RUNA is 0, RUNB 10, the end 11. Each further RUNA doubles the run.
    const magic = [...Buffer.from('314159265359', 'hex')].map((octet) => octet.toString(2).padStart(8, '0')).join('');
    const used = `1${'0'.repeat(15)}1${'0'.repeat(15)}`;
    const codes = '0000101000'.repeat(2);
    const head = `${magic}${'0'.repeat(32)}0${'0'.repeat(24)}${used}010${'000000000000010'}00${codes}`;
    const bits = `${head}${'0'.repeat(32)}11`.padEnd(512, '0');
    const octets = Buffer.from((bits.match(/.{8}/g) ?? []).map((text) => Number.parseInt(text, 2)));
    expect((await unpack(Buffer.concat([Buffer.from('BZh1'), octets]))).fault).toBe('damaged bzip2 data');
  });

  it('of bzip2 that is nothing but one octet takes little memory', async () => {
    let [octets, most] = [0, 0];
    const input = await openStream(Readable.from([read('zeros.bz2')], { objectMode: false }), 0);
    for await (const part of input.chunks) {
      octets += part.length;
      most = Math.max(most, part.length);
    }
    expect([octets, most]).toEqual([50_000_000, 65_536]);
  });

  it('has the checksum of zstd', () => {
    const of = (...parts: string[]): string => {
      const hash = new Xxh64();
      for (const part of parts) hash.update(Buffer.from(part, 'latin1'));
      return hash.digest().toString(16).padStart(8, '0');
    };
    // XXH64 with seed 0: ef46db3751d8e999, d24ec4f1a98c6e5b, 44bc2cf5ad770999.
    expect(of('')).toBe('51d8e999');
    expect(of('a')).toBe('a98c6e5b');
    expect(of('a', 'bc')).toBe('ad770999');
    const long = 'x'.repeat(1000);
    expect(of(long)).toBe(of(long.slice(0, 13), long.slice(13, 77), long.slice(77)));
  });
});

describe('what can be no log', () => {
  const hex = (text: string): Buffer => Buffer.concat([Buffer.from(text, 'hex'), Buffer.alloc(600)]);
  it.each([
    ['1f9d90', 'compress'],
    ['377abcaf271c', '7z'],
    ['526172211a0700', 'RAR'],
    ['d4c3b2a102000400', 'pcap'],
    ['0a0d0d0a1c0000004d3c2b1a', 'pcapng'],
    ['456c6646696c6500', 'EVTX'],
    ['53514c69746520666f726d6174203300', 'SQLite'],
    ['255044462d312e37', 'PDF'],
    ['d0cf11e0a1b11ae1', 'OLE'],
    ['7b5c727466', 'RTF'],
    ['89504e470d0a1a0a', 'PNG'],
    ['4c504b5348485248', 'journal'],
    [`504b0304${'00'.repeat(26)}776f72642f`, 'Office'],
  ])('%s is named', async (octets, word) => {
    const { fault } = await unpack(hex(octets));
    expect(fault).toContain(word);
    expect(fault).toContain(' — ');
  });

  it.each([
    'BZh9 is how a name may begin\n220 ready\n',
    'PK is a user\n220 ready\n',
    'MZ\n220 ready\n',
    'BM: 220 ready\nUSER x\n',
    'GIF89 was fetched\n',
    '[{"description": "a log of somebody else"}]\n',
    '{"schemaVersion": 3, "tool": {"name": "other"}}\n',
    'allowed: 192.0.2.7\n',
    '# HELP ftp_info of another program\n',
    '-----BEGIN CERTIFICATE-----\n',
  ])('does not take text for something else: %j', async (text) => {
    expect(await unpack(Buffer.from(text))).toEqual({ octets: Buffer.from(text), fault: '', complete: true });
  });

  it('is told of what ftplog wrote itself, in any format', async () => {
    const ofFile = async (path: string): Promise<string> => (await unpack(readFileSync(path))).fault;
    expect(await ofFile('fixtures/reports/sample.json')).toContain('ftplog render');
    expect(await ofFile('fixtures/reports/sample.junit.xml')).toContain('a JUnit report of ftplog, not a log');
    expect((await unpack(Buffer.from('# ours\nfailOn: high\n'))).fault).toContain('ftplog --config');
    expect((await unpack(Buffer.from('{"rules": {"bounce-port": "off"}}'))).fault).toContain('ftplog --config');
  });

  it('is a directory, a device, a loop of links', async () => {
    await expect(openFile(temporary)).rejects.toThrow('is a directory');
    await expect(openFile('/dev/zero')).rejects.toThrow('is a device');
    symlinkSync('loop', join(temporary, 'loop'));
    await expect(openFile(join(temporary, 'loop'))).rejects.toMatchObject({ code: 'ELOOP' });
  });
});

describe('a file that changes while it is read', () => {
  it('and becomes shorter is read only in part', async () => {
    const path = join(temporary, 'shrinks.log');
    writeFileSync(path, '220 ready\r\n'.repeat(200_000));
    const { chunks } = await openFile(path);
    const reading = async (): Promise<number> => {
      let taken = 0;
      for await (const chunk of chunks) {
        if (taken === 0) truncateSync(path, 1000);
        taken += chunk.length;
      }
      return taken;
    };
    await expect(reading()).rejects.toThrow('became shorter');
  });

  it('and grows is read as far as it goes', async () => {
    const path = join(temporary, 'grows.log');
    writeFileSync(path, '220 ready\r\n'.repeat(200_000));
    const { chunks } = await openFile(path);
    let taken = 0;
    for await (const chunk of chunks) {
      if (taken === 0) writeFileSync(path, '221 bye\r\n', { flag: 'a' });
      taken += chunk.length;
    }
    expect(taken).toBeGreaterThanOrEqual(2_200_000);
  });
});

describe('a mistyped value', () => {
  it.each([
    ['hgh', ['low', 'medium', 'high', 'critical'], 'high'],
    ['crit', ['low', 'medium', 'high', 'critical'], 'critical'],
    ['protocol', ['vsftpd-native', 'vsftpd-protocol'], 'vsftpd-protocol'],
  ])('%s is near', (typed, known, meant) => {
    expect(nearest(typed, known)[0]).toBe(meant);
  });

  it('is near nothing where it is something else', () => {
    expect(nearest('banana', ['low', 'medium', 'high', 'critical'])).toEqual([]);
  });
});

describe('colour', () => {
  const wants = (env: Record<string, string>, isTTY = true, asked?: boolean): boolean =>
    wantsColor(asked, { env, stdout: { isTTY } } as never);

  it('is as the first says that says something', () => {
    expect(wants({ TERM: 'xterm' })).toBe(true);
    expect(wants({ TERM: 'xterm' }, false)).toBe(false);
    expect(wants({ TERM: 'dumb' })).toBe(false);
    expect(wants({ TERM: 'dumb', FORCE_COLOR: '1' })).toBe(true);
    expect(wants({ TERM: 'dumb' }, true, true)).toBe(true);
    expect(wants({ CLICOLOR: '0' })).toBe(false);
    expect(wants({ CLICOLOR: '1' })).toBe(true);
    expect(wants({ CLICOLOR_FORCE: '1' }, false)).toBe(true);
    expect(wants({ CLICOLOR_FORCE: '0' }, false)).toBe(false);
    expect(wants({ CLICOLOR_FORCE: '1', NO_COLOR: '1' })).toBe(false);
    expect(wants({ CLICOLOR_FORCE: '1', FORCE_COLOR: '0' })).toBe(false);
    expect(wants({ NO_COLOR: '' })).toBe(true);
  });
});

describe('analyze', () => {
  const path = 'fixtures/session.log';
  const lines = readFileSync(path, 'utf8').split('\n');

  it('takes a path, a URL, a stream, lines, or a list of them', async () => {
    const { tables } = await analyze(path);
    const inputs = [
      [path],
      new URL(`file://${process.cwd()}/${path}`),
      Readable.from([readFileSync(path)]),
      { name: 'a', stream: Readable.from([readFileSync(path)]) },
      { lines },
      [{ name: 'b', lines: Readable.from(lines) }],
    ];
    for (const input of inputs) expect((await analyze(input)).tables.get('overview')).toEqual(tables.get('overview'));
  });

  it.each([
    [undefined, /^the input: a path, .* is expected, not undefined$/],
    [42, /not number 42/],
    [{ path: 'x' }, /not an object with path/],
    [[path, null], /^inputs\[1\]: /],
    [{ name: 'x', stream: 'y' }, /^the input\.stream: /],
    [{ stream: Readable.from([]) }, /^the input\.name: /],
    [Buffer.from('220 ready'), /not a Buffer/],
  ])('refuses %s with a TypeError', async (input, message) => {
    const error = await analyze(input as never).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(message);
  });

  it('rejects where an input is not there, is no log, or ends too early', async () => {
    await expect(analyze('no-such.log')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(analyze(`${folder}/session.zip`)).rejects.toThrow('unzip -p fixtures/packed/session.zip');
    const cut = Readable.from([read('session.log.gz').subarray(0, 200)]);
    await expect(analyze({ name: 'cut.gz', stream: cut })).rejects.toThrow('ends too early');
  });

  it('gives a report that JSON does not change', async () => {
    const report = await analyze([path, `${folder}/session.log.xz`]);
    const plain = JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
    const { tables, extents } = report;
    expect(plain).toEqual({ ...report, tables: Object.fromEntries(tables), extents: Object.fromEntries(extents) });
    expect(JSON.parse(JSON.stringify(toJson(report)))).toEqual(toJson(report));
    expect(toJson(report)).toMatchObject({ schemaVersion: 1, overview: { loginsOk: 1 } });
  });
});
