import { describe, expect, it } from 'vitest';
import { comparisonPage } from '../../src/explain/comparison.ts';
import { compareReplies, explainReply } from '../../src/explain/index.ts';
import { layOut } from '../../src/explain/layout.ts';
import type { Page } from '../../src/explain/pages.ts';
import { renderMarkdown } from '../../src/explain/render-markdown.ts';
import { renderText } from '../../src/explain/render-text.ts';
import { replyPage } from '../../src/explain/reply.ts';
import { searchPage } from '../../src/explain/search.ts';
import { suggestions } from '../../src/explain/suggest.ts';
import { answerPage, verbPage } from '../../src/explain/verb.ts';
import { verbs } from '../../src/protocol/commands.ts';
import { reference } from '../../src/protocol/reference/index.ts';
import { replySpecs } from '../../src/protocol/replies.ts';

const codes = replySpecs.map((spec) => spec.code);

describe('explainReply', () => {
  it('tells what a code is, when it comes and what to do', async () => {
    const page = await explainReply(425);
    expect(page).toMatchObject({
      known: true,
      class: 'transient-negative',
      kind: 'connection',
      fix: true,
      endsSession: 'no',
    });
    expect(page.whatToDo[0]).toContain('passive port range');
    expect(page.elicitedBy.specified).toContain('RETR');
    expect(page.confusedWith.map((other) => other.code)).toContain(426);
  });

  it.each([299, 699, 123, 460])('explains %i, which nobody defines, by its digits', async (code) => {
    const page = await explainReply(code);
    expect(page.known).toBe(false);
    expect(page.meaning).toContain(page.firstDigit.meaning);
    expect(page.whatToDo.length).toBeGreaterThan(0);
  });

  it.each([-1, 700, 1.5, Number.NaN])('refuses %d', async (code) => {
    await expect(explainReply(code)).rejects.toThrow(RangeError);
  });
});

describe('compareReplies', () => {
  it('takes what a person wrote about 214 and 221, in either order', async () => {
    const page = await compareReplies(221, 214);
    expect(page).toMatchObject({
      written: true,
      codes: [221, 214],
      names: ['Service closing control connection', 'Help message'],
    });
    expect(page.rows.find(([aspect]) => aspect === 'Answers')).toEqual([
      'Answers',
      'QUIT',
      'HELP, HELP command, SITE HELP',
    ]);
    expect(page.use[0]).toContain('leaves properly');
  });

  it.each([
    [450, 550, 'temporary'],
    [550, 450, 'temporary'],
    [331, 332, 'account'],
    [150, 226, 'begins a transfer'],
  ])('of %i and %i begins with what tells them apart', async (a, b, words) => {
    const page = await compareReplies(a, b);
    expect(page.differences[0]).toContain(words);
  });

  it('turns the uses of a pair with the codes', async () => {
    const [there, back] = [await compareReplies(450, 550), await compareReplies(550, 450)];
    expect(there.use).toEqual([back.use[1], back.use[0]]);
  });

  it('has something to say of any two codes', () => {
    for (const a of [...codes, 299, 599]) {
      for (const b of codes) {
        if (a === b) continue;
        const page = comparisonPage(reference, a, b);
        expect(page.differences.length, `${a} ${b}`).toBeGreaterThan(0);
        expect(page.rows.length, `${a} ${b}`).toBeGreaterThan(5);
        for (const row of page.rows) expect(row[1] !== '' && row[2] !== '', `${a} ${b} ${row[0]}`).toBe(true);
        for (const line of [...page.same, ...page.differences]) expect(line, `${a} ${b}`).toMatch(/[.)]$/);
      }
    }
  });
});

describe('verbPage', () => {
  it('exists for every command', () => {
    for (const verb of verbs) expect(verbPage(reference, verb)?.verb).toBe(verb);
    expect(verbPage(reference, 'XYZZY')).toBeUndefined();
  });

  it('tells what is secret and what follows', () => {
    expect(verbPage(reference, 'PASS')?.secret).toContain('***');
    expect(verbPage(reference, 'RNFR')?.after).toEqual(['RNTO']);
    expect(verbPage(reference, 'RETR')?.data).toBe('a file from server to client');
    expect(verbPage(reference, 'SITE CHPASS')?.secret).toContain('word 2');
  });
});

describe('answerPage', () => {
  it.each([
    ['RETR', 550, 'specified', 'No such file'],
    ['STAT', 221, 'practice', 'no goodbye'],
    ['MKD', 521, 'specified', 'exists already'],
    ['HOST', 220, 'specified', 'no greeting'],
    ['NOOP', 501, 'common', 'argument'],
    ['HELP', 221, 'unexpected', 'logs the user out'],
    ['RNFR', 350, 'specified', 'first half'],
  ])('of %s and %i: %s', (verb, code, standing, words) => {
    const page = answerPage(reference, verb, code);
    expect(page.standing).toBe(standing);
    expect(page.meaning).toContain(words);
  });
});

describe('every page', () => {
  const pages: readonly Page[] = [
    ...codes.map((code) => replyPage(reference, code)),
    ...verbs.map((verb) => verbPage(reference, verb)).filter((page) => page !== undefined),
    ...reference.pairs.map(({ codes: [a, b] }) => comparisonPage(reference, a, b)),
  ];

  it.each([80, 60, 40])('fits %i columns', (width) => {
    for (const page of pages) {
      for (const line of renderText(layOut(page), { width, color: false }).split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trimEnd());
      }
    }
  });

  it('keeps its words when it is wrapped', () => {
    const page = replyPage(reference, 550);
    const wide = renderText(layOut(page), { width: 100, color: false }).split(/\s+/);
    const narrow = renderText(layOut(page), { width: 60, color: false }).split(/\s+/);
    expect(narrow).toEqual(wide);
  });

  it('has colour only where asked, and the same words', () => {
    const document = layOut(replyPage(reference, 550));
    const colored = renderText(document, { width: 80, color: true });
    expect(colored).toContain('\u001b[1;31m550\u001b[0m');
    expect(colored.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(renderText(document, { width: 80, color: false }));
  });

  it('is JSON and Markdown too', () => {
    for (const page of pages) {
      expect(JSON.parse(JSON.stringify(page))).toEqual(page);
      expect(renderMarkdown(layOut(page))).toMatch(/^# /);
    }
  });

  it('escapes what Markdown and HTML would take for syntax', () => {
    expect(renderMarkdown(layOut(replyPage(reference, 229)))).toContain('(\\|\\|\\|port\\|)');
    expect(renderMarkdown(layOut(replyPage(reference, 354)))).toContain('\\<CRLF\\>');
  });
});

describe('searchPage', () => {
  it.each([
    ['data connection', '425', 5],
    ['data connection', '150', 5],
    ['quota', '552', 3],
    ['help', 'HELP', 3],
    ['help', '214', 3],
    ['passive', '227', 5],
    ['550', '550', 1],
    ['goodbye', '221', 3],
    ['not logged in', '530', 2],
    ['rename', 'RNFR', 5],
    ['disk full', '452', 3],
    ['PASS', 'PASS', 1],
  ])('for %j finds %s among the first %i', (query, key, place) => {
    const keys = searchPage(reference, [], query).hits.map((hit) => hit.key);
    expect(keys.slice(0, place)).toContain(key);
  });

  it('prefers pages with all words, and finds nothing for nothing', () => {
    expect(searchPage(reference, [], 'qqq').hits).toEqual([]);
    expect(searchPage(reference, [], '').hits).toEqual([]);
    expect(searchPage(reference, [], 'quota qqq').hits.length).toBeGreaterThan(0);
  });
});

describe('suggestions', () => {
  it.each([
    ['RETRV', 'RETR'],
    ['RTER', 'RETR'],
    ['pasw', 'PASV'],
    ['bounce-prt', 'bounce-port'],
    ['SITE CHMD', 'SITE CHMOD'],
  ])('for %s name %s', (word, meant) => {
    expect(suggestions(word, [...verbs, 'bounce-port'])).toContain(meant);
  });

  it.each(['nonsense', '', 'a'.repeat(10_000)])('for %j are none', (word) => {
    expect(suggestions(word, [...verbs, 'bounce-port'])).toEqual([]);
  });
});
