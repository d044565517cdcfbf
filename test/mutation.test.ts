/** Some thousand mutated lines; `npm run mutate` tries a million. */
import { describe, expect, it } from 'vitest';
import { echoes, faultsOf, mutated, places } from './support/mutation.ts';

describe('a log changed at random', () => {
  it.each([1, 2, 3, 4, 5, 6])('is counted and keeps its secrets: seed %i', async (seed) => {
    expect(await faultsOf(mutated(seed, 500))).toEqual([]);
  });

  it('is the same for the same seed', () => {
    expect(mutated(7, 300)).toEqual(mutated(7, 300));
    expect(mutated(7, 300).canaries.length).toBeGreaterThan(3);
  });
});

const canary = 'Zq7canary9x';
const wrappers: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => `Oct  1 10:00:00 host ftpd[123]: ${line}`,
  (line) => `<30>1 2026-10-01T10:00:00Z host ftpd 123 - - ${line}`,
  (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-10-01T10:00:00Z' }),
  (line) => `2026-10-01T10:00:00.000000000Z stdout F ${line}`,
  (line) => JSON.stringify({ MESSAGE: line, SYSLOG_IDENTIFIER: 'ftpd', __REALTIME_TIMESTAMP: '1790000000000000' }),
  (line) => `a.log:12:${line}`,
  (line) => `\u001b[32m${line}\u001b[0m`,
];

describe('a secret in every place of every wrapper', () => {
  it.each(wrappers.map((wrap) => [wrap('…'), wrap] as const))('%j', async (_, wrap) => {
    const around = ['220 Ready', 'USER bob', '331 Password required', 'PASS x1', '230 In', 'QUIT', '221 Bye'];
    const planted = places.map((place) => place.replaceAll(/@(?!ftp\.)/g, canary));
    for (const line of planted)
      expect(await faultsOf({ text: `${[line, ...around].map(wrap).join('\n')}\n`, canaries: [canary] }), line).toEqual(
        [],
      );
    for (const lines of echoes) {
      // Behind colours a bare word is no answer to anything: nobody could tell it from a command.
      if (lines.includes('@') && wrap('').startsWith('\u001b')) continue;
      const text = `${lines.map((l) => wrap(l.replaceAll(/@(?!ftp\.)/g, canary))).join('\n')}\n`;
      expect(await faultsOf({ text, canaries: [canary] }), text).toEqual([]);
    }
  });
});

const packet = (from: string, to: string, length: number, shown: string): string =>
  `11:36:52.019255 IP ${from} > ${to}: Flags [P.], seq 13:31, ack 55, win 32742, length ${length}: FTP: ${shown}`;
const client = '192.0.2.7.45678';
const server = '198.51.100.1.21';

/** Logs in which what parts a secret from the text before it was lost; `@` is the secret. */
const swallowed: Readonly<Record<string, readonly string[]>> = {
  'a reply that nothing ends': ['220-Hi', 'USER bob', 'PASS @', 'SYST', '550 /@: no', '221 Bye @', 'QUIT'],
  'a reply in one record': [
    '<::ffff:192.0.2.7> << NOOP',
    '<::ffff:192.0.2.7> >> 200-Hi',
    'SITE PSWD old @',
    '200 @ is set',
    '<::ffff:192.0.2.7> << CWD /@',
    '<::ffff:192.0.2.7> >> 550 /@: no',
  ],
  'a command in one record': [
    '<::ffff:192.0.2.7> << {"level":"info","message":"x"} x',
    'USER bob',
    'PSAS @',
    '500 PSAS @ is unknown',
    'ACCT @',
    '<::ffff:192.0.2.7> >> 500 @ is unknown',
    '<::ffff:192.0.2.7> << CWD /@',
    '<::ffff:192.0.2.7> >> 550 /@: no',
  ],
  'a name and a PASS': ['220 Ready', 'USER bobPASS @', '530 bob/@', 'CWD /@', '550 /@: no', 'QUIT', '221 Bye'],
  'a path and a PASS': ['220 Ready', 'CWD /pubPASS @', '550 /pubPASS @: no', 'CWD /@', '550 @: no', 'QUIT', '221 Bye'],
  'an unknown verb and a PASS': ['220 Ready', 'Q.USER bobPASS @', '500 @?', 'CWD /@', '550 /@: no', 'QUIT', '221 Bye'],
  'a session that seems to be over': [
    '---- Connecting to ftp.example.org (192.0.2.1) port 21',
    '<--- 220 Ready',
    '---> USER bob:@',
    '---- Closing control socket',
    '<--- 530 Sorry, bob:@',
    '---> PASS x1',
    '<--- 503 Login with USER first, bob:@',
  ],
  'what a terminal was told': [
    '<--- 220 Ready',
    '---> USER bob',
    '<--- 331 Password required',
    '---> \u001b[2JPASS @',
    '<--- 530 No, @',
    '---> \u001b[0;1mACCT @',
    '<--- 500 @?',
  ],
  'calls of modules': [
    '220 Ready',
    'USER bob:@',
    ...Array.from({ length: 20 }, (_, n) => `dispatching CMD command 'PASS (hidden)' to mod_${n}.c`),
    ...Array.from({ length: 10 }, () => 'the module took quote PASS x12345 for it'),
    '331 Password required for bob:@',
    'PASS x1',
    '530 Sorry, bob:@',
  ],
  'a remark behind it': ['220 Ready', 'USER bob', 'PASS @ # note', '530 No', 'CWD /@', '550 /@: no', 'QUIT', '221 Bye'],
  'a column behind it': ['220 Ready', 'USER bob', 'PASS @\tnote', '530 No', 'CWD /@', '550 /@: no', 'QUIT', '221 Bye'],
  'quotation marks around it': [
    '220 Ready',
    'USER bob',
    'PASS "@"',
    '530 No',
    'CWD /@',
    '550 /@: no',
    'QUIT',
    '221 Bye',
  ],
  'a name that ends in it': ['220 Ready', 'USER bob/@', '331 Yes', 'PASS @', '230 In', 'QUIT', '221 Bye'],
  'a name and a blank': ['220 Ready', 'USER bob @', '331 Yes', 'PASS @', '230 In', 'QUIT', '221 Bye'],
  'packets, and a conversation below them': [
    packet(server, client, 11, '220 Ready'),
    packet(client, server, 10, 'USER bob'),
    packet(server, client, 44, '214-The following commands are recognized.'),
    ...Array.from({ length: 9 }, () => 'some other text between'),
    ...['220 Ready', 'USER bob', '331 Yes', 'PASS x1', '230 In'],
    ...['SITE USERADD eve @', '200 eve has @ now', 'QUIT', '221 Bye'],
  ],
};

describe('a secret in text that was swallowed', () => {
  it.each(Object.entries(swallowed))('by %s', async (_, lines) => {
    for (const wrap of wrappers) {
      const text = `${lines.map((line) => wrap(line.replaceAll('@', canary))).join('\n')}\n`;
      expect(await faultsOf({ text, canaries: [canary] }), text).toEqual([]);
    }
  });
});

/** Records of JSON; `@` is the secret. */
const records: Readonly<Record<string, readonly object[]>> = {
  zeek: [
    zeek({ command: 'EPSV', arg: '', password: '@' }),
    zeek({ command: 'RETR', arg: 'ftp://192.0.2.1/./@/a', reply_msg: 'no @' }),
  ],
  suricata: [
    suricata({ command: 'USER', command_data: 'bob', password: '@' }),
    suricata({ command: 'CWD', command_data: '/@', completion_code: ['550'], reply: ['/@: no'] }),
  ],
  'another protocol of suricata': [
    { ...suricata({}), event_type: 'http', http: { auth: { passwd: '@' } } },
    suricata({ command: 'CWD', command_data: '/@', completion_code: ['550'], reply: ['/@: no'] }),
  ],
  ecs: [
    ecs({ command: 'USER', arg: 'bob' }, { user: { name: 'bob', password: '@' } }),
    ecs({ command: 'CWD', arg: '/@', reply: { code: 550, msg: '@: no' } }),
  ],
  dionaea: [
    {
      timestamp: '2026-01-02T10:00:00.1',
      src_ip: '192.0.2.7',
      src_port: 38666,
      connection: { protocol: 'ftpd' },
      credentials: { password: ['x', '@'], username: ['root'] },
      ftp: { commands: { command: ['USER', 'CWD'], arguments: ['root', '/@'] } },
    },
  ],
  sftpgo: [
    sftpgo({ message: 'Client connected', clientIp: '192.0.2.7:5000' }),
    sftpgo({ message: 'login tried', auth: '{"password":"@"}' }),
    sftpgo({ message: 'Received line', line: 'CWD /@' }),
    sftpgo({ message: 'Sending answer', line: '550 /@: no' }),
  ],
};

function zeek(more: object): object {
  const ends = { 'id.orig_h': '192.0.2.7', 'id.orig_p': 62014, 'id.resp_h': '192.0.2.1', 'id.resp_p': 21 };
  return { ts: 1187379105.1, uid: 'CpQo', ...ends, user: 'bob', reply_code: 550, ...more };
}

function suricata(ftp: object): object {
  const ends = { src_ip: '192.0.2.7', src_port: 5000, dest_ip: '192.0.2.1', dest_port: 21 };
  return { timestamp: '2026-09-28T17:43:29.917563+0000', flow_id: 21737, event_type: 'ftp', ...ends, ftp };
}

function ecs(ftp: object, more: object = {}): object {
  const source = { ip: '192.0.2.7', port: 62014 };
  return { '@timestamp': '2026-08-17T19:31:45.019Z', source, zeek: { session_id: 'CpQo', ftp }, ...more };
}

function sftpgo(more: object): object {
  const head = { level: 'debug', time: '2026-01-02T10:00:00.000', sender: 'ftpserverlib' };
  return { ...head, clientId: '1', server_id: 'x', ...more };
}

it('a line that nothing understood shows no secret that comes later', async () => {
  const lines = ['220 Ready', `~~ x ${canary} y`, 'USER bob', '331 Yes', `PASS ${canary}`, '230 In', `~~ ${canary}`];
  expect(await faultsOf({ text: `${lines.join('\n')}\n`, canaries: [canary] })).toEqual([]);
});

it('a prompt within records is one', async () => {
  const lines = ['220 Ready', 'Password:', `${canary} x`, 'QUIT', '221 Bye'].map(
    wrappers[3] as (line: string) => string,
  );
  expect(await faultsOf({ text: `${lines.join('\n')}\n`, canaries: [canary] })).toEqual([]);
});

describe('a secret under a key of a record', () => {
  it.each(Object.entries(records))('of %s is in none of the next', async (_, objects) => {
    const lines = objects.map((o) =>
      JSON.stringify(o).replaceAll('@', canary).replaceAll(`"${canary}timestamp"`, '"@timestamp"'),
    );
    const wrapped = lines.map((line) =>
      JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-10-01T10:00:00Z' }),
    );
    for (const all of [lines, wrapped]) {
      const text = `${all.join('\n')}\n`;
      expect(await faultsOf({ text, canaries: [canary] }), text).toEqual([]);
    }
  });
});

describe('a head that says nothing', () => {
  it('of Zeek, of what parts the columns, ends', async () => {
    const fields = ['#fields', 'ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'user', 'command'];
    const row = ['1795360544.330452', 'C1', '192.0.2.7', '44846', '198.51.100.21', '21', 'bob', 'RETR'];
    const lines = ['#separator \\x09', '#path\tftp', fields.join('\t'), row.join('\t'), '#separator ', row.join('\t')];
    expect(await faultsOf({ text: `${lines.join('\n')}\n`, canaries: [] })).toEqual([]);
  });
});
