/** Passwords in the userinfo of URLs (RFC 3986 §3.2.1), and of what people write without the scheme. */

const mask = '***';
const colon = 58;
const slash = 47;
const at = 64;
const bracket = 91;

/** Longest stretch in which the `@` of a password with a slash is looked for; bounds the work on hostile lines. */
const userinfoLimit = 256;

/** `user:password@` of URLs of any scheme, of none, and in percent-encoding becomes `user:***@`. */
export function maskUserinfo(text: string): string {
  const urls = maskUrls(text);
  if (!urls.includes('@')) return urls.includes('%40') ? maskEncoded(urls) : urls;
  return maskBare(urls);
}

/** `user:password@` in URLs of any scheme becomes `user:***@`. */
export function maskUrls(text: string): string {
  let scheme = text.indexOf('//');
  if (scheme < 0) return text;
  let masked = '';
  let copied = 0;
  while (scheme >= 0) {
    const start = scheme + 2;
    const end = userinfoEnd(text, start);
    const password = end < 0 ? -1 : text.indexOf(':', start) + 1;
    if (password > start && password < end && text.slice(password, end) !== mask) {
      masked += text.slice(copied, password) + mask;
      copied = end;
    }
    scheme = text.indexOf('//', Math.max(start, end));
  }
  return copied === 0 ? text : masked + text.slice(copied);
}

/**
 * Index of the `@` that ends the userinfo (RFC 3986 §3.2.1), -1 if there is none. The last `@` before the path
 * counts, since people do not encode theirs; for the same reason a slash ends the search only behind a port number.
 */
function userinfoEnd(text: string, start: number): number {
  if (text.charCodeAt(start) === bracket) return -1;
  let last = -1;
  let digitsOnly = true;
  let afterColon = false;
  const limit = Math.min(text.length, start + userinfoLimit);
  for (let i = start; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32 || c === 34 || c === 60 || c === 62) break;
    if (c === at) last = i;
    if (c === slash && (last >= 0 || !afterColon || digitsOnly)) break;
    if (afterColon && (c < 48 || c > 57)) digitsOnly = false;
    if (c === colon) afterColon = true;
  }
  return last;
}

const bare =
  /(?<![\w:.%+-]|\/\/)([\w.%+-]{1,64}):(?!\/\/|\*\*\*@)([^\s"'<>/@][^\s"'<>@]{0,127})@(?=\[|localhost\b|[\w-]+\.[\w.-]*\w)/g;
/** Words before a colon that name what follows: `Email:bob@example.org`. */
const labels =
  /^(?:mailto|e-?mail|mail|from|to|cc|bcc|user(?:name)?|name|login|contact|admin\w*|for|address|owner|author|by|guest|sip|xmpp|client|host|at|as|id|support|webmaster|\d+)$/i;

/** `bob:password@ftp.example.org` without a scheme. */
function maskBare(text: string): string {
  return text.replace(bare, (whole, user: string) =>
    labels.test(user.replace(/^\d{3}[ -]/, '')) ? whole : `${user}:${mask}@`,
  );
}

/** `ftp%3A%2F%2Fbob%3Apassword%40host`. */
function maskEncoded(text: string): string {
  return text.replace(/(%2f%2f[^%\s]{1,64}(?:%3a|:))(?!\*\*\*)\S{1,256}?(%40)/gi, `$1${mask}$2`);
}
