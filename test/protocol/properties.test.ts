import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts, legal } from '../../src/protocol/commands.ts';
import {
  addressClass,
  inNetwork,
  networkOf,
  normalizeAddress,
  parseNetwork,
  parsePort,
} from '../../src/protocol/host-port.ts';
import { classOf, kindOf, replyName } from '../../src/protocol/replies.ts';
import { replyCode, replyText } from '../../src/protocol/reply-line.ts';
import { secretSort } from '../../src/protocol/secret-sort.ts';
import { maskText } from '../../src/protocol/secret-text.ts';
import { maskArgument } from '../../src/protocol/secrets.ts';
import { maskUrls } from '../../src/protocol/userinfo.ts';

const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const ipv6 = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
/** Text as logs have it: any characters, and pieces that look like something. */
const piece = fc.constantFrom('://', ':', '@', '/', ' ', ',', '.', '226', 'a', 'ftp', '::', '(', '|', '\u001b', '"');
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
);

it('capital letters alone tell no secret, but behind PASS: what is no verb needs no further look', () => {
  const part = fc.constantFrom(
    'PWD',
    'SECRET',
    'TOKEN',
    'KEY',
    'LOGIN',
    'USER',
    'ACCT',
    'AUTH',
    'HTTP',
    'KENNWORT',
    'Q',
    'X',
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(maskText(parts.join(''))).toBe(parts.join(''));
    }),
  );
});

describe('reply lines', () => {
  it('have a code exactly where the grammar says so', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.stringMatching(/^[0-9]{1,5}[ -]?[a-z]*$/)), (line) => {
        const match = /^([1-6][0-9]{2})(?:[ -]|$)/.exec(line);
        expect(replyCode(line)).toBe(match === null ? 0 : Number(match[1]));
      }),
    );
  });

  it('give back code and text wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 100, max: 699 }),
        fc.constantFrom(' ', '-'),
        fc.string(),
        (before, code, mark, text) => {
          const line = `${before}${code}${mark}${text}`;
          expect(replyCode(line, before.length)).toBe(code);
          expect(replyText(line, before.length)).toBe(text);
        },
      ),
    );
  });
});

describe('addresses', () => {
  it('in PORT come back as they were', () => {
    fc.assert(
      fc.property(ipv4, octet, octet, (host, high, low) => {
        expect(parsePort(`${host.replaceAll('.', ',')},${high},${low}`)).toEqual({ host, port: high * 256 + low });
      }),
    );
  });

  it('have one spelling', () => {
    fc.assert(
      fc.property(ipv6, (groups) => {
        const long = groups.map((group) => group.toString(16).padStart(4, '0').toUpperCase()).join(':');
        const short = normalizeAddress(long);
        expect(normalizeAddress(short)).toBe(short);
        expect(short).toBe(short.toLowerCase());
        expect(addressClass(short)).toBe(addressClass(long));
      }),
    );
  });

  it('are in their own network, mapped into IPv6 or not', () => {
    fc.assert(
      fc.property(ipv4, (host) => {
        const network = parseNetwork(networkOf(host, 24, 64));
        expect(network && inNetwork(network, host)).toBe(true);
        expect(network && inNetwork(network, `::ffff:${host}`)).toBe(true);
      }),
    );
  });

  it('of any text whatsoever do no harm', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(typeof normalizeAddress(text)).toBe('string');
        parsePort(text);
        networkOf(text, 24, 64);
      }),
    );
  });
});

describe('secrets', () => {
  it('never come out of PASS, whatever they are', () => {
    fc.assert(
      fc.property(hostile, (password) => {
        expect(maskArgument('PASS', password)).toBe(password === '' ? '' : '***');
      }),
    );
  });

  it('never come out of URLs, and everything else comes back as it was', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[!-?A-~]{1,20}$/), (user, password) => {
        fc.pre(
          !password.includes('<') && !password.includes('>') && !password.includes('"') && !/^\d*\//.test(password),
        );
        const masked = maskUrls(`get ftp://${user}:${password}@host.example/a b`);
        expect(masked).toBe(`get ftp://${user}:***@host.example/a b`);
      }),
    );
  });

  it('are masked once: a second time changes nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const once = maskUrls(text);
        expect(maskUrls(once)).toBe(once);
        expect(maskArgument('RETR', once)).toBe(once);
        expect(['', 'masked', 'exposed', 'scanner']).toContain(secretSort(text));
      }),
    );
  });
});

describe('tables', () => {
  it('answer for any verb and any number', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.oneof(fc.integer(), fc.double()), (verb, arg, code) => {
        expect(typeof accepts(verb, code)).toBe('boolean');
        expect(typeof legal(verb, arg, code)).toBe('boolean');
        expect(typeof kindOf(code, verb)).toBe('string');
        expect(typeof classOf(code)).toBe('string');
        expect(typeof replyName(code)).toBe('string');
      }),
    );
  });
});
