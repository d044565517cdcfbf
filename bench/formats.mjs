/** How a log shows the steps of a session: text for each step, '' for what it leaves out. */

const server = '203.0.113.10';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A time as text, made once a second. */
function stamps(format) {
  let second = -1;
  let text = '';
  return (ms) => {
    const now = Math.floor(ms / 1000);
    if (now !== second) {
      second = now;
      text = format(new Date(now * 1000));
    }
    return text;
  };
}

const ctime = () =>
  stamps(
    (d) =>
      `${days[d.getUTCDay()]} ${months[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)} ${d.toISOString().slice(11, 19)} ${d.getUTCFullYear()}`,
  );

const wireOf = ({ verb, arg }) => (arg === '' ? verb : `${verb} ${arg}`);
const linesOf = ({ code, lines }) =>
  lines.map((text, i) => (i === lines.length - 1 ? `${code} ${text}` : i === 0 ? `${code}-${text}` : text));

function transcript({ before, after, open = () => '', close = '' }) {
  return {
    sequential: true,
    shows: { commands: true, transfers: false },
    connect: open,
    command: (_s, step) => before(wireOf(step)),
    reply: (_s, step) => linesOf(step).map(after).join(''),
    close: () => close,
  };
}

/** vsftpd with log_ftp_protocol=YES: three processes a session, inner lines end in `??`, other bytes are `?` each. */
function vsftpd(concurrent) {
  const stamp = ctime();
  const masked = (text) => text.replace(/[^ -~]/gu, (c) => '?'.repeat(Buffer.byteLength(c)));
  const highest = 2 ** Math.min(22, Math.max(15, Math.ceil(Math.log2(concurrent * 8))));
  const used = new Set();
  let last = 1000;
  const fork = () => {
    do last = last + 1 < highest ? last + 1 : 300;
    while (used.has(last));
    used.add(last);
    return last;
  };
  const line = (s, pid, what, rest = '') =>
    `${stamp(s.now)} [pid ${pid}]${s.named ? ` [${s.user}]` : ''} ${what}: Client "${s.client}"${rest}\n`;
  return {
    shows: { commands: true, transfers: true },
    connect(s) {
      s.parent = fork();
      s.pid = fork();
      return line(s, s.pid, 'CONNECT');
    },
    command(s, step) {
      const text = line(
        s,
        s.pid,
        'FTP command',
        `, "${step.verb === 'PASS' ? 'PASS <password>' : masked(wireOf(step))}"`,
      );
      if (step.verb === 'USER') s.named = true;
      return text;
    },
    login(s, step) {
      const text = line(s, s.parent, step.accepted ? 'OK LOGIN' : 'FAIL LOGIN');
      if (step.accepted) {
        used.delete(s.pid);
        s.pid = fork();
      }
      return text;
    },
    reply: (s, step) =>
      linesOf(step)
        .map((text, i, all) =>
          line(s, s.pid, 'FTP response', `, "${masked(text)}${i > 0 && i < all.length - 1 ? '??' : ''}"`),
        )
        .join(''),
    transfer: (s, step) =>
      line(
        s,
        s.pid,
        `${step.complete ? 'OK' : 'FAIL'} ${step.verb === 'RETR' ? 'DOWNLOAD' : 'UPLOAD'}`,
        `, "${masked(step.path)}", ${step.bytes} bytes, ${(step.bytes / 1.024 / step.ms).toFixed(2)}Kbyte/sec`,
      ),
    close(s) {
      used.delete(s.parent);
      used.delete(s.pid);
      return '';
    },
  };
}

/** Formats that write one line a finished command: `row(session, asked, reply)`. */
function atCompletion(shows, row, rest = {}) {
  return {
    shows,
    completion: true,
    command(s, step) {
      s.asked = { ...step, began: s.now, bytes: 0 };
      return '';
    },
    transfer(s, step) {
      if (s.asked) s.asked.bytes = step.bytes;
      return rest.transfer?.(s, step) ?? '';
    },
    reply(s, step) {
      const { asked } = s;
      if (!asked || step.code < 200) return '';
      s.asked = undefined;
      return row(s, asked, step);
    },
    connect: rest.connect,
    close: rest.close,
    header: rest.header,
  };
}

function iis() {
  const stamp = stamps((d) => d.toISOString().slice(0, 19).replace('T', ' '));
  let number = 0;
  const row = (s, method, stem, status, sent = 0, received = 0, taken = 0) =>
    `${stamp(s.now)} ${s.client} ${s.port} ${s.named ? `CORP\\${s.user}` : '-'} ${server} 21 ${method} ${stem.replaceAll(' ', '+') || '-'} ${status} 0 0 ${sent} ${received} ${taken} ${s.guid} -\r\n`;
  return atCompletion(
    { commands: true, transfers: true },
    (s, asked, step) => {
      if (asked.verb === 'PASS' && step.code === 230) s.named = true;
      const down = asked.verb === 'RETR';
      return row(
        s,
        asked.verb,
        asked.verb === 'PASS' ? '***' : asked.arg,
        step.code,
        down ? asked.bytes : 0,
        down ? 0 : asked.bytes,
        s.now - asked.began,
      );
    },
    {
      header:
        '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-01-05 08:00:00\r\n#Fields: date time c-ip c-port cs-username s-ip s-port cs-method cs-uri-stem sc-status sc-win32-status sc-substatus sc-bytes cs-bytes time-taken x-session x-fullpath\r\n',
      connect(s) {
        number++;
        s.guid = `${number.toString(16).padStart(8, '0')}-1111-4222-a333-${(number * 2654435761).toString(16).padStart(12, '0').slice(-12)}`;
        return row(s, 'ControlChannelOpened', '', '-');
      },
      close: (s) => row(s, 'ControlChannelClosed', '', '-'),
    },
  );
}

const zeekLogs = new Set(['DELE', 'RETR', 'STOR', 'PASV', 'EPSV']);

function zeek() {
  let number = 0;
  return atCompletion({ commands: (verb) => zeekLogs.has(verb), transfers: true }, (s, asked, step) => {
    if (!zeekLogs.has(asked.verb)) return '';
    s.uid ??= `C${(++number).toString(36).padStart(17, '0')}`;
    const record = {
      ts: asked.began / 1000,
      uid: s.uid,
      'id.orig_h': s.client,
      'id.orig_p': s.port,
      'id.resp_h': server,
      'id.resp_p': 21,
      user: s.user,
      password: '<hidden>',
      command: asked.verb,
    };
    if (asked.arg !== '') record.arg = `ftp://${server}${asked.arg}`;
    if (asked.bytes > 0) record.file_size = asked.bytes;
    record.reply_code = step.code;
    record.reply_msg = step.lines[step.lines.length - 1];
    return `${JSON.stringify(record)}\n`;
  });
}

function xferlog() {
  const stamp = ctime();
  return {
    shows: { commands: false, transfers: true },
    transfer: (s, step) =>
      `${stamp(s.now)} ${Math.max(1, Math.round(step.ms / 1000))} ${s.client} ${step.bytes} ${step.path.replaceAll(' ', '_')} b _ ${step.verb === 'RETR' ? 'o' : 'i'} r ${s.user} ftp 0 * ${step.complete ? 'c' : 'i'}\n`,
  };
}

/** Formats by name; each call makes a fresh writer. */
export const formats = {
  raw: () => transcript({ before: (t) => `${t}\r\n`, after: (t) => `${t}\r\n` }),
  arrow: () =>
    transcript({
      before: (t) => `---> ${t}\n`,
      after: (t) => `<--- ${t}\n`,
      open: (s) => `---- Connecting to ftp.example.org (${s.client}) port 21\n`,
      close: '---- Closing control socket\n',
    }),
  curl: () =>
    transcript({
      before: (t) => `> ${t}\r\n`,
      after: (t) => `< ${t}\r\n`,
      open: (s) => `*   Trying ${s.client}:21...\n* Connected to ${s.client} (${s.client}) port 21 (#0)\n`,
      close: '* Closing connection 0\n',
    }),
  vsftpd,
  iis,
  xferlog,
  'zeek-json': zeek,
};
