/** What FTP clients do: each session is a list of steps with the time between them. Knows nothing of log formats. */

const folders = ['/pub', '/pub/firmware/2026', '/incoming', '/export/daily', '/backup/db', '/home/reports'];
const stems = [
  'invoice',
  'dump',
  'orders',
  'image',
  'build',
  'annual report',
  'sensor',
  'catalogue',
  'straße',
  'résumé',
  '日本',
];
const endings = ['csv', 'tar.gz', 'pdf', 'jpg', 'zip', 'bin'];
const features = ['Features:', ' EPRT', ' EPSV', ' MDTM', ' PASV', ' REST STREAM', ' SIZE', ' UTF8', 'End'];
const help = [
  'The following commands are recognized.',
  ' ABOR ACCT ALLO APPE CDUP CWD  DELE EPRT EPSV FEAT',
  ' 250 is no terminator here',
  'Help OK.',
];
const banner = ['Welcome.', '  331 users were here today.', 'Ready.'];

/** Names of clients, users and files; small indices are the busy ones. */
export function createWorld(random, { clients = 5000, users = 800, files = 20_000 } = {}) {
  const address = (i) =>
    i % 19 === 7
      ? `2001:db8:${(i % 65_535).toString(16)}::${((i * 7) % 65_535).toString(16)}`
      : `198.${18 + (i & 1)}.${(i >> 1) & 255}.${1 + ((i * 31) % 254)}`;
  return {
    client: () => address(random.skewed(clients)),
    user: () => `user${random.skewed(users)}`,
    file: () => {
      const i = random.skewed(files);
      return `${folders[i % folders.length]}/${stems[i % (i % 30 === 0 ? stems.length : 8)]}-${i}.${endings[i % endings.length]}`;
    },
    folder: () => folders[random.below(folders.length)],
  };
}

/** One session: `{ client, port, user, steps }`. A step is `{ wait, kind, … }`, `wait` in ms since the step before. */
export function createSession(random, world) {
  const steps = [];
  const session = { client: world.client(), port: 1024 + random.below(60_000), user: world.user(), steps };
  const command = (verb, arg = '', wait = 20 + random.below(400)) => steps.push({ wait, kind: 'command', verb, arg });
  const reply = (code, lines, wait = random.below(5)) =>
    steps.push({ wait, kind: 'reply', code, lines: Array.isArray(lines) ? lines : [lines] });
  const pair = (verb, arg, code, lines) => {
    command(verb, arg, random.chance(4) ? 3000 + random.below(40_000) : undefined);
    reply(code, lines);
  };
  const end = (how) => {
    steps.push({ wait: 1, kind: 'close', how });
    return session;
  };
  const passive = () => {
    const port = 20_000 + random.below(40_000);
    if (random.chance(60)) pair('EPSV', '', 229, `Entering Extended Passive Mode (|||${port}|)`);
    else pair('PASV', '', 227, `Entering Passive Mode (203,0,113,10,${port >> 8},${port & 255}).`);
  };
  /** False: the client vanished in the middle. */
  const transfer = (verb, path) => {
    passive();
    if (random.chance(4)) {
      pair(
        verb,
        path,
        verb === 'RETR' ? 550 : 553,
        verb === 'RETR' ? 'Failed to open file.' : 'Could not create file.',
      );
      return true;
    }
    const size = Math.floor(2 ** (6 + random.below(20)) * (1 + random.below(1000) / 1000));
    const name = path.slice(path.lastIndexOf('/') + 1);
    pair(
      verb,
      path,
      150,
      verb === 'RETR' ? `Opening BINARY mode data connection for ${name} (${size} bytes).` : 'Ok to send data.',
    );
    if (random.chance(0.5)) return false;
    const complete = !random.chance(2);
    const bytes = complete ? size : size >> 1;
    const ms = 1 + Math.floor(bytes / (1000 + random.below(20_000)));
    steps.push({ wait: ms, kind: 'transfer', verb, path, bytes, complete, ms });
    reply(complete ? 226 : 426, complete ? 'Transfer complete.' : 'Failure writing network stream.', 0);
    return true;
  };

  steps.push({ wait: 0, kind: 'connect' });
  reply(220, random.chance(10) ? banner : '(vsFTPd 3.0.3)', 1);
  if (random.chance(30)) pair('FEAT', '', 211, features);
  for (;;) {
    pair('USER', session.user, 331, 'Please specify the password.');
    command('PASS', `pw-${session.user}`);
    const accepted = !random.chance(5);
    steps.push({ wait: accepted ? 5 + random.below(40) : 1000 + random.below(2000), kind: 'login', accepted });
    reply(accepted ? 230 : 530, accepted ? 'Login successful.' : 'Login incorrect.', 1);
    if (accepted) break;
    if (random.chance(40)) return end('dropped');
  }
  if (random.chance(40)) pair('SYST', '', 215, 'UNIX Type: L8');
  pair('TYPE', 'I', 200, 'Switching to Binary mode.');
  do {
    const draw = random.below(100);
    if (draw < 52) {
      if (!transfer(draw < 34 ? 'RETR' : 'STOR', world.file())) return end('dropped');
    } else if (draw < 70) {
      passive();
      pair('LIST', '', 150, 'Here comes the directory listing.');
      reply(226, 'Directory send OK.', 1 + random.below(30));
    } else if (draw < 76) pair('SIZE', world.file(), 213, String(random.below(1e6)));
    else if (draw < 80) pair('MDTM', world.file(), 550, 'Could not get file modification time.');
    else if (draw < 83) pair('DELE', world.file(), 250, 'Delete operation successful.');
    else if (draw < 86) {
      const path = world.file();
      pair('RNFR', path, 350, 'Ready for RNTO.');
      pair('RNTO', `${path}.done`, 250, 'Rename successful.');
    } else if (draw < 92) pair('CWD', world.folder(), 250, 'Directory successfully changed.');
    else if (draw < 94) pair('CWD', '/root', 550, 'Failed to change directory.');
    else if (draw < 96) pair('HELP', '', 214, help);
    else if (draw < 98) pair('NOOP', '', 200, 'NOOP ok.');
    else if (draw < 99) pair('PWD', '', 257, '"/pub" is the current directory');
    else pair('XCRC', 'x', 500, 'Unknown command.');
  } while (!random.chance(12));
  if (random.chance(10)) return end('dropped');
  if (random.chance(5)) {
    reply(421, 'Timeout.', 300_000);
    return end('timeout');
  }
  pair('QUIT', '', 221, 'Goodbye.');
  return end('quit');
}
