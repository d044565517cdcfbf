/** Percent-encoding of paths in transfer logs. */

/** The text behind `%C3%A9`, as UTF-8, or as Latin-1 where it is none; unchanged if nothing is encoded. */
export function percentDecoded(text: string): string {
  let at = text.indexOf('%');
  if (at < 0) return text;
  let out = '';
  let done = 0;
  for (; at >= 0; at = text.indexOf('%', at)) {
    const octet = octetAt(text, at);
    if (octet >= 0x80) return octetsDecoded(text);
    if (octet < 0) at++;
    else {
      out += text.slice(done, at) + String.fromCharCode(octet);
      at += 3;
      done = at;
    }
  }
  return out + text.slice(done);
}

/** The same where octets beyond ASCII are encoded. */
function octetsDecoded(text: string): string {
  const buffer = Buffer.allocUnsafe(text.length * 3);
  let n = 0;
  let done = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    const octet = octetAt(text, at);
    if (octet < 0) at++;
    else {
      if (at > done) n += buffer.write(text.slice(done, at), n);
      buffer[n++] = octet;
      at += 3;
      done = at;
    }
  }
  n += buffer.write(text.slice(done), n);
  const utf8 = buffer.toString('utf8', 0, n);
  return utf8.includes('\ufffd') ? buffer.toString('latin1', 0, n) : utf8;
}

/** The octet that `%XX` at `at` stands for; -1 if none does. */
function octetAt(text: string, at: number): number {
  const high = nibble(text.charCodeAt(at + 1));
  const low = nibble(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function nibble(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
