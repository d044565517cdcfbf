/**
 * Addresses of data connections: PORT, EPRT, LPRT and the replies 227, 228 and 229; and what an address is.
 *
 * RFC 959 §4.1.2 and §5.3.2, RFC 1123 §4.1.2.6, RFC 1639, RFC 2428. Addresses are compared in one spelling, the one
 * {@link normalizeAddress} makes.
 */
import { hexIn } from '../number.ts';

/** Where a data connection goes. `host` is `''` where the control connection tells it (229). */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** What an address is for (RFC 1918, 4193, 4291, 5735, 5737, 6598). */
export type AddressClass =
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'carrier-nat'
  | 'link-local'
  | 'multicast'
  | 'documentation'
  | 'reserved'
  | 'public';

/** A block of addresses: the first `bits` bits of `groups`. */
export interface Network {
  readonly groups: readonly number[]; // two octets each: two for IPv4, eight for IPv6
  readonly bits: number;
}

/**
 * `h1,h2,h3,h4,p1,p2` of PORT, and of the text of 227, which may stand anywhere: with or without parentheses
 * (RFC 1123 §4.1.2.6). Zeros are numbers too, whatever RFC 959 §5.3.2 says.
 */
export function parsePort(text: string): HostPort | undefined {
  for (let i = 0; i < text.length; i++) {
    if (!startsList(text, i)) continue;
    const numbers = octets(text, i, 6);
    if (numbers !== undefined) return hostPortOf(numbers, 0, 4, 4);
  }
  return undefined;
}

/** `|1|132.235.1.2|6275|` or `|2|1080::8:800:200C:417A|5282|` of EPRT; any delimiter (RFC 2428 §2). */
export function parseEprt(arg: string): HostPort | undefined {
  const delimiter = arg.charAt(0);
  if (delimiter < '!' || delimiter > '~') return undefined;
  const [before, family, address = '', digits = '', after] = arg.trimEnd().split(delimiter, 6);
  if (before !== '' || after !== '') return undefined;
  const groups = addressGroups(address);
  if (groups === undefined || family !== (address.includes(':') ? '2' : '1')) return undefined;
  const port = portOf(digits);
  return port < 0 ? undefined : { host: addressText(groups), port };
}

/** `4,4,192,0,2,1,2,19,137` of LPRT, and the same numbers in the text of 228 (RFC 1639). */
export function parseLprt(text: string): HostPort | undefined {
  for (let i = 0; i < text.length; i++) {
    if (!startsList(text, i)) continue;
    const head = octets(text, i, 2);
    const hostOctets = head?.[1] ?? 0;
    if (hostOctets !== 4 && hostOctets !== 16) continue;
    const numbers = octets(text, i, hostOctets + 5);
    if (numbers === undefined || numbers[hostOctets + 2] !== 2) continue;
    return hostPortOf(numbers, 2, hostOctets, hostOctets + 3);
  }
  return undefined;
}

/**
 * One spelling for each address: `::ffff:192.0.2.1` is 192.0.2.1, IPv6 is written as RFC 5952 asks, without brackets
 * and zone. What is no address (a host name) comes back as it is.
 */
export function normalizeAddress(host: string): string {
  if (host.indexOf(':') < 0) return host;
  const groups = addressGroups(host);
  return groups === undefined ? host : addressText(groups);
}

/** Host and port in one word, IPv6 in brackets (RFC 3986 §3.2.2): `192.0.2.7:21`, `[2001:db8::7]:21`; without port the host. */
export function endpointText(host: string, port: number): string {
  if (port <= 0) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Host and port apart, however a program writes them: `ftp.example.org:21`, `[2001:db8::7]:21`, `192.0.2.7 port 21`,
 * `ftp.example.org (192.0.2.7) port 21` (the address counts), `ftps://bob@ftp.example.org:990/pub`, with dots behind.
 * `host` is an address or a host name, `''` if the text holds neither; `port` is 0 where none stands.
 */
export function parseEndpoint(text: string): HostPort {
  const bare = authorityOf(text.trim());
  const open = bare.indexOf('(');
  const close = open < 0 ? -1 : bare.indexOf(')', open);
  const inner = close < 0 ? '' : bare.slice(open + 1, close).trim();
  const { host, port } = hostAndPort(close >= 0 && (open === 0 || isAddress(inner)) ? inner : bare);
  return { host, port: port > 0 ? port : portBehind(bare) };
}

function isAddress(text: string): boolean {
  return addressGroups(text) !== undefined;
}

/** Without scheme, user and path (RFC 3986 §3.2). */
function authorityOf(text: string): string {
  const scheme = text.indexOf('://');
  if (scheme < 0) return text;
  const slash = text.indexOf('/', scheme + 3);
  const authority = text.slice(scheme + 3, slash < 0 ? text.length : slash);
  return authority.slice(authority.lastIndexOf('@') + 1);
}

/** The first word: `host:21`, `[2001:db8::7]:21`, `2001:db8::7`, `host`. */
function hostAndPort(text: string): HostPort {
  let end = 0;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end++;
  while (end > 0 && isDots(text.charCodeAt(end - 1))) end--;
  const word = text.slice(0, end);
  if (word.charAt(0) === '[') {
    const close = word.indexOf(']');
    const host = word.slice(1, close < 0 ? word.length : close);
    return { host: isAddress(host) ? host : '', port: close < 0 ? 0 : colonPort(word, close + 1) };
  }
  if (isAddress(word)) return { host: word, port: 0 };
  const colon = word.lastIndexOf(':');
  const host = colon < 0 ? word : word.slice(0, colon);
  return { host: isAddress(host) || isHostName(host) ? host : '', port: colon < 0 ? 0 : colonPort(word, colon) };
}

function endsWord(c: number): boolean {
  return c === 32 || c === 44 || c === 9;
}

/** `.` and `…`. */
function isDots(c: number): boolean {
  return c === 46 || c === 0x2026;
}

function colonPort(word: string, colon: number): number {
  return word.charAt(colon) === ':' ? Math.max(0, portOf(word.slice(colon + 1))) : 0;
}

/** `port 21`, `Port: 21`, `PORT=21`, `, 21` */
function portBehind(text: string): number {
  const digits = /(?:\bport\b[ :=]*|, *)(\d{1,5})\b/i.exec(text)?.[1];
  return digits === undefined ? 0 : Math.max(0, portOf(digits));
}

/** Letters of any script, digits, dots, hyphens and underscores (RFC 1123 §2.1, RFC 5890). */
function isHostName(text: string): boolean {
  return text.length <= 253 && /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?$/u.test(text);
}

/** What the address is for; `''` if the text is no address. */
export function addressClass(host: string): AddressClass | '' {
  const groups = addressGroups(host);
  if (groups === undefined) return '';
  return groups.length === 2 ? classOfIpv4(groups) : classOfIpv6(groups);
}

/** Whether the address means nothing outside its own site: RFC 1918, RFC 4193, RFC 6598 or link-local. */
export function isPrivateAddress(host: string): boolean {
  const kind = addressClass(host);
  return kind === 'private' || kind === 'carrier-nat' || kind === 'link-local';
}

/** The network around an address as text, `192.0.2.0/24` or `2001:db8::/48`; `''` if the text is no address. */
export function networkOf(host: string, ipv4Bits: 8 | 16 | 24 | 32, ipv6Bits: 32 | 48 | 64 | 128): string {
  const groups = addressGroups(host);
  if (groups === undefined) return '';
  const bits = groups.length === 2 ? ipv4Bits : ipv6Bits;
  return `${addressText(firstBits(groups, bits))}/${bits}`;
}

/** `192.0.2.0/24`, `2001:db8::/32`, or one address; undefined if it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const cut = text.indexOf('/');
  const groups = addressGroups(cut < 0 ? text : text.slice(0, cut));
  if (groups === undefined) return undefined;
  const width = groups.length * 16;
  const bits = cut < 0 ? width : decimal(text.slice(cut + 1), 128);
  return bits < 0 || bits > width ? undefined : { groups: firstBits(groups, bits), bits };
}

/** Whether the address is in the network; a mapped IPv4 address is an IPv4 address. */
export function inNetwork(network: Network, host: string): boolean {
  const groups = addressGroups(host);
  if (groups === undefined || groups.length !== network.groups.length) return false;
  const own = firstBits(groups, network.bits);
  return own.every((group, i) => group === network.groups[i]);
}

/** Two groups for IPv4 (also when mapped into IPv6), eight for IPv6; undefined if the text is no address. */
function addressGroups(host: string): readonly number[] | undefined {
  if (host.indexOf(':') < 0) return ipv4Groups(host);
  let end = host.length;
  let start = 0;
  if (host.charAt(0) === '[' && host.charAt(end - 1) === ']') {
    start = 1;
    end--;
  }
  const zone = host.indexOf('%');
  if (zone >= 0) end = zone;
  if (end - start > 45) return undefined;
  const groups = ipv6Groups(host.slice(start, end));
  return groups !== undefined && isMapped(groups) ? groups.slice(6) : groups;
}

function ipv4Groups(text: string): readonly number[] | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let address = 0;
  let dots = 0;
  let part = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) {
      part = part * 10 + c - 48;
      if (++digits > 5) return undefined;
      continue;
    }
    if (c !== 46 || digits === 0 || part > 255 || ++dots > 3) return undefined;
    address = address * 256 + part;
    part = 0;
    digits = 0;
  }
  if (dots !== 3 || digits === 0 || part > 255) return undefined;
  return [Math.floor(address / 256), (address % 256) * 256 + part];
}

function ipv6Groups(text: string): readonly number[] | undefined {
  const gap = text.indexOf('::');
  if (gap < 0) {
    const all = hexGroups(text);
    return all?.length === 8 ? all : undefined;
  }
  const before = gap === 0 ? [] : hexGroups(text.slice(0, gap));
  const after = gap + 2 === text.length ? [] : hexGroups(text.slice(gap + 2));
  if (before === undefined || after === undefined || before.length + after.length > 7) return undefined;
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** `8:800:200C`, the last part possibly a dotted IPv4 address (RFC 4291 §2.2). */
function hexGroups(text: string): number[] | undefined {
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const dotted = i === parts.length - 1 && part.includes('.') ? ipv4Groups(part) : undefined;
    if (dotted !== undefined) {
      groups.push(...dotted);
      continue;
    }
    const group = hex(part);
    if (group < 0) return undefined;
    groups.push(group);
  }
  return groups;
}

/** `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2) and `64:ff9b::a.b.c.d` (RFC 6052). */
function isMapped(groups: readonly number[]): boolean {
  const [a, b, c, d, e, f] = groups;
  if (b !== 0 && b !== 0xff9b) return false;
  if (c !== 0 || d !== 0 || e !== 0) return false;
  return (a === 0 && b === 0 && f === 0xffff) || (a === 0x64 && b === 0xff9b && f === 0);
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
function addressText(groups: readonly number[]): string {
  if (groups.length === 2) return dotted(groups);
  let best = 0;
  let bestLength = 1;
  for (let i = 0; i < groups.length; i++) {
    let run = 0;
    while (groups[i + run] === 0) run++;
    if (run > bestLength) {
      best = i;
      bestLength = run;
    }
  }
  const words = groups.map((group) => group.toString(16));
  if (bestLength < 2) return words.join(':');
  return `${words.slice(0, best).join(':')}::${words.slice(best + bestLength).join(':')}`;
}

function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups;
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

function firstBits(groups: readonly number[], bits: number): readonly number[] {
  return groups.map((group, i) => {
    const kept = Math.max(0, Math.min(16, bits - i * 16));
    return group & (0xffff << (16 - kept)) & 0xffff;
  });
}

function classOfIpv4(groups: readonly number[]): AddressClass {
  const [high = 0, low = 0] = groups;
  const first = high >> 8;
  if (first === 0) return 'unspecified';
  if (first === 127) return 'loopback';
  if (first === 10 || (high & 0xfff0) === 0xac10 || high === 0xc0a8) return 'private';
  if ((high & 0xffc0) === 0x6440) return 'carrier-nat';
  if (high === 0xa9fe) return 'link-local';
  if (first >= 224 && first < 240) return 'multicast';
  if (first >= 240) return 'reserved';
  const net = low >> 8;
  if ((high === 0xc000 && net === 2) || (high === 0xc633 && net === 100) || (high === 0xcb00 && net === 113))
    return 'documentation';
  return 'public';
}

function classOfIpv6(groups: readonly number[]): AddressClass {
  const [first = 0, second = 0] = groups;
  const rest = groups.slice(0, 7).every((group) => group === 0);
  if (rest && groups[7] === 0) return 'unspecified';
  if (rest && groups[7] === 1) return 'loopback';
  if ((first & 0xfe00) === 0xfc00) return 'private';
  if ((first & 0xffc0) === 0xfe80) return 'link-local';
  if ((first & 0xff00) === 0xff00) return 'multicast';
  if (first === 0x2001 && second === 0xdb8) return 'documentation';
  return (first & 0xe000) === 0x2000 ? 'public' : 'reserved';
}

/** A digit that neither continues a number nor follows a comma: a list that is wrong has no right tail. */
function startsList(text: string, i: number): boolean {
  return isDigit(text, i) && (i === 0 || (!isDigit(text, i - 1) && text.charAt(i - 1) !== ','));
}

/** `count` numbers of 0 to 255, separated by commas and blanks, and no further number behind them. */
function octets(text: string, from: number, count: number): readonly number[] | undefined {
  const numbers: number[] = [];
  let i = from;
  while (numbers.length < count) {
    const start = i;
    while (isDigit(text, i)) i++;
    const value = decimal(text.slice(start, i), 255);
    if (value < 0) return undefined;
    numbers.push(value);
    if (numbers.length === count) break;
    while (text.charAt(i) === ' ') i++;
    if (text.charAt(i) !== ',') return undefined;
    i++;
    while (text.charAt(i) === ' ') i++;
  }
  return count > 2 && text.charAt(i) === ',' && isDigit(text, i + 1) ? undefined : numbers;
}

function hostPortOf(numbers: readonly number[], from: number, hostOctets: number, portAt: number): HostPort {
  const groups: number[] = [];
  for (let i = from; i < from + hostOctets; i += 2) groups.push((numbers[i] ?? 0) * 256 + (numbers[i + 1] ?? 0));
  const host = addressText(isMapped(groups) ? groups.slice(6) : groups);
  return { host, port: (numbers[portAt] ?? 0) * 256 + (numbers[portAt + 1] ?? 0) };
}

function portOf(digits: string): number {
  return decimal(digits, 65535);
}

/** The number, or -1: digits only, one to five of them. */
function decimal(text: string, limit: number): number {
  if (text.length < 1 || text.length > 5) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isDigit(text, i)) return -1;
    value = value * 10 + text.charCodeAt(i) - 48;
  }
  return value > limit ? -1 : value;
}

function hex(text: string): number {
  return text.length > 4 ? -1 : hexIn(text);
}

function isDigit(text: string, i: number): boolean {
  const c = text.charCodeAt(i);
  return c >= 48 && c <= 57;
}
