/** Pages of digits (`2yz`, `x3z`) and of numbers that are no codes (`10054`). */
import type { Reference } from '../protocol/reference/index.ts';
import type { DigitText } from '../protocol/reference/types.ts';
import { replySpecs } from '../protocol/replies.ts';
import type { DigitsPage, NumberPage } from './pages.ts';

/** The page of `2yz`, `2xx`, `2`, `200s`, `x3z` or `53x`; undefined for anything else. */
export function digitsPage(reference: Reference, word: string): DigitsPage | undefined {
  const text = opened(word.toLowerCase());
  if (text.length !== 3) return undefined;
  const [first = '', second = '', third = ''] = text;
  if (isDigit(first) && isDigit(second) && isOpen(third)) return groupPage(reference, Number(first), Number(second));
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

/** `5` and `500s` as `5yz`, `53` as `53z`. */
function opened(word: string): string {
  if (/^[1-6](?:00s)?$/.test(word)) return `${word.charAt(0)}yz`;
  return /^[1-6]\d$/.test(word) ? `${word}z` : word;
}

/** The page of `53z`: what both digits say, and the codes there are. */
function groupPage(reference: Reference, first: number, second: number): DigitsPage | undefined {
  const [a, b] = [reference.firstDigits[first], reference.secondDigits[second]];
  if (a === undefined || b === undefined || first === 0) return undefined;
  const text: DigitText = {
    digits: `${first}${second}z`,
    name: `${a.name}, ${b.name.toLowerCase()}`,
    meaning: `${a.meaning}. It is about: ${b.meaning}`,
    todo: a.todo,
  };
  return pageOf(text, (code) => Math.floor(code / 10) === first * 10 + second);
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
  return text === 'x' || text === 'y' || text === 'z' || text === '*' || text === '?';
}
