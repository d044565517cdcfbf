/** Percent-encoding of paths in transfer logs. */

/** The text behind `%C3%A9`, as UTF-8, or as Latin-1 where it is none; unchanged if nothing is encoded. */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  const octets: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i) === 37 ? Number.parseInt(text.slice(i + 1, i + 3), 16) : Number.NaN;
    if (octet >= 0 && i + 2 < text.length) {
      octets.push(octet);
      i += 2;
    } else for (const unit of Buffer.from(text.charAt(i))) octets.push(unit);
  }
  const buffer = Buffer.from(octets);
  const utf8 = buffer.toString('utf8');
  return utf8.includes('\ufffd') ? buffer.toString('latin1') : utf8;
}
