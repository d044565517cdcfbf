import { describe, expect, it } from 'vitest';
import {
  addressClass,
  endpointText,
  inNetwork,
  isPrivateAddress,
  networkOf,
  normalizeAddress,
  parseEndpoint,
  parseEprt,
  parseLprt,
  parseNetwork,
  parsePort,
} from '../../src/protocol/host-port.ts';

type Expected = readonly [host: string, port: number] | undefined;

function pair(parsed: { readonly host: string; readonly port: number } | undefined): Expected {
  return parsed === undefined ? undefined : [parsed.host, parsed.port];
}

describe('parseEndpoint', () => {
  it.each<[string, string, number]>([
    ['192.0.2.7', '192.0.2.7', 0],
    ['192.0.2.7:21', '192.0.2.7', 21],
    ['192.0.2.7:21...', '192.0.2.7', 21],
    ['ftp.example.org:990…', 'ftp.example.org', 990],
    ['ftp.example.org.', 'ftp.example.org', 0],
    ['localhost port 2121', 'localhost', 2121],
    ['192.0.2.7 Port: 21', '192.0.2.7', 21],
    ['192.0.2.7 PORT=21', '192.0.2.7', 21],
    ['192.0.2.7, 21', '192.0.2.7', 21],
    ['ftp.example.org (192.0.2.7) port 21 (#0)', '192.0.2.7', 21],
    ['ftp.example.org (2001:db8::7) port 21', '2001:db8::7', 21],
    ['ftp.example.org:21 (ip = 192.0.2.7)...', 'ftp.example.org', 21],
    ['192.0.2.7:21 (No encryption)', '192.0.2.7', 21],
    ['192.0.2.7 (Port: 2121)', '192.0.2.7', 2121],
    ['[2001:db8::7]:21', '2001:db8::7', 21],
    ['[2001:db8::7]', '2001:db8::7', 0],
    ['2001:db8::7', '2001:db8::7', 0],
    ['(192.0.2.7) port 21', '192.0.2.7', 21],
    ['ftp://ftp.example.org:2121/pub', 'ftp.example.org', 2121],
    ['ftps://bob@[2001:db8::7]:990/', '2001:db8::7', 990],
    ['bücher.example', 'bücher.example', 0],
    ['192.0.2.7:99999', '192.0.2.7', 0],
    ['the host: nowhere', 'the', 0],
    ['"x"', '', 0],
    ['', '', 0],
  ])('reads %j as %j and %i', (text, host, port) => {
    expect(parseEndpoint(text)).toEqual({ host, port });
  });

  it('reads what endpointText writes', () => {
    for (const host of ['192.0.2.7', '2001:db8::7', 'ftp.example.org'])
      for (const port of [0, 21, 65_535]) expect(parseEndpoint(endpointText(host, port))).toEqual({ host, port });
    expect(endpointText('2001:db8::7', 21)).toBe('[2001:db8::7]:21');
  });
});

describe('parsePort', () => {
  it.each<[string, Expected]>([
    ['192,168,1,10,200,13', ['192.168.1.10', 51213]],
    ['127,0,0,1,0,25', ['127.0.0.1', 25]],
    ['10,0,0,1,0,21', ['10.0.0.1', 21]],
    ['010, 0, 0, 001, 4, 1', ['10.0.0.1', 1025]],
    ['Entering Passive Mode (203,0,113,5,19,136)', ['203.0.113.5', 5000]],
    ['Entering Passive Mode (203,0,113,5,19,136).', ['203.0.113.5', 5000]],
    ['Data transfer will passively listen to 127,0,0,1,4,51', ['127.0.0.1', 1075]],
    ['Entering passive mode. 127,0,0,1,4,51', ['127.0.0.1', 1075]],
    ['mode 2: 127,0,0,1,4,51', ['127.0.0.1', 1075]],
    ['192,168,1,10,200', undefined],
    ['192,168,1,10,200,13,7', undefined],
    ['192,168,1,256,200,13', undefined],
    ['1,2,3', undefined],
    ['192.168.1.10:21', undefined],
    ['a,b,c,d,e,f', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(pair(parsePort(text))).toEqual(expected);
  });
});

describe('parseEprt', () => {
  it.each<[string, Expected]>([
    ['|1|132.235.1.2|6275|', ['132.235.1.2', 6275]],
    ['|2|1080::8:800:200C:417A|5282|', ['1080::8:800:200c:417a', 5282]],
    ['|2|::1|5282|', ['::1', 5282]],
    ['|2|::ffff:10.0.0.1|99|', ['10.0.0.1', 99]],
    ['!1!192.0.2.1!21!', ['192.0.2.1', 21]],
    ['|1|::1|5282|', undefined],
    ['|2|192.0.2.1|5282|', undefined],
    ['|3|192.0.2.1|5282|', undefined],
    ['|1|192.0.2.1|65536|', undefined],
    ['|1|192.0.2.1|21', undefined],
    ['|1|192.0.2.1|21|x', undefined],
    ['192,0,2,1,4,1', undefined],
    ['', undefined],
  ])('reads %j as %j', (arg, expected) => {
    expect(pair(parseEprt(arg))).toEqual(expected);
  });
});

describe('parseLprt', () => {
  it.each<[string, Expected]>([
    ['4,4,192,0,2,1,2,19,137', ['192.0.2.1', 5001]],
    ['6,16,32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1,2,19,137', ['2001:db8::1', 5001]],
    ['Entering Long Passive Mode (4, 4, 192, 0, 2, 1, 2, 19, 137)', ['192.0.2.1', 5001]],
    ['4,4,192,0,2,1,2,19', undefined],
    ['4,5,192,0,2,1,2,19,137', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, expected) => {
    expect(pair(parseLprt(text))).toEqual(expected);
  });
});

describe('normalizeAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '192.0.2.1'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::', '::'],
    ['1::', '1::'],
    ['ftp.example.org', 'ftp.example.org'],
    ['a:b', 'a:b'],
    ['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9'],
    ['', ''],
  ])('spells %j %j', (host, expected) => {
    expect(normalizeAddress(host)).toBe(expected);
  });
});

describe('addressClass', () => {
  it.each([
    ['0.0.0.0', 'unspecified'],
    ['127.110.153.106', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.15.0.1', 'public'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'carrier-nat'],
    ['100.128.0.1', 'public'],
    ['169.254.1.1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['192.0.2.7', 'documentation'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.7', 'documentation'],
    ['8.8.8.8', 'public'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fd00::1', 'private'],
    ['fe80::1', 'link-local'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'documentation'],
    ['2606:4700::1', 'public'],
    ['::ffff:10.0.0.1', 'private'],
    ['host', ''],
    ['1.2.3', ''],
    ['1.2.3.256', ''],
  ])('puts %s into %j', (host, expected) => {
    expect(addressClass(host)).toBe(expected);
  });

  it('counts what means nothing outside its site as private', () => {
    expect(isPrivateAddress('::ffff:192.168.1.1')).toBe(true);
    expect(isPrivateAddress('169.254.0.9')).toBe(true);
    expect(isPrivateAddress('127.0.0.1')).toBe(false);
    expect(isPrivateAddress('192.0.2.1')).toBe(false);
    expect(isPrivateAddress('')).toBe(false);
  });
});

describe('networks', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['host', ''],
  ])('cuts %s to %s', (host, network) => {
    expect(networkOf(host, 24, 64)).toBe(network);
  });

  it.each([
    ['10.1.2.3', 16, 48, '10.1.0.0/16'],
    ['2001:db8:1:2::1', 16, 48, '2001:db8:1::/48'],
    ['10.1.2.3', 32, 128, '10.1.2.3/32'],
  ] as const)('cuts %s to /%i or /%i', (host, ipv4Bits, ipv6Bits, network) => {
    expect(networkOf(host, ipv4Bits, ipv6Bits)).toBe(network);
  });

  it.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['10.0.0.0/9', '10.127.0.1', true],
    ['10.0.0.0/9', '10.128.0.1', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['192.0.2.0/24', 'host', false],
  ])('%s holds %s: %s', (text, host, expected) => {
    const network = parseNetwork(text);
    expect(network && inNetwork(network, host)).toBe(expected);
  });

  it.each(['', 'host', '192.0.2.0/33', '2001:db8::/129', '192.0.2.0/', '192.0.2.0/x'])('refuses %j', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });
});
