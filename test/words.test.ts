/** What a file's name says, looked at in one pass, against what it says looked at part by part. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gates, traitShift } from '../src/rules/engine/gates.ts';
import { files, filesOf } from '../src/rules/words/names.ts';
import { baseName } from '../src/rules/words/paths.ts';
import { traits, traitsOf } from '../src/rules/words/traits.ts';

const kinds = (path: string): string =>
  Object.entries(files)
    .filter(([, bit]) => (filesOf(path) & bit) !== 0)
    .map(([name]) => name)
    .join(' ');

describe('the kinds of a file', () => {
  it.each([
    ['/www/index.php', 'script page'],
    ['/www/INDEX.PHP', 'script page'],
    ['/www/images/a.php.jpg', 'image document twoDots'],
    ['photo.jpeg', 'image document'],
    ['/etc/passwd', 'secret note'],
    ['shadow', 'secret note'],
    ['.env', 'secret note'],
    ['.env.local', 'secret'],
    ['.env.example', ''],
    ['/app/wp-config.php.bak', 'secret twoDots'],
    ['WP-Config.php~', 'secret'],
    ['/backup/all.sql.gz', 'secret twoDots'],
    ['/backup/all.tar.gz', 'twoDots'],
    ['.sql.gz', 'secret'],
    ['site/.git/config', 'secret note'],
    ['/site.git/config', 'note'],
    ['.htaccess', 'control note'],
    ['/home/a/.ssh/authorized_keys', 'control note'],
    ['/var/spool/cron/root', 'control note'],
    ['/etc/cron.d/job', 'control note'],
    ['/a.b/c', 'note'],
    ['C:\\www\\shell.aspx', 'script page'],
    ['README.md', 'note'],
    ['a.key', 'secret'],
    ['dir.pem/', 'secret'],
    ['data.bin', ''],
    ['x.shtml', 'script page'],
    ['', 'note'],
    ['/', 'note'],
  ])('of %s are: %s', (path, expected) => {
    expect(kinds(path)).toBe(expected);
  });

  it('has two dots where the name has, neither at its beginning', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a.b/\\]{0,12}$/), (path) => {
        const name = baseName(path);
        const last = name.lastIndexOf('.');
        expect((filesOf(path) & files.twoDots) !== 0).toBe(last > 0 && name.lastIndexOf('.', last - 1) > 0);
      }),
    );
  });
});

it.each([
  ['/pub/nessus1234', true],
  ['OpenVAS-x', true],
  ['opie', true],
  ['/pub/opie', false],
  ['nessus/', false],
  ['/nessus/x', false],
])('a scanner may have made %s: %s', (arg, expected) => {
  expect((traitsOf(arg) & traits.scanner) !== 0).toBe(expected);
});

it('finds what may end a name within a query', () => {
  const plain = /['"`;#]|--|\/\*|\)/;
  fc.assert(
    fc.property(fc.stringMatching(/^[a'"`;#)\-/*. ]{0,8}$/), (arg) => {
      expect((traitsOf(arg) & traits.query) !== 0).toBe(plain.test(arg));
    }),
  );
});

it('has a bit of its own for every occasion, in one word', () => {
  const bits = [
    ...Object.values(gates).filter((bit) => bit !== gates.never),
    ...Object.values(traits).map((bit) => bit << traitShift),
  ];
  for (const bit of bits) expect(bit & (bit - 1), String(bit)).toBe(0);
  expect(new Set(bits).size).toBe(bits.length);
  expect(Math.max(...Object.values(gates))).toBeLessThan(2 ** traitShift);
  expect(Math.max(...Object.values(traits))).toBeLessThan(2 ** (32 - traitShift));
});
