import { describe, expect, it } from 'vitest';
import { replyAdvice } from '../../src/protocol/advice.ts';
import { accepts, commandOf, isVerb, legal, plainVerb, verbs } from '../../src/protocol/commands.ts';
import { reference } from '../../src/protocol/reference/index.ts';
import { kindOf, replyOf, replySpecs } from '../../src/protocol/replies.ts';

/** Codes as the RFCs list them, the sections named. */
const lists: readonly (readonly [source: string, codes: readonly number[]])[] = [
  [
    'RFC 959 §4.2.2, numeric order list',
    [
      ...[110, 120, 125, 150, 200, 202, 211, 212, 213, 214, 215, 220, 221, 225, 226, 227, 230, 250, 257, 331, 332, 350],
      ...[421, 425, 426, 450, 451, 452, 500, 501, 502, 503, 504, 530, 532, 550, 551, 552, 553],
    ],
  ],
  ['RFC 1123 §4.1.3.4', [110, 554, 555]],
  ['RFC 1639 §3 and §4', [228, 521]],
  ['RFC 2228 §5.1', [232, 234, 235, 334, 335, 336, 431, 533, 534, 535, 536, 537]],
  ['RFC 2228 §5.2', [631, 632, 633]],
  ['RFC 2389 §3.2 and §4', [211, 200, 451, 501]],
  ['RFC 2428 §2 and §3', [229, 522]],
  ['RFC 3659 §3, §4, §5 and §7', [213, 250, 350, 501, 550, 553]],
  ['RFC 4217 §4, §5, §10', [234, 431, 502, 504, 521, 522, 533, 534, 536]],
  ['RFC 7151 §3', [220, 421, 501, 503, 504]],
  [
    'RFC 354 §IV.B',
    [
      ...[0, 30, 50, 100, 150, 151, 200, 201, 202, 230, 231, 232, 250, 251, 252, 253, 254, 255, 300, 301, 330],
      ...[400, 401, 430, 431, 432, 434, 435, 436, 450, 451, 452, 453, 500, 501, 502, 503, 504, 505, 506],
    ],
  ],
  [
    'RFC 542, FTP replies',
    [
      ...[0, 10, 20, 30, 50, 100, 110, 150, 151, 200, 201, 202, 230, 231, 232, 233, 250, 251, 252, 253, 254, 257],
      ...[300, 301, 330, 331, 332, 400, 401, 402, 430, 431, 432, 433, 434, 435, 436, 450, 451, 452, 453, 454, 455],
      ...[456, 457, 500, 501, 502, 503, 504, 505, 506, 507, 550],
    ],
  ],
  ['RFC 691 §7g', [111, 121, 223, 224, 423, 520, 526, 531, 557]],
  ['RFC 737', [9, 256, 350, 453]],
  ['RFC 743', [200, 215, 256, 440, 450, 501, 507, 520]],
  ['RFC 765, mail', [119, 151, 152, 215, 354]],
  ['RFC 775', [200, 224, 257, 425, 506, 507, 521, 550]],
];

/** A sentence or a list of them ends with a mark; a quotation may end it. */
const sentence = /[.:)"]$/;
/** Where a fact may come from: an RFC with its place, a draft, or the source of a program. */
const source = /^(RFC \d{3,4}( §[\w.]+|, .+| appendix II)?( \(.+\))?|draft-[\w-]+|.+\.(java|c|rs))$/;

describe('the pages of the replies', () => {
  it('are those of the table, no more and no fewer', () => {
    expect([...reference.replies.keys()]).toEqual(replySpecs.map((spec) => spec.code));
  });

  it.each(lists)('hold every code of %s', (_source, codes) => {
    for (const code of codes) expect(reference.replies.has(code), String(code)).toBe(true);
  });

  it.each([...reference.replies.values()].map((text) => [text.code, text] as const))(
    '%i keeps the schema',
    (code, text) => {
      expect(text.title).not.toBe('');
      expect(text.meaning).toMatch(sentence);
      expect(text.seen).toMatch(sentence);
      for (const step of text.todo) expect(step).toMatch(sentence);
      for (const other of text.otherMeanings ?? []) expect(other).toMatch(/^RFC \d+.*[.]$/);
      expect(text.sources.length).toBeGreaterThan(0);
      for (const entry of text.sources) expect(entry).toMatch(source);
      for (const note of text.programs ?? []) expect(reference.programs.has(note.program), note.program).toBe(true);
      expect(text.todo.length + (replyAdvice(code, '') === '' ? 0 : 1)).toBeGreaterThan(0);
    },
  );

  it('quote only the code they are about', () => {
    for (const [code, text] of reference.replies) {
      for (const note of text.programs ?? []) {
        const quoted = /^(\d{3})[ -]/.exec(note.text)?.[1];
        if (quoted !== undefined) expect(Number(quoted), note.text).toBe(code);
      }
    }
  });

  it('want a fix for every failure of today, and for nothing else', () => {
    for (const [code, text] of reference.replies) {
      const negative = code >= 400 && code < 600 && replyOf(code)?.status !== 'historic';
      expect(text.fix, String(code)).toBe(negative);
    }
  });

  it('each say something of their own', () => {
    const meanings = [...reference.replies.values()].map((text) => `${text.meaning} ${text.seen}`);
    expect(new Set(meanings).size).toBe(meanings.length);
  });
});

describe('the pages of the commands', () => {
  it('are those of the table, no more and no fewer', () => {
    expect([...reference.commands.keys()].sort()).toEqual([...verbs].sort());
  });

  it.each([...reference.commands.values()].map((text) => [text.verb, text] as const))(
    '%s keeps the schema',
    (verb, text) => {
      expect(text.syntax.startsWith(verb)).toBe(true);
      expect(text.summary).toMatch(sentence);
      expect(text.since).not.toBe('');
      expect(text.source).not.toBe('');
      if (text.aliasOf !== undefined) expect(reference.commands.has(text.aliasOf)).toBe(true);
      for (const note of [text.gaps ?? '.', ...(text.notes ?? [])]) expect(note).toMatch(sentence);
      for (const note of text.practice ?? []) {
        expect(accepts(verb, note.code), `${verb} ${note.code}`).toBe(true);
        expect(note.note, `${verb} ${note.code}`).not.toBe('');
        for (const id of note.programs) expect(reference.programs.has(id), id).toBe(true);
      }
    },
  );

  it('name a sender or a source for every code beyond the specifications', () => {
    for (const [verb, text] of reference.commands) {
      const noted = new Map((text.practice ?? []).map((note) => [note.code, note]));
      for (const code of commandOf(verb)?.practice ?? []) {
        const note = noted.get(code);
        expect(note, `${verb} ${code}`).toBeDefined();
        expect((note?.programs.length ?? 0) > 0 || note?.source !== undefined, `${verb} ${code}`).toBe(true);
      }
    }
  });

  it('show an argument exactly where the table knows of one', () => {
    const wrong: string[] = [];
    for (const [verb, text] of reference.commands) {
      const rest = text.syntax.slice(verb.length).trim();
      const use = rest === '' ? 'none' : rest.startsWith('[') ? 'optional' : 'required';
      if (verb !== 'STOU' && commandOf(verb)?.argument !== use) wrong.push(verb);
    }
    expect(wrong).toEqual([]);
  });
});

describe('comparisons', () => {
  it('name codes of the table, each pair once', () => {
    const seen = new Set<string>();
    for (const { codes } of [...reference.pairs]) {
      const key = [...codes].sort().join(' ');
      expect(seen.has(key), key).toBe(false);
      seen.add(key);
      for (const code of codes) expect(reference.replies.has(code), String(code)).toBe(true);
    }
    expect(reference.pairs).toHaveLength(53);
  });

  it('written by hand are confused pairs too', () => {
    const pairs = reference.pairs.map((pair) => pair.codes.join(' '));
    for (const comparison of reference.comparisons) expect(pairs).toContain(comparison.codes.join(' '));
  });
});

describe('replyAdvice', () => {
  it('has one line for every failure of today', () => {
    for (const { code, status } of replySpecs) {
      if (code < 400 || status === 'historic') continue;
      expect(replyAdvice(code, ''), String(code)).toMatch(/^\S.{4,98}\.$/);
    }
  });

  it('fits a line for every failure of every command', () => {
    for (const verb of verbs) {
      const spec = commandOf(verb);
      for (const code of [...(spec?.replies ?? []), ...(spec?.practice ?? [])]) {
        const advice = replyAdvice(code, verb);
        expect(advice.length, `${verb} ${code}`).toBeLessThanOrEqual(100);
        expect(advice === '', `${verb} ${code}`).toBe(code < 400);
      }
    }
  });

  it.each([
    [550, 'MKD', 'exist already'],
    [550, 'RETR', 'upper and lower case'],
    [530, 'PASS', 'guessing'],
    [530, 'LIST', 'Log in first'],
    [503, 'RNTO', 'RNFR'],
    [521, 'MKD', 'harmless'],
    [521, 'RETR', 'PROT P'],
    [425, 'PASV', 'port range'],
    [499, '', 'Try again'],
    [599, '', 'Do not repeat'],
  ])('of %i to %s speaks of %j', (code, verb, words) => {
    expect(replyAdvice(code, verb)).toContain(words);
  });

  it.each([150, 200, 214, 221, 226, 331])('is silent about %i', (code) => {
    expect(replyAdvice(code, 'RETR')).toBe('');
  });
});

/** Pairs of code and verb that one part of the reference states and the table of commands does not know. */
function unknownPairs(pairs: Iterable<readonly [verb: string, code: number]>): readonly string[] {
  const unknown = new Set<string>();
  for (const [verb, code] of pairs) if (!accepts(verb, code)) unknown.add(`${verb} ${code}`);
  return [...unknown].sort();
}

/** Verbs in a text about when a code is seen. Behind `before`, `without` or `not` they are named for contrast. */
function* verbsIn(text: string): Iterable<string> {
  const plain = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(
      /\b(?:before|without|not|no|until|instead of|unlike|in|with|that) +[A-Z]{3,4}(?: (?:and|or) [A-Z]{3,4})?\b/g,
      ' ',
    );
  for (const [word] of plain.matchAll(/\b(?:SITE )?[A-Z][A-Z0-9]{2,}\b/g)) {
    if (isVerb(word)) yield word;
    else if (word.startsWith('SITE ') && isVerb('SITE')) yield 'SITE';
  }
}

describe('the table of commands knows every pair of command and code', () => {
  it('of when a code is seen', () => {
    const pairs = [...reference.replies.values()].flatMap(({ code, seen }) =>
      [...verbsIn(seen)].map((verb) => [verb, code] as const),
    );
    expect(pairs.length).toBeGreaterThan(150);
    expect(unknownPairs(pairs)).toEqual([]);
  });

  it('of the readings', () => {
    expect(
      unknownPairs(reference.readings.flatMap(({ code, verbs: of }) => of.map((verb) => [verb, code] as const))),
    ).toEqual([]);
  });

  it('for which there is advice, or a kind, of its own', () => {
    const pairs: (readonly [string, number])[] = [];
    for (const verb of verbs) {
      for (const { code } of replySpecs) {
        const special = replyAdvice(code, verb) !== replyAdvice(code, '') || kindOf(code, verb) !== kindOf(code, '');
        // 120 and 220 are greetings only where nothing was asked.
        if (special && code !== 120 && code !== 220) pairs.push([verb, code]);
      }
    }
    expect(pairs.length).toBeGreaterThan(50);
    expect(unknownPairs(pairs)).toEqual([]);
  });

  it('of X verbs as of the plain ones', () => {
    for (const verb of verbs) {
      const plain = commandOf(plainVerb(verb) ?? '');
      if (plain === undefined) continue;
      expect(reference.commands.get(verb)?.aliasOf).toBe(plain.verb);
      expect(unknownPairs([...plain.replies, ...plain.practice].map((code) => [verb, code] as const))).toEqual([]);
    }
  });
});

describe('the tables and the pages', () => {
  it('agree that SITE subcommands may get what their pages say', () => {
    for (const [verb, text] of reference.commands) {
      if (!verb.startsWith('SITE ')) continue;
      for (const note of text.practice ?? [])
        expect(legal('SITE', verb.slice(5), note.code), `${verb} ${note.code}`).toBe(true);
    }
  });
});
