/**
 * Captures as networks make them: segments sent again, overtaken or lost, and FTP far behind other traffic. What was said
 * stays exact, or the report says that something is missing; nothing above info is made of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import type { Exchange } from '../src/model.ts';

const gaps = 'parts of the capture are missing';

interface Told {
  readonly exchanges: readonly string[];
  readonly sessions: number;
  readonly gap: boolean;
  readonly findings: readonly string[];
}

function tell(lines: readonly string[]): Told {
  const exchanges: string[] = [];
  let sessions = 0;
  const analyzer = createAnalyzer({
    observer: {
      exchange: (x: Exchange) => void exchanges.push(`${x.verb} ${x.arg}: ${x.replies.map((r) => r.code).join(' ')}`),
      session: () => void sessions++,
    },
  });
  analyzer.source({ name: 'capture', reference: Date.UTC(2026, 11, 31) });
  for (const line of lines) analyzer.line(line);
  analyzer.endSource();
  const report = analyzer.report();
  return {
    exchanges,
    sessions,
    gap: report.assumptions.some((text) => text.startsWith(gaps)),
    findings: report.findings
      .filter((f) => f.severity !== 'info' && f.rule !== 'password-exposed-in-log')
      .map((f) => f.rule),
  };
}

interface Said {
  readonly fromServer: boolean;
  readonly text: string;
}

const conversation: readonly Said[] = [
  ['s', '220 ready'],
  ['c', 'HOST ftp.example.org'],
  ['s', '220 host accepted'],
  ['c', 'USER anna'],
  ['s', '331 Password required'],
  ['c', 'PASS x9y8'],
  ['s', '230 in'],
  ['c', 'PWD'],
  ['s', '257 "/" is current'],
  ['c', 'CWD pub'],
  ['s', '250 changed'],
  ['c', 'NOOP'],
  ['s', '200 ok'],
  ['c', 'QUIT'],
  ['s', '221 Goodbye'],
].map(([side, text = '']) => ({ fromServer: side === 's', text }));

/** The conversation as `tcpdump -tttt -n` prints it, a segment a line. */
function tcpdump(): string[] {
  const client = '192.0.2.9.50003';
  const server = '198.51.100.1.21';
  let sent = 1;
  let received = 1;
  return conversation.map(({ fromServer, text }, i) => {
    const octets = text.length + 2;
    const seq = fromServer ? received : sent;
    const ack = fromServer ? sent : received;
    if (fromServer) received += octets;
    else sent += octets;
    const ends = fromServer ? `${server} > ${client}` : `${client} > ${server}`;
    const time = `2026-11-22 11:45:${String(10 + i)}.000000`;
    return `${time} IP ${ends}: Flags [P.], seq ${seq}:${seq + octets}, ack ${ack}, win 502, length ${octets}: FTP: ${text}`;
  });
}

/** The same as columns with their names. */
function columns(): string[] {
  const head = 'frame.time_epoch\tip.src\ttcp.srcport\tip.dst\ttcp.dstport\ttcp.seq\ttcp.ack\ttcp.len';
  const ftp = 'ftp.request.command\tftp.request.arg\tftp.response.code\tftp.response.arg';
  let sent = 1;
  let received = 1;
  const rows = conversation.map(({ fromServer, text }, i) => {
    const octets = text.length + 2;
    const numbers = fromServer ? [received, sent, octets] : [sent, received, octets];
    if (fromServer) received += octets;
    else sent += octets;
    const ends = fromServer ? ['198.51.100.1', 21, '192.0.2.9', 50003] : ['192.0.2.9', 50003, '198.51.100.1', 21];
    const [word = '', ...rest] = text.split(' ');
    const said = fromServer ? ['', '', word, rest.join(' ')] : [word, rest.join(' '), '', ''];
    return [`${1795347910 + i}.000000000`, ...ends, ...numbers, ...said].join('\t');
  });
  return [`${head}\t${ftp}`, ...rows];
}

const views = [
  { name: 'tcpdump', lines: tcpdump(), head: 0 },
  { name: 'tshark -T fields', lines: columns(), head: 1 },
] as const;

for (const { name, lines, head } of views) {
  describe(name, () => {
    const whole = tell(lines);
    const at = lines.map((_, i) => i).slice(head);

    it('shows the conversation', () => {
      expect(whole.exchanges.length).toBe(8);
      expect(whole).toMatchObject({ sessions: 1, gap: false, findings: [] });
    });

    it.each(at)('counts a segment that is sent again once (%i)', (i) => {
      for (const later of [1, 2, 3]) {
        const again = [...lines];
        again.splice(Math.min(lines.length, i + later), 0, lines[i] as string);
        expect(tell(again)).toEqual(whole);
      }
    });

    it.each(at.slice(0, -1))('puts segments in order that overtook each other (%i)', (i) => {
      const swapped = [...lines];
      [swapped[i], swapped[i + 1]] = [lines[i + 1] as string, lines[i] as string];
      const told = tell(swapped);
      // The first segments of a capture may be all there is of it: nothing tells that one came late.
      if (i > head + 1) expect(told).toEqual(whole);
      expect(told.sessions).toBe(1);
    });

    it.each(at.slice(1, -1))('says that a segment is missing (%i)', (i) => {
      const told = tell(lines.filter((_, k) => k !== i));
      expect(told.gap).toBe(true);
      expect(told.sessions).toBe(1);
      expect(told.findings).toEqual([]);
      const kept = new Set(whole.exchanges);
      // At most the exchange that lost a half is told otherwise.
      expect(told.exchanges.filter((x) => !kept.has(x)).length).toBeLessThan(2);
    });
  });
}

describe('a numbered view whose numbers are none of its own', () => {
  it('is read as if it had none', () => {
    const same = tcpdump().map((line) => line.replace(/seq \d+:\d+, ack \d+/, 'seq 1:9, ack 1'));
    expect(tell(same).exchanges).toEqual(tell(tcpdump()).exchanges);
  });
});

const chatter = {
  build: (i: number) => `[build] step ${i} of 900 took ${(i * 7) % 13} s`,
  packets: (i: number) =>
    `${String(i).padStart(5)} ${(i / 10).toFixed(6)} 192.0.2.9 → 198.51.100.1 TCP 66 ${40000 + i} → 443 [ACK] Seq=1 Ack=1 Win=100 Len=0`,
  web: (i: number) =>
    `192.0.2.${i % 250} - - [22/Nov/2026:11:00:00 +0000] "GET /${i}.png HTTP/1.1" 200 ${(i * 37) % 9000} "-" "Mozilla/5.0"`,
};

describe('FTP far behind something else', () => {
  const dialects: readonly string[] = [
    ...['tshark-summary', 'tshark-verbose', 'tshark-json', 'tshark-ek', 'tshark-pdml', 'wireshark-follow'],
    ...['vsftpd-protocol', 'proftpd-system-log', 'filezilla-server-09', 'xferlog', 'iis-ftp-w3c', 'pyftpdlib-info'],
    ...[
      'filezilla-client-log',
      'python-ftplib-debug1',
      'curl-verbose',
      'bsd-ftp-debug',
      'marked-transcript',
      'socat-v',
    ],
  ];
  for (const [kind, line] of Object.entries(chatter)) {
    for (const dialect of dialects) {
      it(`is found: ${dialect} behind ${kind}`, () => {
        const folder = `fixtures/dialects/${dialect}`;
        const log = readdirSync(folder).find((name) => name.endsWith('.log')) as string;
        const lines = readFileSync(`${folder}/${log}`, 'utf8').split(/\r?\n/);
        const alone = tell(lines).exchanges;
        for (const before of [300, 5000]) {
          const late = tell([...Array.from({ length: before }, (_, i) => line(i + 1)), ...lines]).exchanges;
          const found = alone.filter((x) => late.includes(x)).length;
          expect(found).toBeGreaterThanOrEqual(alone.length * 0.9);
        }
      });
    }
  }

  it('is found in six lines', () => {
    const lines = ['220 ready', 'USER anna', '331 Password?', 'PASS x', '230 in', 'QUIT', '221 Goodbye'];
    const before = Array.from({ length: 900 }, (_, i) => chatter.build(i + 1));
    expect(tell([...before, ...lines, ...before]).exchanges).toContain('USER anna: 331');
  });

  it('counts other packets as noise', () => {
    const analyzer = createAnalyzer({ rules: [] });
    for (let i = 1; i <= 900; i++) analyzer.line(chatter.packets(i));
    expect(analyzer.report().tally).toMatchObject({ lines: 900, noise: 900, understood: 0, unparsed: 0 });
  });
});

describe('a line that is no part of the conversation', () => {
  /** Commands with their arguments, and texts of replies. */
  function saidIn(lines: readonly string[]): readonly string[] {
    const said: string[] = [];
    const analyzer = createAnalyzer({
      observer: { exchange: (x: Exchange) => void said.push(`${x.verb} ${x.arg}`, ...x.replies.map((r) => r.text)) },
    });
    analyzer.source({ name: 'capture', reference: Date.UTC(2026, 11, 31) });
    for (const line of lines) analyzer.line(line);
    analyzer.end();
    return said;
  }

  it('gives away no password that a later reply repeats', () => {
    const packet = (arrow: string, ...lines: readonly string[]): readonly string[] => [
      `T 2026/11/22 11:36:52.018896 ${arrow} [AP] #6`,
      ...lines.map((line) => `${line}.`),
      '',
    ];
    const up = '192.0.2.7:45678 -> 198.51.100.1:21';
    const down = '198.51.100.1:21 -> 192.0.2.7:45678';
    const said = saidIn([
      ...packet(down, '220 Ready'),
      ...packet(up, 'AUTH TLS'),
      ...packet(down, '234 Go on'),
      // In clear all the same, and the client’s line stands among those of the server.
      ...packet(down, '200 Clear', 'USER bob:Zqd2t7v7K9x', '331 Password required for bob:Zqd2t7v7K9x'),
    ]);
    expect(said).toContain('Password required for bob:***');
    expect(said.join()).not.toContain('Zqd2t7v7K9x');
  });

  it('gives away no password that is repeated in the octets of its packet', () => {
    const head = (from: string, to: string, length: number): string =>
      `11:36:52.018896 IP ${from} > ${to}: Flags [P.], seq 1:${length + 1}, ack 21, win 32743, length ${length}`;
    const up = ['192.0.2.7.45678', '198.51.100.1.21'] as const;
    const down = ['198.51.100.1.21', '192.0.2.7.45678'] as const;
    const octets = `E..4.y@.@..V.n.j..2..n..D.n.mP......${'.'.repeat(4)}`;
    const said = saidIn([
      head(...down, 11),
      `${octets}220 Ready`,
      head(...up, 12),
      `${octets}USER alice`,
      head(...up, 25),
      octets,
      'PASS Zqbk7v1K9x',
      'SITE WHO bob/Zqbk7v1K9x',
      '',
    ]);
    expect(said.join()).toContain('bob/***');
    expect(said.join()).not.toContain('Zqbk7v1K9x');
  });
});
