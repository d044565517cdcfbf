/**
 * What nc, Ncat, telnet, socat, `openssl s_client` and script(1) print around a conversation (seen in netcat-openbsd
 * 1.219, traditional netcat, Ncat 7, inetutils and BSD telnet, OpenSSL 3).
 */

import { Beginnings } from './beginnings.ts';

/** What they say, s_client in the last two lines. */
const notes = new Beginnings(`
  Trying … Escape character is… telnet>… telnet: … Connection to … Ncat: … nc: … listening on … Listening on …
  Connection received on … Connection from … inverse host lookup failed… DNS fwd/rev mismatch…
  Warning: inverse host lookup… Script started… Script done… Negotiating … Remote character set… will … SENT … RCVD …
  depth=… verify … Can't use SSL_get_servername… DONE… closed… read:errno… RENEGOTIATING… KEYUPDATE… SSL-Session…
  didn't found STARTTLS…
`);

/** A shell prompt in front of the call of such a program, or the call alone. */
const calls: readonly string[] = ['nc ', 'ncat ', 'netcat ', 'telnet ', 'socat ', 'openssl s_client', 'ftp '];

/** A note of the program that made the connection. */
export function isToolNote(text: string): boolean {
  if (notes.begin(text)) return true;
  if (text.includes(':error:') && text.includes(':SSL routines:')) return true;
  if (text.endsWith(' open') && text.includes('] ') && text.includes(' (')) return true;
  return isCall(text);
}

/** `$ nc -C host 21`, `root@box:~# telnet host 21`, `C:\> telnet host 21`. */
function isCall(text: string): boolean {
  for (const call of calls) {
    const at = text.indexOf(call);
    if (at < 0 || at > 80) continue;
    if (at === 0) return true;
    const mark = text.charCodeAt(at - 1) === 32 ? text.charCodeAt(at - 2) : text.charCodeAt(at - 1);
    if (mark === 36 || mark === 35 || mark === 37 || mark === 62) return true;
  }
  return false;
}

/** s_client begins to print certificates and session parameters; they end with the next reply. */
export function beginsTlsReport(text: string): boolean {
  return text.startsWith('CONNECTED(') || text.startsWith('Post-Handshake ') || text === '---';
}
