/** Which column of `tshark -T fields` holds what: by its head, or by what stands in the rows. */

import { numberIn, portOf } from '../../../number.ts';
import { isVerb } from '../../../protocol/commands.ts';
import { digits } from '../../../text.ts';

/** Indices of columns, -1 for what is not shown. */
export interface Layout {
  time: number;
  source: number;
  sourcePort: number;
  target: number;
  targetPort: number;
  stream: number;
  command: number;
  arg: number;
  code: number;
  text: number;
  /** `Request: USER alice`, the packet list's last column. */
  info: number;
  /** Addresses of IPv6, where they have columns of their own. */
  source6: number;
  target6: number;
  /** Of TCP: number of the first octet, number expected from the other side, octets. */
  seq: number;
  ack: number;
  octets: number;
  count: number;
}

type Row = readonly string[];

/** The value in a column; '' where there is none. */
export function at(row: Row, column: number): string {
  return column < 0 ? '' : (row[column] ?? '');
}

const headNames: ReadonlySet<string> = new Set([
  'ftp.request.command',
  'ftp.request.arg',
  'ftp.response.code',
  'ftp.response.arg',
  'ftp.request',
  'ftp.response',
  '_ws.col.Info',
  '_ws.col.info',
]);

export function isHead(row: Row): boolean {
  for (const name of row) if (headNames.has(name)) return true;
  return false;
}

/** By the names that `-E header=y` prints. */
export function named(row: Row): Layout {
  const of = (...names: Row): number => row.findIndex((name) => names.includes(name));
  return {
    time: row.findIndex((name) => name.startsWith('frame.time') || /^_ws\.col\..*time$/i.test(name)),
    source: of('ip.src', 'ip.src_host', '_ws.col.Source', '_ws.col.def_src', '_ws.col.source'),
    sourcePort: of('tcp.srcport'),
    target: of('ip.dst', 'ip.dst_host', '_ws.col.Destination', '_ws.col.def_dst', '_ws.col.destination'),
    targetPort: of('tcp.dstport'),
    stream: of('tcp.stream'),
    command: of('ftp.request.command'),
    arg: of('ftp.request.arg'),
    code: of('ftp.response.code'),
    text: of('ftp.response.arg'),
    info: of('_ws.col.Info', '_ws.col.info'),
    source6: of('ipv6.src', 'ipv6.src_host'),
    target6: of('ipv6.dst', 'ipv6.dst_host'),
    seq: of('tcp.seq', 'tcp.seq_raw'),
    ack: of('tcp.ack', 'tcp.ack_raw'),
    octets: of('tcp.len'),
    count: row.length,
  };
}

/** By what stands in the rows; undefined if neither verbs nor codes have a column. */
export function learned(rows: readonly Row[]): Layout | undefined {
  const width = Math.max(...rows.map((row) => row.length));
  const all = [...Array(width).keys()];
  const most = (fits: (value: string) => boolean): number => {
    const counts = all.map((i) => rows.filter((row) => fits(at(row, i))).length);
    const best = Math.max(...counts);
    return best === 0 ? -1 : counts.indexOf(best);
  };
  const info = most(isInfo);
  let command = info < 0 ? most(isKnownVerb) : -1;
  let code = info < 0 ? most(isCode) : -1;
  if (command < 0 && code < 0 && info < 0) return undefined;
  if (command < 0 && code >= 2) command = rows.every((row) => at(row, code - 2) === '') ? code - 2 : -1;
  if (code < 0 && info < 0 && command + 2 < width)
    code = rows.every((row) => at(row, command + 2) === '' || isCode(at(row, command + 2))) ? command + 2 : -1;
  const said = [command, code, info].filter((i) => i >= 0);
  const arg = textOf(rows, command, code, all);
  const text = textOf(rows, code, command, all);
  const taken = new Set([...said, arg, text]);
  const free = all.filter((i) => !taken.has(i));
  const full = rows.find((row) => free.filter((i) => at(row, i) !== '').length > free.length / 2) ?? rows[0] ?? [];
  const hosts = free.filter((i) => isAddress(at(full, i)));
  const source = hosts[0] ?? -1;
  const target = hosts[1] ?? -1;
  const numbers = free.filter((i) => rows.every((row) => at(row, i) === '' || isNumber(at(row, i))));
  const [sourcePort, targetPort] = source < 0 ? mirrored(numbers, rows) : portsOf(numbers, full, source, target);
  const rest = numbers.filter((i) => i !== sourcePort && i !== targetPort && at(full, i) !== '');
  const stream = streamOf(rest, rows, (row) => {
    const ends = [`${at(row, source)}:${at(row, sourcePort)}`, `${at(row, target)}:${at(row, targetPort)}`];
    return ends.sort().join(' ');
  });
  const time = free.find((i) => isTime(at(full, i))) ?? -1;
  return {
    ...{ time, source, sourcePort, target, targetPort, stream, command, arg, code, text, info },
    ...{ source6: -1, target6: -1, seq: -1, ack: -1, octets: -1, count: width },
  };
}

/** The column that is filled where `key` is and never where `other` is; the one behind `key` where several are. */
function textOf(rows: readonly Row[], key: number, other: number, all: readonly number[]): number {
  if (key < 0) return -1;
  const candidates = all.filter(
    (i) =>
      i !== key &&
      i !== other &&
      rows.some((row) => at(row, key) !== '' && at(row, i) !== '') &&
      (other < 0 || rows.every((row) => at(row, other) === '' || at(row, i) === '')) &&
      rows.every((row) => at(row, key) !== '' || at(row, other) === '' || at(row, i) === ''),
  );
  if (candidates.includes(key + 1)) return key + 1;
  // Nothing tells yet: the column behind it, as everybody asks for it.
  return other < 0 || candidates.length === 0
    ? key + 1 < all.length && key + 1 !== other
      ? key + 1
      : -1
    : (candidates[0] ?? -1);
}

/** Ports stand behind their addresses, or both behind both. */
function portsOf(numbers: readonly number[], row: Row, source: number, target: number): readonly [number, number] {
  const isPort = (i: number): boolean => numbers.includes(i) && portOf(numberIn(at(row, i))) > 0;
  if (isPort(source + 1) && target === source + 2 && isPort(target + 1)) return [source + 1, target + 1];
  const behind = numbers.filter((i) => i > Math.max(source, target) && isPort(i));
  for (const i of behind) {
    const high = Math.max(numberIn(at(row, i)), numberIn(at(row, i + 1)));
    if (behind.includes(i + 1) && high >= 1024) return [i, i + 1];
  }
  return [-1, -1];
}

/** Where no address is shown (`ip.src` of IPv6): the two columns whose values change places between rows. */
function mirrored(numbers: readonly number[], rows: readonly Row[]): readonly [number, number] {
  for (const i of numbers) {
    for (const k of numbers) {
      if (k <= i) continue;
      const ways = new Set(rows.map((row) => `${at(row, i)} ${at(row, k)}`));
      const both = rows.some((row) => at(row, i) !== at(row, k) && ways.has(`${at(row, k)} ${at(row, i)}`));
      if (both) return [i, k];
    }
  }
  return [-1, -1];
}

/** A number that is the same for the same two ends, and comes again: no number of a packet, no length. */
function streamOf(columns: readonly number[], rows: readonly Row[], endsOf: (row: Row) => string): number {
  const fits = columns.filter((i) => {
    const ends = new Map<string, string>();
    const numbers = new Map<string, string>();
    let repeats = 0;
    for (const row of rows) {
      const number = at(row, i);
      const pair = endsOf(row);
      if (number === '') continue;
      if (ends.has(number)) repeats++;
      if ((ends.get(number) ?? pair) !== pair) return false;
      ends.set(number, pair);
      numbers.set(pair, number);
    }
    return repeats > 0 && numbers.size <= ends.size && (rows.length < 8 || ends.size <= rows.length / 2);
  });
  return fits.length === 1 ? (fits[0] as number) : (fits.find((i) => at(rows[0] as Row, i) === '0') ?? fits[0] ?? -1);
}

export function isInfo(value: string): boolean {
  return value.startsWith('Request: ') || value.startsWith('Response: ');
}

export function isKnownVerb(value: string): boolean {
  return value.length >= 3 && value.length <= 4 && isVerb(value.toUpperCase());
}

export function isCode(value: string): boolean {
  if (value.length < 3 || value.charCodeAt(0) < 49 || value.charCodeAt(0) > 54) return false;
  return digits(value, 0, 3) >= 100 && (value.length === 3 || value.charCodeAt(3) === 44);
}

export function isAddress(value: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7})$/i.test(value);
}

function isNumber(value: string): boolean {
  return value !== '' && digits(value, 0, value.length) >= 0;
}

export function isTime(value: string): boolean {
  return /^\d+\.\d+$|^[A-Z][a-z]{2} [ \d]\d, \d{4} |^\d{4}-\d\d-\d\d/.test(value) && !isAddress(value);
}
