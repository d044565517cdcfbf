/** Globs and regular expressions: what they mean, and that their time is linear. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientTest, networkTest, pathTest } from '../../src/config/conditions.ts';
import { globTest, type TextTest } from '../../src/config/glob.ts';
import { regexTest } from '../../src/config/regex.ts';

describe('a glob', () => {
  it.each([
    ['alice', ['alice'], ['Alice', 'alice2', '']],
    ['svc-*', ['svc-', 'svc-a.b'], ['svc', 'svc-a/b', 'xsvc-a']],
    ['*', ['', 'a', 'a b'], ['a/b']],
    ['**', ['', 'a/b/c'], []],
    ['/in/*', ['/in/', '/in/a'], ['/in', '/in/a/b']],
    ['/in/**', ['/in', '/in/', '/in/a', '/in/a/b'], ['/inn', '/i', '/in2/a', 'x/in/a']],
    ['/in/**/x', ['/in/x', '/in/a/x', '/in/a/b/x'], ['/in/ax', '/in/x/', '/inx']],
    ['**/x', ['x', 'a/x', '/a/b/x'], ['ax', 'x/a']],
    ['a/**/b/*.txt', ['a/b/.txt', 'a/c/d/b/e.txt'], ['a/b/c/e.txt', 'a/cb/e.txt']],
    ['/**', ['/', '/a', '/a/b'], ['', 'a']],
    ['a**b', ['ab', 'a/b', 'axb'], ['a', 'abc']],
    ['?.txt', ['a.txt'], ['.txt', '/.txt', 'aa.txt']],
    ['[a-c]x', ['ax', 'cx'], ['dx', 'x', 'Ax']],
    ['[!a-c]x', ['dx', '-x'], ['ax', '/x']],
    ['[]a]x', [']x', 'ax'], ['bx']],
    ['[a-]', ['a', '-'], ['b']],
    ['[x', ['[x'], ['x']],
    ['\\*a\\[', ['*a['], ['xa[']],
    ['日*', ['日本'], ['本日']],
  ] as const)('%s', (glob, fitting, others) => {
    const test = globTest(glob);
    expect(fitting.filter((text) => !test(text))).toEqual([]);
    expect(others.filter((text) => test(text))).toEqual([]);
  });

  it('may leave case aside', () => {
    expect(globTest('SVC-*', true)('svc-A')).toBe(true);
    expect(globTest('SVC-*')('svc-A')).toBe(false);
  });

  it('means what a regular expression says', () => {
    const piece = fc.constantFrom('a', 'b', '/', '*', '**', '?', '/**/', '[ab]', '[!a]');
    const text = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), text, (pieces, given) => {
        const glob = pieces.join('');
        expect(globTest(glob)(given), `${glob} on '${given}'`).toBe(new RegExp(`^${regexOf(glob)}$`).test(given));
      }),
      { numRuns: 4000 },
    );
  });
});

/** The same by other means: only fit for tests, since it may turn back for ever. */
function regexOf(glob: string): string {
  const tail = /.\/\*\*+$/.test(glob) && !/(?:^|\/)\*\*+\/\*\*+$/.test(glob);
  const body = tail ? glob.replace(/\/\*+$/, '') : glob;
  const middle = body.replace(/(?<=^|\/)\*\*+\/|\*\*+|\*|\?|\[!a\]/g, (part) => {
    if (/^\*\*+\/$/.test(part)) return '(?:.*\\/)?';
    if (/^\*\*/.test(part)) return '.*';
    return part === '*' ? '[^/]*' : part === '?' ? '[^/]' : '[^a/]';
  });
  return tail ? `${middle}(?:/.*)?` : middle;
}

describe('patterns of users', () => {
  const text = 'a'.repeat(40_000);
  const hostile: readonly (readonly [string, TextTest | string])[] = [
    ['glob *a*a*a*a*a*a*a*a*b', globTest('*a*a*a*a*a*a*a*a*b')],
    ['glob **/a**/a**/a**b', globTest('**a**a**a**a**a**a**a**b')],
    ['regex (a+)+$', regexTest('^(a+)+$(b)')],
    ['regex (a|aa)+b', regexTest('^(a|aa)+b')],
    ['regex (.*)*c', regexTest('(.*)*(.*)*(.*)*c')],
    ['regex a?{30}a{30}', regexTest(`^(a?){30}a{30}b`)],
  ];

  it.each(hostile)('%s takes linear time', (_, test) => {
    if (typeof test === 'string') throw new Error(test);
    const started = performance.now();
    expect(test(text)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it.each([
    ['(a', 'missing closing'],
    ['(?=a)', 'invalid or unsupported'],
    ['(a)\\1', 'invalid escape'],
    ['((a{1,1000}){1,1000}){1,1000}', 'too large'],
  ])('%s is refused with a reason', (source, reason) => {
    expect(regexTest(source)).toContain(reason);
  });
});

describe('paths and clients', () => {
  const compiler = { regex: regexTest, ownNetworks: ['10.0.0.0/8'] };
  const glob = (source: string) => ({ kind: 'glob' as const, source, ignoreCase: false });

  it.each([
    ['*.php', '/a/b/x.php', true],
    ['*.php', 'x.php', true],
    ['/a/*.php', '/a/b/x.php', false],
  ])('the path glob %s on %s: %s', (source, path, fits) => {
    expect(pathTest([glob(source)], compiler)(path)).toBe(fits);
  });

  it.each([
    [['192.0.2.0/24'], '192.0.2.77', true],
    [['192.0.2.0/24'], '192.0.3.77', false],
    [['192.0.2.7'], '::ffff:192.0.2.7', true],
    [['2001:db8::/32'], '2001:db8::1', true],
    [['own'], '10.1.2.3', true],
    [['own'], '11.1.2.3', false],
    [['*.example.org'], 'FTP.example.org', true],
    [['10.0.0.1', 'host'], 'host', true],
    [['10.0.0.1'], '', false],
    [[], '', true],
  ])('the clients %j hold %s: %s', (clients, host, fits) => {
    expect(clientTest(clients, compiler)(host)).toBe(fits);
  });

  it.each([
    [['192.0.2.0/24'], '192.0.2.0/24', true],
    [['192.0.0.0/16'], '192.0.2.0/24', true],
    [['192.0.2.0/25'], '192.0.2.0/24', false],
    [['own'], '10.7.0.0/16', true],
  ])('the clients %j hold the network %s: %s', (clients, network, fits) => {
    expect(networkTest(clients, compiler)(network)).toBe(fits);
  });
});
