/** Text as Wireshark shows octets: `\r\n`, `\t`, `\"`, `\\`, `\303\251`. */

/** The octets behind the escapes, as text. */
export function wireText(shown: string): string {
  if (!shown.includes('\\')) return shown;
  let out = '';
  let octets: number[] = [];
  for (let i = 0; i < shown.length; i++) {
    const c = shown.charAt(i);
    const octal = c === '\\' ? octalAt(shown, i + 1) : -1;
    if (octal >= 0x80) {
      octets.push(octal);
      i += 3;
      continue;
    }
    if (octets.length > 0) {
      out += Buffer.from(octets).toString('utf8');
      octets = [];
    }
    if (octal >= 0) {
      out += String.fromCharCode(octal);
      i += 3;
    } else if (c === '\\' && i + 1 < shown.length) {
      i++;
      out += unescaped(shown.charAt(i));
    } else out += c;
  }
  return octets.length > 0 ? out + Buffer.from(octets).toString('utf8') : out;
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
