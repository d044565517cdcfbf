/**
 * Compares what ftplog finds in a recorded log with the truth read from the wire, exchange by exchange, as far as the
 * manifest says that the dialect carries it. What a dialect leaves out is told by the manifest's fields and notes, never
 * by the name of a file.
 */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createAnalyzer } from '../../src/analyze.ts';
import { readLines } from '../../src/io/lines.ts';
import type { Exchange, Transfer } from '../../src/model.ts';
import { maskArgument } from '../../src/protocol/secrets.ts';
import { align, type Found, type Item, type Verdict } from './alignment.ts';

const root = 'fixtures/corpus';

interface Fields {
  readonly time: string;
  readonly session: string;
  readonly command: 'all' | 'most' | 'transfers' | 'none';
  readonly arg: 'full' | 'lossy' | 'path-only' | 'none';
  readonly password: string;
  readonly reply_code: 'all' | 'final' | 'first' | 'most' | 'status-only' | 'none';
  readonly multi_line: string;
  readonly greeting: boolean;
}

interface DialectEntry {
  readonly program: string;
  readonly side: 'server' | 'client' | 'relay' | 'wire';
  readonly fields: Fields;
  readonly notes: string;
}

interface FileEntry {
  readonly file: string;
  readonly case: string;
  readonly dialect: string;
  readonly tz: string | null;
  readonly covers: readonly number[];
}

interface Manifest {
  readonly dialects: Readonly<Record<string, DialectEntry>>;
  readonly files: readonly FileEntry[];
}

interface TrueReply {
  readonly code: number;
  readonly lines: readonly string[];
  readonly t: number;
}

interface TrueExchange {
  readonly command: string;
  readonly arg: string;
  readonly t: number;
  readonly replies: readonly TrueReply[];
  readonly eol?: string;
}

interface Connection {
  readonly stream: number;
  readonly client: string;
  readonly start: number;
  readonly end: number;
  readonly closedBy: string;
  readonly tlsFrom: number | null;
  readonly pairing: 'turns' | 'aligned';
  readonly greeting: TrueReply | null;
  readonly unsolicited: readonly (TrueReply & { readonly after: number })[];
  readonly exchanges: readonly TrueExchange[];
}

/** One file's result. */
export interface Comparison extends Verdict {
  readonly file: string;
  readonly dialect: string;
  readonly recognised: string;
  /** Exchanges (or transfers) of the truth that the dialect carries. */
  readonly carried: number;
  /** Exchanges whose time is more than some seconds off. */
  readonly wrongTimes: number;
  readonly unparsed: number;
}

export const manifest: Manifest = JSON.parse(readFileSync(`${root}/MANIFEST.json`, 'utf8')) as Manifest;

/** True if the file shows exactly what its dialect carries, and leaves out less than three quarters. */
export function isExact(c: Comparison): boolean {
  const wrong = c.missing.length + c.extra.length + c.wrongCode.length + c.wrongSession.length + c.wrongTimes;
  return wrong === 0 && 3 * c.equal >= c.leftOut;
}

/** Compares one file of the manifest with the truth. */
export async function compareFile(entry: FileEntry): Promise<Comparison> {
  const dialect = manifest.dialects[entry.dialect];
  if (dialect === undefined) throw new Error(`${entry.dialect} is not in the manifest`);
  const truth = JSON.parse(readFileSync(`${root}/${entry.case}/truth.json`, 'utf8')) as {
    connections: readonly Connection[];
  };
  const covered = truth.connections.filter((c) => entry.covers.includes(c.stream));
  const carries = carried(dialect);
  const expected = covered.map((c) => carries.items(c));
  const read = await analysed(entry, covered, carries.transfersOnly);
  const verdict = align(expected, carries.nothing ? [] : read.sessions, {
    grouped: dialect.fields.session !== 'none',
    unclear: covered.map((c) => (c.pairing === 'aligned' ? repliesOf(c) : undefined)),
  });
  const firstLines = dialect.fields.reply_code === 'first';
  return {
    ...verdict,
    // Where only the first line of a segment is shown, what a reply answers is often not.
    ...(firstLines ? { wrongCode: [], extra: [], unclear: [...verdict.wrongCode, ...verdict.extra] } : {}),
    file: entry.file,
    dialect: entry.dialect,
    recognised: read.recognised,
    carried: expected.reduce((sum, items) => sum + items.filter((i) => !i.mayMiss).length, 0),
    wrongTimes: wrongTimes(dialect, verdict),
    unparsed: read.unparsed,
  };
}

/** All codes that the server sent, in the order of the wire. */
function repliesOf(c: Connection): readonly number[] {
  const all = [
    ...c.exchanges.flatMap((x) => x.replies),
    ...c.unsolicited,
    ...(c.greeting === null ? [] : [c.greeting]),
  ];
  return all.sort((a, b) => a.t - b.t).map((r) => r.code);
}

/** Exchanges whose time is off. Where nothing names the session some are mistaken for others; then only many count. */
function wrongTimes({ fields, notes, program }: DialectEntry, { pairs }: Verdict): number {
  if (!/^(date|epoch)/.test(fields.time) || /time only in/.test(notes) || program === 'wget') return 0;
  const off = pairs.filter(([item, found]) => isOff(item, found)).length;
  return fields.session === 'none' && off < pairs.length / 5 ? 0 : off;
}

const toleranceMs = 5000;

function isOff(item: Item, found: Found): boolean {
  const off = Math.abs(item.time - found.time);
  return !(Math.min(off, Math.abs((item.end ?? item.time) - found.time)) <= toleranceMs);
}

interface Read {
  readonly sessions: readonly (readonly Found[])[];
  readonly recognised: string;
  readonly unparsed: number;
}

/** What ftplog finds in the file, by session, in the order of the log. */
async function analysed(entry: FileEntry, covered: readonly Connection[], transfersOnly: boolean): Promise<Read> {
  const sessions = new Map<string, Found[]>();
  const add = (session: string, found: Found): void => {
    const list = sessions.get(session);
    if (list === undefined) sessions.set(session, [found]);
    else list.push(found);
  };
  const analyzer = createAnalyzer({
    timezone: entry.tz ?? 'UTC',
    observer: transfersOnly
      ? { transfer: (t: Transfer): void => add(t.session.id, foundTransfer(t)) }
      : { exchange: (x: Exchange): void => add(x.session.id, foundExchange(x)) },
  });
  const lastEnd = Math.max(...covered.map((c) => c.end));
  analyzer.source({ name: entry.file, reference: lastEnd * 1000 + 3_600_000 });
  const input = Readable.from([readFileSync(`${root}/${entry.file}`)], { objectMode: true });
  await readLines(
    input,
    65_536,
    (line) => analyzer.line(line),
    () => undefined,
  );
  const report = analyzer.report(0);
  const source = report.sources[0];
  return {
    sessions: [...sessions.values()].map((list) => list.sort((a, b) => a.line - b.line)),
    recognised: source?.dialects.map((d) => [...d.wrappers, d.id].join('>')).join(' ') || '-',
    unparsed: source?.unparsed ?? 0,
  };
}

function foundExchange(x: Exchange): Found {
  return {
    verb: x.asked ? x.verb : '-',
    arg: x.arg,
    codes: x.replies.map((r) => r.code),
    replyLines: x.replies.map((r) => r.line),
    text: x.replies.at(-1)?.text ?? '',
    time: x.time,
    line: x.line,
  };
}

function foundTransfer(t: Transfer): Found {
  return {
    verb: t.direction,
    arg: t.path,
    codes: [t.complete ? 226 : 0],
    replyLines: [],
    text: '',
    time: t.time,
    line: t.line,
  };
}

interface Carries {
  /** The dialect shows no commands: there is nothing to compare. */
  readonly nothing: boolean;
  readonly transfersOnly: boolean;
  items(c: Connection): readonly Item[];
}

/** What a dialect carries of a connection, by the manifest. */
function carried(dialect: DialectEntry): Carries {
  const { program, side, fields, notes } = dialect;
  const matches = { arg: argumentMatcher(dialect), codes: codeMatcher(fields) };
  if (fields.command === 'none') return { nothing: true, transfersOnly: false, items: () => [] };
  if (fields.command === 'transfers') {
    return {
      nothing: false,
      transfersOnly: true,
      items: (c) => c.exchanges.flatMap((x) => transferItem(x, matches.arg, /made-up/.test(notes))),
    };
  }
  const quitsUnseen = /no QUIT|closing QUIT/.test(notes);
  const loginUnseen = /nothing from before the login/.test(notes);
  const rules: Rules = {
    ...matches,
    side,
    greeting: fields.greeting,
    mostly: fields.command === 'most' && !quitsUnseen && !loginUnseen,
    noQuit: quitsUnseen,
    afterLogin: loginUnseen,
    hidesUser: /USER is masked/.test(notes),
    goodbyeOfItsOwn: /a 221 is logged when/.test(notes),
    twice: /(\w+) stands twice/.exec(notes)?.[1] ?? '',
    listNotTrue: /LIST of a missing path was logged 226/.test(notes),
    blindToAuthSsl: side === 'wire',
    cutOff: /cut off by closing is missing/.test(notes) || fields.reply_code === 'final',
    finalOnly: fields.reply_code === 'final',
    optionsUnanswered: program === 'proftpd',
  };
  return { nothing: false, transfersOnly: false, items: (c) => exchangeItems(c, rules) };
}

interface Rules {
  readonly arg: (item: string, found: string, verb: string) => boolean;
  readonly codes: (item: readonly number[], found: readonly number[]) => boolean;
  readonly side: DialectEntry['side'];
  readonly greeting: boolean;
  readonly mostly: boolean;
  readonly noQuit: boolean;
  readonly afterLogin: boolean;
  readonly hidesUser: boolean;
  readonly goodbyeOfItsOwn: boolean;
  readonly twice: string;
  readonly listNotTrue: boolean;
  readonly blindToAuthSsl: boolean;
  readonly cutOff: boolean;
  /** A line for each command: a reply that nobody asked for has none. */
  readonly finalOnly: boolean;
  /** OPTS is noted without its code. */
  readonly optionsUnanswered: boolean;
}

function exchangeItems(c: Connection, rules: Rules): readonly Item[] {
  const items: Item[] = [];
  const time = c.start * 1000;
  if (rules.greeting && c.greeting !== null) items.push(unaskedItem(c.greeting, time, rules));
  const first = rules.afterLogin
    ? c.exchanges.findIndex((x) => x.command === 'PASS' && x.replies.at(-1)?.code === 230) + 1
    : 0;
  if (rules.afterLogin && first === 0) return [];
  if (rules.afterLogin)
    items.push({ ...unaskedItem({ code: 230, lines: [''], t: c.start }, time, rules), mayMiss: true });
  const blind = rules.blindToAuthSsl ? c.exchanges.findIndex((x) => x.command === 'AUTH' && /^SSL/i.test(x.arg)) : -1;
  c.exchanges.forEach((x, i) => {
    if (i < first) return;
    const item = exchangeItem(c, x, i, rules);
    // Taken as one command with the next.
    if (x.eol === 'lf') items.push({ ...item, vague: true, argFits: (found) => found !== '' });
    items.push(blind >= 0 && i > blind ? { ...item, mayMiss: true } : item);
    if (blind >= 0 && i === blind + 1)
      items.push({ ...unaskedItem({ code: 500, lines: [''], t: x.t }, x.t * 1000, rules), mayMiss: true });
    if (rules.twice === x.command.toUpperCase())
      items.push({ ...exchangeItem(c, x, i, rules), codesFit: () => true, mayMiss: true, vague: true });
    for (const u of c.unsolicited) if (u.after === i) items.push(lastWords(c, u, rules));
  });
  items.push(...afterwards(c, rules));
  if (rules.goodbyeOfItsOwn)
    items.push({ ...unaskedItem({ code: 221, lines: [''], t: c.end }, c.end * 1000, rules), mayMiss: true });
  return items;
}

/** A client that has said its last may not read what still comes. */
function lastWords(c: Connection, u: Connection['unsolicited'][number], rules: Rules): Item {
  const item = unaskedItem(u, u.t * 1000, rules);
  return rules.side === 'client' && u.after === c.exchanges.length - 1 ? { ...item, mayMiss: true } : item;
}

/** What a program may still write although the wire no longer shows it. */
function afterwards(c: Connection, { side }: Rules): readonly Item[] {
  const may = { arg: '', codes: [], text: '', time: c.end * 1000, mayMiss: true, vague: true, argFits: () => true };
  // Something that was no handshake came where TLS should have begun.
  if (isAuth(c.exchanges.at(-1)) && c.tlsFrom === null)
    return ['', '-'].map((verb) => ({ ...may, verb, codesFit: () => true }));
  // A client writes to a connection that the server has closed; a server notes a reply that nobody will read.
  if (side === 'client' && c.closedBy.startsWith('server')) return [{ ...may, verb: '*', codesFit: isNothing }];
  if (side === 'server' && c.closedBy.startsWith('client')) return [{ ...may, verb: '-', codesFit: () => true }];
  return [];
}

function isNothing(codes: readonly number[]): boolean {
  return codes.length === 0;
}

function isAuth(x: TrueExchange | undefined): boolean {
  return x?.command.toUpperCase() === 'AUTH' && x.replies.at(-1)?.code === 234;
}

function unaskedItem(r: TrueReply, time: number, rules: Rules): Item {
  return {
    verb: '-',
    arg: '',
    codes: [r.code],
    text: textOf(r),
    time,
    mayMiss: rules.mostly || rules.finalOnly,
    argFits: () => true,
    codesFit: (found) => found.at(-1) === r.code,
  };
}

function exchangeItem(c: Connection, x: TrueExchange, i: number, rules: Rules): Item {
  const verb = x.command.toUpperCase();
  const codes = x.replies.map((r) => r.code);
  const before = c.exchanges[i - 1];
  // Where a command ended in a bare LF, a server may take it and the next one as one: the reply stands at either.
  const bare = x.eol === 'lf';
  const joined = bare || before?.eol === 'lf';
  const unread = rules.side === 'server' && isUnread(c, x, before);
  const closed = rules.cutOff && (codes.at(-1) === 421 || codes.length === 0);
  const silent = verb === '' && codes.length === 0;
  // A line without an end, when the connection ended.
  const cut = x.eol === 'none';
  const noCommand = rules.finalOnly && codes[0] === 500;
  const masked = maskArgument(verb, x.arg);
  const either = aborted(c, i);
  return {
    verb,
    arg: masked,
    codes,
    text: x.replies.length === 0 ? '' : textOf(x.replies.at(-1) as TrueReply),
    time: x.t * 1000,
    end: (x.replies.at(-1)?.t ?? x.t) * 1000,
    mayMiss:
      rules.mostly || joined || unread || closed || silent || noCommand || cut || (rules.noQuit && verb === 'QUIT'),
    argFits: (found) => bare || (rules.hidesUser && verb === 'USER') || rules.arg(masked, found, verb),
    codesFit: (found) =>
      joined ||
      (rules.optionsUnanswered && verb === 'OPTS' && found.length === 0) ||
      rules.codes(codes, found) ||
      either.some((other) => rules.codes(other, found)) ||
      (rules.listNotTrue && verb === 'LIST' && codes.at(-1) === 450 && found.at(-1) === 226),
  };
}

/**
 * What a server did not take for a command, or does not note: it was closing, TLS should have begun, the command was read
 * together with others or is longer than a message may be, or it is the ABOR that the transfer itself noticed.
 */
function isUnread(c: Connection, x: TrueExchange, before: TrueExchange | undefined): boolean {
  if (x.replies.length === 0 || x.arg.length > 400) return true;
  if (isAuth(before) && c.tlsFrom === null) return true;
  return before !== undefined && (before.replies.length === 0 || (x.command === 'ABOR' && isTransfer(before.command)));
}

function isTransfer(command: string): boolean {
  return ['RETR', 'STOR', 'APPE', 'STOU'].includes(command.toUpperCase());
}

/** One reply for a transfer and its ABOR: the reply stands at either (reply grammar, E4). */
function aborted(c: Connection, i: number): readonly (readonly number[])[] {
  const transfer = c.exchanges[i]?.command === 'ABOR' ? c.exchanges[i - 1] : c.exchanges[i];
  const abort = c.exchanges[i]?.command === 'ABOR' ? c.exchanges[i] : c.exchanges[i + 1];
  if (transfer === undefined || abort?.command !== 'ABOR') return [];
  const first = transfer.replies.map((r) => r.code);
  const second = abort.replies.map((r) => r.code);
  if (first.length === 0 || first.some((code) => code >= 200) || second.length !== 1) return [];
  return abort === c.exchanges[i] ? [[]] : [[...first, ...second]];
}

function transferItem(x: TrueExchange, argFits: Rules['arg'], anyStatus: boolean): readonly Item[] {
  const verb = x.command.toUpperCase();
  const direction =
    verb === 'RETR' ? 'download' : verb === 'STOR' || verb === 'APPE' || verb === 'STOU' ? 'upload' : '';
  const code = x.replies.at(-1)?.code ?? 0;
  if (direction === '') return [];
  const complete = code >= 200 && code < 300;
  return [
    {
      verb: direction,
      arg: x.arg,
      codes: [complete ? 226 : 0],
      text: '',
      time: x.t * 1000,
      mayMiss: !complete,
      argFits: (found) => verb === 'STOU' || argFits(x.arg, found, verb),
      vague: verb === 'STOU' || !complete,
      codesFit: (found) => anyStatus || (found[0] === 226) === complete,
    },
  ];
}

function argumentMatcher({ program, fields, notes }: DialectEntry): Rules['arg'] {
  if (fields.arg === 'none') return () => true;
  if (fields.arg === 'path-only') {
    return (item, found, verb) =>
      !namesFile(verb) || found === '' || loose(baseName(item.split('\0')[0] ?? '')) === loose(baseName(found));
  }
  const cut = /cut at \d+ columns/.test(notes);
  const exact = fields.arg === 'full';
  const transfers = fields.command === 'transfers';
  const quotesLost = program === 'proftpd';
  return (item, found) => {
    if (item === '***' && (found === '***' || (fields.password === 'absent' && found === ''))) return true;
    // Programs in C end a text at its first NUL.
    if (item.includes('\0') && item.split('\0')[0] === found) return true;
    // Wireshark's fields end at the first CR of a line.
    if (program === 'tshark' && item.includes('\r') && item.split('\r')[0] === found) return true;
    // Control characters and wrong octets are shown in the dialect's own way.
    const odd =
      found.includes('\ufffd') || /[\x00-\x1f\x7f-\x9f\u2028]/.test(item) || (quotesLost && item.includes('"'));
    if (exact && !odd) return item.trim() === found.trim();
    if (transfers) return loose(baseName(item)) === loose(baseName(found));
    return loose(item) === loose(found) || (cut && found !== '' && loose(item).startsWith(loose(found)));
  };
}

function namesFile(verb: string): boolean {
  return ['RETR', 'STOR', 'APPE', 'DELE', 'MKD', 'RMD', 'RNFR', 'RNTO', 'SIZE', 'MDTM'].includes(verb);
}

/** What is left when a dialect replaces blanks, control characters and all beyond ASCII in its own way. */
function loose(text: string): string {
  let plain = text;
  if (/%[0-9a-f]{2}/i.test(text)) plain = unescape(text);
  return plain.replace(/#[0-3][0-7]{2}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[0rnt]|[^A-Za-z0-9]/g, '');
}

function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

function codeMatcher(fields: Fields): Rules['codes'] {
  switch (fields.reply_code) {
    case 'all':
      return (item, found) => item.length === found.length && item.every((code, i) => code === found[i]);
    case 'final':
      return (item, found) => (item.at(-1) ?? 0) === (found.at(-1) ?? 0);
    case 'first':
    case 'most':
      return (item, found) => isSubsequence(found, item);
    default:
      return () => true;
  }
}

function isSubsequence(part: readonly number[], whole: readonly number[]): boolean {
  let at = 0;
  for (const code of whole) if (part[at] === code) at++;
  return at === part.length;
}

/** Reply text as ftplog joins it: lines by `\n`, the code taken off inner lines. */
function textOf(r: TrueReply): string {
  const last = r.lines.length - 1;
  const mark = new RegExp(`^${r.code}[- ]`);
  return r.lines.map((line, i) => (i === 0 || i === last ? line : line.replace(mark, ''))).join('\n');
}
