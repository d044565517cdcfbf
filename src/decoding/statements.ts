/**
 * What client programs say in words of a control connection: that TLS is up, that the login succeeded. Clients that show
 * no AUTH (implicit TLS) or no USER (FileZilla's pane, the lower log levels of others) say at least this.
 */

const tls: readonly RegExp[] = [
  // FileZilla, WinSCP, CuteFTP, FlashFXP, SmartFTP, Core FTP, Rebex
  /\b(?:TLS|SSL)(?:\/(?:TLS|SSL))?(?:v?\d[\d.]*)?\b[\w ,/.-]*\b(?:connection|session|handshake|negotiation|channel)\b[\w ]*\b(?:established|successful|successfully|complete|completed|succeeded|negotiated)\b/i,
  /\b(?:secure|secured|encrypted)\b[\w /]*\b(?:connection|session|channel)\b[\w ]*\b(?:established|negotiated)\b/i,
  // curl, WinSCP, basic-ftp, FluentFTP, FlashFXP, lftp
  /^(?:SSL connection using (?:TLS|SSL)|Using (?:TLS|SSL)v|Connected using (?:TLS|SSL)|Control socket is using: (?:TLS|SSL)|Login security: (?:TLS|SSL)|FTPS authentication successful|Connection is encrypted|Certificate: )/i,
];
const denial = /\b(?:not?|failed|failure|error|cannot|unable|without|data)\b/i;
const login = /^(?:Logged in\b|Login successful\b|Login OK\b|Logon successful\b|User logged in\b)/i;

/** `tls`, `login`, or '' where the note says neither. */
export function statedIn(note: string): 'tls' | 'login' | '' {
  if (login.test(note)) return 'login';
  if (denial.test(note)) return '';
  return tls.some((words) => words.test(note)) ? 'tls' : '';
}
