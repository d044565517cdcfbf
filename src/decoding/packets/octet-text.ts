/** Text as Wireshark shows octets: `\r\n`, `\t`, `\"`, `\\`, `\303\251`. */

const backslash = 92;

/** The octets behind the escapes, as text. */
export function wireText(shown: string): string {
  let at = shown.indexOf('\\');
  if (at < 0) return shown;
  let out = '';
  let done = 0;
  while (at >= 0) {
    if (at > done) out += shown.slice(done, at);
    const octal = octalAt(shown, at + 1);
    if (octal >= 0x80) {
      done = octetsEnd(shown, at);
      out += octetsOf(shown, at, done);
    } else if (octal >= 0) {
      out += String.fromCharCode(octal);
      done = at + 4;
    } else if (at + 1 < shown.length) {
      out += unescaped(shown.charAt(at + 1));
      done = at + 2;
    } else done = at;
    at = shown.indexOf('\\', done === at ? done + 1 : done);
  }
  return done < shown.length ? out + shown.slice(done) : out;
}

/** Index behind the escaped octets beyond ASCII that follow one another. */
function octetsEnd(shown: string, at: number): number {
  let end = at;
  while (shown.charCodeAt(end) === backslash && octalAt(shown, end + 1) >= 0x80) end += 4;
  return end;
}

function octetsOf(shown: string, at: number, end: number): string {
  const buffer = Buffer.allocUnsafe((end - at) / 4);
  for (let i = at; i < end; i += 4) buffer[(i - at) / 4] = octalAt(shown, i + 1);
  return buffer.toString('utf8');
}

function unescaped(c: string): string {
  switch (c) {
    case 'r':
      return '\r';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '0':
      return '\0';
    case '"':
    case '\\':
      return c;
    default:
      return `\\${c}`;
  }
}

function octalAt(text: string, at: number): number {
  if (at + 3 > text.length) return -1;
  let value = 0;
  for (let i = at; i < at + 3; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 7) return -1;
    value = value * 8 + digit;
  }
  return value < 256 ? value : -1;
}
