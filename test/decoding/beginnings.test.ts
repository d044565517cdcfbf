import { expect, test } from 'vitest';
import { Beginnings } from '../../src/decoding/beginnings.ts';

const notes = new Beginnings(`
  File: … --…
  Añadido … ␣␣=> … über…
`);

test('a beginning ends with its mark, and may begin with blanks that are written', () => {
  expect(['File: a', '-- 1', 'Añadido x', '  => b', 'über'].filter((text) => !notes.begin(text))).toEqual([]);
  expect(['', 'File:', 'file: a', '=> b', ' -- 1', 'Ü', 'a File: '].filter((text) => notes.begin(text))).toEqual([]);
});

test('a beginning may stand further on', () => {
  expect(notes.begin('10:00 File: a', 6)).toBe(true);
  expect(notes.begin('10:00 File: a', 5)).toBe(false);
  expect(notes.begin('File: a', 99)).toBe(false);
});

test('a text that no mark ends is a mistake', () => {
  expect(() => new Beginnings('File: … --')).toThrow('each beginning ends');
  expect(() => new Beginnings('… --…')).toThrow('each beginning ends');
});
