/** Pages of digits (`2yz`, `x3z`) and of numbers that are no codes (`10054`). */
import type { Reference } from '../protocol/reference/index.ts';
import type { DigitText } from '../protocol/reference/types.ts';
import { replySpecs } from '../protocol/replies.ts';
import type { DigitsPage, NumberPage } from './pages.ts';

/** The page of `2yz`, `2xx`, `x3z` or `x3x`; undefined for anything else. */
export function digitsPage(reference: Reference, word: string): DigitsPage | undefined {
  const text = word.toLowerCase();
  if (text.length !== 3) return undefined;
  const [first = '', second = '', third = ''] = text;
  if (isDigit(first) && isOpen(second) && isOpen(third)) {
    return pageOf(reference.firstDigits[Number(first)], (code) => Math.floor(code / 100) === Number(first));
  }
  if (isOpen(first) && isDigit(second) && isOpen(third)) {
    const digit = Number(second);
    return pageOf(reference.secondDigits[digit], (code) => Math.floor(code / 10) % 10 === digit && code >= 100);
  }
  return undefined;
}

/** The page of a number that stands where a code is expected; undefined if it is not one of those. */
export function numberPage(reference: Reference, word: string): NumberPage | undefined {
  const key = word.length === 3 && word.startsWith('9') ? '9yz' : word;
  const found = reference.foreignNumbers.find(({ number }) => number === key);
  if (found === undefined) return undefined;
  const { origin, meaning, todo } = found;
  return { page: 'number', number: word, origin, meaning, whatToDo: todo };
}

function pageOf(text: DigitText | undefined, belongs: (code: number) => boolean): DigitsPage | undefined {
  if (text === undefined) return undefined;
  const { digits, name, meaning, todo } = text;
  const codes = replySpecs
    .filter((spec) => belongs(spec.code))
    .map((spec) => ({ code: spec.code, name: spec.name, status: spec.status }));
  return { page: 'digits', digits, name, meaning, whatToDo: todo, codes };
}

function isDigit(text: string): boolean {
  return text >= '0' && text <= '9';
}

function isOpen(text: string): boolean {
  return text === 'x' || text === 'y' || text === 'z';
}
