/** Short words as numbers, and the table of them. */
import { expect, it } from 'vitest';
import { packedWord, WordTable } from '../src/word-table.ts';

const words = ['A', 'Z', 'LIST', 'PWD', 'gz', 'p12', '_', 'ZZZZ', '~', 'STOR', 'RETR', 'RNFR', 'RNTO'];

it('takes up to four ASCII characters, small letters as capitals', () => {
  expect(packedWord('list', 0, 4)).toBe(packedWord('LIST', 0, 4));
  expect(packedWord('a LIST b', 2, 6)).toBe(packedWord('LIST', 0, 4));
  expect(new Set(words.map((word) => packedWord(word, 0, word.length))).size).toBe(words.length);
  expect(packedWord('LISTS', 0, 5)).toBe(-1);
  expect(packedWord('straß', 2, 5)).toBe(-1);
});

it('finds each word and no other', () => {
  const packed = words.map((word) => packedWord(word, 0, word.length));
  const table = new WordTable(packed.map((word, i) => [word, i + 1]));
  expect(packed.map((word) => table.get(word))).toEqual(words.map((_, i) => i + 1));
  for (let c = 33; c < 127; c++)
    for (const word of [String.fromCharCode(c), `L${String.fromCharCode(c)}ST`]) {
      const key = packedWord(word, 0, word.length);
      expect(table.get(key)).toBe(packed.indexOf(key) + 1);
    }
  for (const none of [0, -1]) expect(table.get(none)).toBe(0);
});
