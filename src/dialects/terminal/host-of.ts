/** The host of `host:21`, `192.0.2.7:21`, `[2001:db8::1]:21` or of an address alone. */
export function hostOf(text: string): string {
  if (text.charCodeAt(0) === 91) {
    const end = text.indexOf(']');
    return end < 0 ? text.slice(1) : text.slice(1, end);
  }
  const colon = text.lastIndexOf(':');
  return colon > 0 && text.indexOf(':') === colon ? text.slice(0, colon) : text;
}
