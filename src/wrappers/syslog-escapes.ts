/** `#015#012`: how rsyslog writes control characters, and with 8-bit escapes on every octet that is not ASCII. */
import { octetsAsText } from './octets.ts';

function octal(text: string, at: number): number {
  let value = 0;
  for (let i = at; i < at + 3; i++) {
    const c = text.charCodeAt(i) - 48;
    if (!(c >= 0 && c <= 7)) return -1;
    value = value * 8 + c;
  }
  return value;
}

/** A control character or an octet above ASCII: what rsyslog escapes. `#100` in a name is a name. */
function isEscaped(value: number): boolean {
  return (value >= 0 && value < 32) || (value >= 127 && value < 256);
}

/** The text with its escapes undone, and without the line end it closed with. */
export function unescaped(text: string): string {
  let hash = text.indexOf('#');
  if (hash < 0) return text;
  let out = '';
  let done = 0;
  let high = false;
  while (hash >= 0) {
    const value = octal(text, hash + 1);
    if (isEscaped(value)) {
      out += text.slice(done, hash) + String.fromCharCode(value);
      high ||= value >= 128;
      done = hash + 4;
    }
    hash = text.indexOf('#', Math.max(done, hash + 1));
  }
  if (done === 0) return text;
  const plain = out + text.slice(done);
  return withoutEnd(high && isLatin1(plain) ? octetsAsText(plain) : plain);
}

function withoutEnd(text: string): string {
  let end = text.length;
  if (text.charCodeAt(end - 1) === 32 && text.charCodeAt(end - 2) === 10) end--;
  while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end === text.length ? text : text.slice(0, end);
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
