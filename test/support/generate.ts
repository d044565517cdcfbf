/** Random sessions for property tests: a conversation, and the ways in which programs would write it down. */
import fc from 'fast-check';

/** One line of the conversation; `client` true for the user-PI. */
export interface Wire {
  readonly client: boolean;
  readonly text: string;
}

export interface Conversation {
  readonly user: string;
  readonly peer: string;
  readonly pid: number;
  readonly secrets: readonly string[];
  readonly wires: readonly Wire[];
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** Words that occur nowhere else: a secret in the output is found by a plain search. */
const secret = fc
  .tuple(fc.array(fc.constantFrom(...letters, '7', 'é', '%', '"', '<', '&', '\\'), { maxLength: 6 }), fc.nat(0xfffff))
  .map(([middle, n]) => `Zq${n.toString(36)}x${middle.join('')}`);

const name = fc.oneof(
  fc.constantFrom(
    'alice',
    'bob',
    'anonymous',
    'ftp',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'a b',
    'ünï',
    '[x]',
  ),
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 }).map((l) => l.join('')),
);

const path = fc.oneof(
  fc.constantFrom('/pub/a.iso', 'readme.txt', 'naïve café.txt', '__proto__', 'say "hi"', '#1 [x].txt', '214 help', '-'),
  fc.array(fc.constantFrom(...letters, '/', '.', ' '), { minLength: 1, maxLength: 12 }).map((l) => l.join('')),
);

type Step = (user: string, secrets: readonly string[], file: string) => readonly string[];

/** Commands and replies, `>` in front of what the client sends. */
const steps: readonly Step[] = [
  (_, __, f) => [`>SIZE ${f}`, '213 42'],
  (_, __, f) => [
    `>RETR ${f}`,
    `150 Opening BINARY mode data connection for ${f} (42 bytes).`,
    '226 Transfer complete.',
  ],
  (_, __, f) => [`>RETR ${f}`, '550 Failed to open file.'],
  (_, __, f) => [`>STOR ${f}`, '150 Ok to send data.', '226 Transfer complete.'],
  (_, __, f) => [
    `>STOR ${f}`,
    '150 Ok to send data.',
    '>ABOR',
    '426 Failure writing network stream.',
    '226 ABOR successful.',
  ],
  () => [
    '>HELP',
    '214-The following commands are recognized.',
    ' ABOR ACCT ALLO APPE',
    '250 is not the end',
    '214 Help OK.',
  ],
  () => ['>FEAT', '211-Features:', ' UTF8', '211 End'],
  () => ['>PASV', '227 Entering Passive Mode (192,0,2,7,19,137).'],
  () => ['>PORT 198,51,100,9,4,1', '200 PORT command successful.'],
  () => ['>NOOP', '200 NOOP ok.'],
  () => ['221 You could at least say goodbye.'],
  () => ['>NOOP'],
  (user, secrets) => [
    `>USER ${user}`,
    '331 Please specify the password.',
    `>PASS ${secrets[0]}`,
    '530 Login incorrect.',
  ],
  (_, secrets) => [`>ACCT ${secrets[1]}`, '230 Login successful.'],
  (_, secrets) => [`>SITE PSWD ${secrets[0]} ${secrets[1]}`, '200 Password changed.'],
  (_, secrets) => [`>SITE CHPASS bob ${secrets[1]}`, '200 Password changed.'],
  (user, secrets) => [
    `>STOR ftp://alice:${encodeURIComponent(secrets[1] ?? '')}@host.example/x`,
    `550 ${user}: No such file.`,
  ],
  (_, secrets) => [`>pass ${secrets[0]}`, '503 Login with USER first.'],
];

export const conversation: fc.Arbitrary<Conversation> = fc
  .record({
    user: name,
    peer: fc.constantFrom('192.0.2.7', '198.51.100.23', '203.0.113.9', '2001:db8::7'),
    pid: fc.integer({ min: 2, max: 99_999 }),
    secrets: fc.tuple(secret, secret),
    login: fc.constantFrom('ok', 'failed', 'none'),
    work: fc.array(fc.tuple(fc.nat(steps.length - 1), path), { maxLength: 12 }),
    end: fc.constantFrom('quit', 'timeout', 'gone'),
  })
  .map(({ user, peer, pid, secrets, login, work, end }) => {
    const lines = ['220 (vsFTPd 3.0.5)'];
    if (login !== 'none') lines.push(`>USER ${user}`, '331 Please specify the password.', `>PASS ${secrets[0]}`);
    if (login === 'ok') lines.push('230 Login successful.');
    if (login === 'failed') lines.push('530 Login incorrect.');
    for (const [index, file] of work) lines.push(...(steps[index]?.(user, secrets, file) ?? []));
    if (end === 'quit') lines.push('>QUIT', '221 Goodbye.');
    if (end === 'timeout') lines.push('421 Timeout.');
    const wires = lines.map((l) => ({ client: l.startsWith('>'), text: l.startsWith('>') ? l.slice(1) : l }));
    return { user, peer, pid, secrets, wires };
  });

type Writer = (c: Conversation) => readonly string[];

const stamp = (second: number): string => new Date(Date.UTC(2026, 0, 2, 10, 0, second)).toISOString();

/** How programs write a conversation down. `unknown` is a program nobody has heard of. */
export const writers: Readonly<Record<string, Writer>> = {
  bare: (c) => c.wires.map((w) => w.text),
  marked: (c) => c.wires.map((w) => `${w.client ? 'C' : 'S'}: ${w.text}`),
  lftp: (c) => [
    `---- Connecting to ftp.example (${c.peer}) port 21`,
    ...c.wires.map((w) => `${w.client ? '--->' : '<---'} ${w.text}`),
    '---- Closing control socket',
  ],
  curl: (c) => c.wires.map((w) => `${w.client ? '>' : '<'} ${w.text}`),
  vsftpd: (c) => [
    `Fri Jan  2 10:00:00 2026 [pid ${c.pid}] CONNECT: Client "${c.peer}"`,
    ...c.wires.map((w, i) => {
      const time = `Fri Jan  2 10:00:${String(i % 60).padStart(2, '0')} 2026`;
      return `${time} [pid ${c.pid}] FTP ${w.client ? 'command' : 'response'}: Client "${c.peer}", "${w.text}"`;
    }),
  ],
  pyftpdlib: (c) => [
    `[I 2026-01-02 10:00:00] ${c.peer}:40000-[] FTP session opened (connect)`,
    ...c.wires.map((w, i) => {
      const time = `2026-01-02 10:00:${String(i % 60).padStart(2, '0')}`;
      return `[D ${time}] ${c.peer}:40000-[] ${w.client ? '<-' : '->'} ${w.text}`;
    }),
  ],
  syslog: (c) =>
    c.wires.map((w, i) => `<30>1 ${stamp(i)} host in.ftpd ${c.pid} - - ${w.client ? 'command: ' : '<--- '}${w.text}`),
  unknown: (c) => c.wires.map((w, i) => `${i} wunderftp ${w.client ? 'sent' : 'got'} [${w.text}]`),
};

/** The text of a log, its lines ended by LF. */
export function logOf(writer: string, c: Conversation): string {
  const lines = writers[writer]?.(c) ?? [];
  return lines.map((line) => `${line}\n`).join('');
}
