/** The shapes of lines, and the dialects that are made of them. */
import { describe, expect, it } from 'vitest';
import { declared } from '../../src/decoding/declared.ts';
import { markOf, Shape } from '../../src/decoding/shape.ts';
import { type StampSort, Stamps, stampExamples } from '../../src/decoding/stamps.ts';
import { rubyNetFtp } from '../../src/dialects/client/ruby-net-ftp.ts';
import { cerberus } from '../../src/dialects/server/cerberus.ts';
import { wing } from '../../src/dialects/server/wing.ts';
import type { DecoderOptions, Dialect, Event } from '../../src/model.ts';

const options: DecoderOptions = { offsetAt: () => 0, year: 2026, reference: 0, layout: '', assume: () => undefined };
const bare = { time: Number.NaN, host: '', program: '', pid: '' };

function stampsOf(): Stamps {
  return new Stamps(options, () => undefined, true);
}

/** The fields of a line by name, or the number of its readings if that is not 1. */
function read(template: string, text: string): Readonly<Record<string, string>> | number {
  const shape = new Shape(template);
  const ways = shape.match(text, stampsOf());
  return ways === 1 ? Object.fromEntries(shape.fields.map(({ name }, i) => [name, shape.cut(text, i)])) : ways;
}

describe('a shape', () => {
  it.each([
    ['put: {said}', 'put: USER a: b', { said: 'USER a: b' }],
    ['put: {said}', 'put: ', { said: '' }],
    ['put: {said}', 'put:', 0],
    ['put: {said}', '', 0],
    ['{id:digits}:{said}', '17:x', { id: '17', said: 'x' }],
    ['{id:digits}:{said}', ':x', 0],
    ['{id:digits}', '17 ', 0],
    ['{a:letters}{b:digits}', 'abc12', { a: 'abc', b: '12' }],
    ['{who:host}=GLOB({said}', 'Net::FTP=GLOB(0x1', { who: 'Net::FTP', said: '0x1' }],
    ['{who:host}=GLOB({said}', 'a b=GLOB(0x1', 0],
    ['[{_}{id:digits}{_}] {said}', '[  17] x', { _: '', id: '17', said: 'x' }],
    ['{who:word} {rate:number}', 'é 1.5', { who: 'é', rate: '1.5' }],
    ['({peer:address})', '(2001:db8::1)', { peer: '2001:db8::1' }],
    ['({peer:address})', '(alice)', 0],
    ['{{id:digits}} {said}', '{3} x', { id: '3', said: 'x' }],
    ['GET {path:percent}" 200', 'GET /a%20b%C3%A9" 200', { path: '/a bé' }],
    ['GET {path:percent}" 200', 'GET /a b" 200', 0],
    ['{verb=CWD}Changed to {path}.{said=}', 'Changed to a.b.', { path: 'a.b' }],
    ['> {said:trimmed}', '> QUIT \t', { said: 'QUIT', _: ' \t' }],
  ])('%s reads %j', (template, text, expected) => {
    expect(read(template, text)).toEqual(expected);
  });

  it('takes the last end that fits, and refuses a line that can be read in two ways', () => {
    expect(read('<{user}> : {peer:address}', '<a> : b> : 192.0.2.7')).toEqual({ user: 'a> : b', peer: '192.0.2.7' });
    expect(read('{user} logged in {note}', 'a logged in b logged in c')).toBe(2);
    expect(read('{class:plain} logged in {note}', 'a logged in b logged in c')).toEqual({
      class: 'a',
      note: 'b logged in c',
    });
  });

  it('gives a hostile line up', () => {
    expect(read('{a} {b} {c} {d} {e}!', `${' '.repeat(4000)}`)).toBe(0);
    expect(read('{a} {b} {c} {d} {e:digits}', `${' '.repeat(4000)}1`)).toBe(2);
  });

  it('is refused where nothing ends a field, or a sort is unknown', () => {
    expect(() => new Shape('{a}{b}')).toThrow('nothing ends {a}');
    expect(() => new Shape('{a:weekday} b')).toThrow('no sort of field: weekday');
  });

  it.each(Object.entries(stampExamples))('reads a time: %s', (sort, stamp) => {
    const stamps = stampsOf();
    expect(new Shape(`<{time:${sort}}> {said}`).match(`<${stamp}> x`, stamps)).toBe(1);
    expect(new Shape(`<{time:${sort}}> {said}`).match('<never> x', stamps)).toBe(0);
    expect(stampsOf().read(stamp, 0, sort as StampSort)).toBe(stamp.length);
  });

  it('can stand in front of another if its fields end by themselves', () => {
    const stamps = stampsOf();
    const head = new Shape('{time:iso} {level:letters} ');
    const text = '2026-11-22 09:58:53 INFO < 220 ready';
    expect(head.isHead).toBe(true);
    const from = head.begins(text, stamps, 0);
    expect(text.slice(from)).toBe('< 220 ready');
    expect(new Shape('< {said}').match(text, stamps, from)).toBe(1);
    expect(new Shape('{said}: ').isHead).toBe(false);
    expect(new Shape('{said}').isHead).toBe(false);
  });

  it('has its longest literal for a mark', () => {
    expect(markOf('[{sort:digits}] {time:mail} ({session:digits}) {said}')).toBe('] ');
    expect(markOf('{said}')).toBe('');
  });
});

describe('a declared dialect', () => {
  const kiosk = declared({
    ...{ id: 'kiosk', title: 'Kiosk', evidence: 'unverified', side: 'server', identity: 'key' },
    example: '09:59:04 #1 192.0.2.7:50001 is here',
    heads: ['{time:clock} '],
    lines: [
      ['opened', '#{session:digits} {peer:host}:{port:digits} is here'],
      ['command', '#{session:digits} {user} says {said}'],
      ['noise', '{note}'],
    ],
    voice: 'records',
  });

  function decode(dialect: Dialect, texts: readonly string[]): readonly string[] {
    const seen: string[] = [];
    const decoder = dialect.open(options, (e: Event) =>
      seen.push(`${e.kind} ${e.session} ${e.user}${e.peer} ${e.verb}`),
    );
    for (const [i, text] of texts.entries()) seen.push(decoder.line(text, i + 1, bare));
    return seen;
  }

  it('states what its lines say, and nothing of one with two readings', () => {
    expect(decode(kiosk, ['09:59:04 #1 192.0.2.7:50001 is here', '09:59:05 #1 alice says NOOP'])).toEqual([
      ...['open 1 192.0.2.7 ', 'event', 'command 1 alice NOOP', 'event'],
    ]);
    expect(decode(kiosk, ['09:59:06 #1 a says QUIT says NOOP', '09:59:07 tea', 'tea'])).toEqual([
      ...['ambiguous   ', 'event', 'noise', 'unparsed'],
    ]);
  });

  it('is found by its marks and by its lines', () => {
    expect(kiosk.marks).toEqual([' is here', ' says ']);
    expect(kiosk.detect({ texts: ['09:59:04 #1 a says NOOP', 'tea'], programs: ['', ''] })).toBe(0.5);
    expect(kiosk.detect({ texts: ['09:59:07 tea'], programs: [''] })).toBe(0);
  });

  const teller = declared({
    ...{ id: 'teller', title: 'Teller', evidence: 'unverified', side: 'client', identity: 'key' },
    example: '09:59:04 #1 < 220 ready',
    foreign: ['09:59:03'],
    heads: ['{time:clock} #{session:digits} '],
    lines: [
      ['reply', '< {said}'],
      ['sent', '> {said}'],
    ],
    bare: [['also', '{said}']],
    timeLasts: true,
    voice: 'conversation',
    weight: ({ texts }) => texts.length,
  });

  it('goes on in lines without a head, in the session and at the time of the line before', () => {
    const seen: string[] = [];
    const decoder = teller.open(options, (e: Event) => seen.push(`${e.session} ${e.verb}${e.text}`));
    const heard = ['09:59:04 #1 < 220-a', 'b', '220 c', '230 d', '09:59:05 #2 > NOOP', '200 no', '09:59:05 #1 < 150-e'];
    const said = [...heard, '09:59:05 #1 > is text', '09:59:05 #1 > QUIT', '09:59:03 #1 > QUIT'].map((text, i) =>
      decoder.line(text, i + 1, bare),
    );
    expect(seen).toEqual(['1 220-a', '1 b', '1 220 c', '1 230 d', '2 NOOP', '1 150-e', '1 QUIT']);
    expect(said).toEqual([
      ...['event', 'event', 'event', 'event', 'event', 'unparsed', 'event', 'unparsed', 'event', 'unparsed'],
    ]);
    const times: number[] = [];
    const timed = teller.open(options, ({ time }) => times.push(time));
    for (const [i, text] of ['09:59:04 #1 < 220-a', 'b'].entries()) timed.line(text, i + 1, bare);
    expect(times[1]).toBe(times[0]);
    expect(teller.detect({ texts: ['09:59:04 #1 < 220 a', 'x'], programs: ['', ''] })).toBe(1);
  });

  it.each([wing, cerberus, rubyNetFtp])('reads its own example: $id', (dialect) => {
    expect(decode(dialect, [dialect.example]).at(-1)).toBe('event');
    expect(dialect.marks?.some((mark) => dialect.example.includes(mark))).toBe(true);
  });
});
