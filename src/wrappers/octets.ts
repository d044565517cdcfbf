/** Octets that a wrapper wrote as numbers, as text: UTF-8 if they are that, Latin-1 otherwise. */
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** The text of octets given as characters below U+0100. */
export function octetsAsText(octets: string): string {
  const bytes = new Uint8Array(octets.length);
  for (let i = 0; i < octets.length; i++) bytes[i] = octets.charCodeAt(i);
  const text = decoder.decode(bytes);
  return text.includes('\ufffd') ? octets : text;
}
