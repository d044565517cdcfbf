/**
 * What servers and clients say in words about a failure: phrases of products, and what each means. Facts are those of their
 * sources and manuals: vsftpd 3.0.3, ProFTPD 1.3.8 to 1.3.10, Pure-FTPd 1.0.50 to 1.0.54, pyftpdlib 2.2, SFTPGo and
 * ftpserverlib, FileZilla Server 0.9.54 and 1.7, IIS 7 and later, Apache MINA, ftp-srv 4.6, wu-ftpd, inetutils 2.4; FileZilla
 * 3.63, WinSCP, lftp, curl, wget, ncftp, tnftp, Python ftplib, basic-ftp, node-ftp, FluentFTP, commons-net, .NET.
 */
import { digits } from '../text.ts';

/** What a phrase means. One word, one meaning. */
export type Meaning =
  // The network, by the error of the system: of the control or of a data connection, as the context tells.
  | 'refused'
  | 'timed-out'
  | 'unreachable'
  | 'reset'
  | 'resolve-failed'
  | 'closed'
  // What is not FTP on the control connection.
  | 'ssh'
  | 'http'
  // TLS.
  | 'tls-not-resumed'
  | 'tls-data-failed'
  | 'tls-wrong-version'
  | 'tls-no-common'
  | 'tls-certificate'
  | 'tls-client-certificate'
  | 'tls-failed'
  | 'tls-server-key'
  | 'tls-not-offered'
  | 'tls-no-close'
  | 'tls-required'
  | 'tls-required-data'
  // Whom the server lets in.
  | 'limit'
  | 'address-denied'
  | 'login-home'
  | 'writable-root'
  | 'login-not-allowed'
  | 'login-wrong'
  | 'login-timeout'
  | 'empty-password'
  // Data connections.
  | 'ports-exhausted'
  | 'foreign-peer'
  | 'unroutable'
  | 'unroutable-replaced'
  | 'port-address-refused'
  | 'port-address-replaced'
  | 'active-disabled'
  | 'ipv6-pasv'
  | 'ipv6-none'
  | 'accept-timeout'
  | 'active-accept-timeout'
  | 'data-path'
  | 'data-timeout'
  | 'denied-write'
  | 'denied-read'
  | 'no-directory'
  | 'ipv6-epsv'
  | 'unroutable-tried'
  | 'prot-refused'
  | 'not-logged-in'
  | 'stalled'
  | 'epsv-off'
  | 'not-connected'
  // Sessions.
  | 'idle'
  | 'server-fault'
  | 'shutdown'
  // Files.
  | 'quota'
  | 'denied'
  | 'missing'
  | 'exists'
  | 'overwrite'
  | 'locked'
  | 'name-refused'
  | 'resume-refused'
  | 'ascii'
  | 'charset'
  | 'outside-root'
  | 'no-parent'
  // The dialogue.
  | 'listing-unknown'
  | 'out-of-step';

export interface Phrase {
  readonly meaning: Meaning;
  readonly words: RegExp;
  /** Only replies with such a code say it. */
  readonly code?: RegExp;
  /** Only replies to such a command say it. */
  readonly verb?: RegExp;
  /** Only a remark says it, no reply. */
  readonly remark?: true;
}

function phrase(meaning: Meaning, words: RegExp, more: Omit<Phrase, 'meaning' | 'words'> = {}): Phrase {
  return { meaning, words, ...more };
}

/** In the order in which they are tried: what is special comes before what is general. */
export const phrases: readonly Phrase[] = [
  // Other protocols
  phrase(
    'ssh',
    /^\W*SSH-\d|\bSFTP server\b.*\bFTP\b|\bFTP (?:connection|protocol)\b.*\bSFTP server|SSH2? command|\bto an SFTP server\b/i,
  ),
  phrase('http', /^\W*HTTP\/1|client sent HTTP command|\bHTTP command\b/i),

  // TLS on data connections
  phrase(
    'tls-not-resumed',
    /session reuse required|session of data connection (?:was )?not resumed|session of data connection has not resumed|did not reuse (?:TLS|SSL) session|No SSL session reuse on data channel|TLS session for the data connection was not resumed|TLS session resumption on data connection failed/i,
  ),
  phrase(
    'tls-data-failed',
    /Unable to build data connection: Operation not permitted|SSL connection failed|Failed making the data connection secure|Unknown TLS error on data connection|Wrong ALPN on data connection|unable to open data connection: TLS negotiation failed/i,
  ),
  phrase(
    'tls-required-data',
    /SSL\/TLS required on the data channel|Data connections? must be encrypted|cannot be opened with this PROT setting|PROT C is not allowed|requires protected data connection|unable to open transfer: TLS is required|PROT must be preceded/i,
  ),
  phrase(
    'tls-no-close',
    /terminated without SSL shutdown|non-properly terminated|unexpected length|did not properly shut down TLS|Unexpected SSL EOF|GnuTLS error -(?:9|110)\b|close notify/i,
    { remark: true },
  ),
  phrase(
    'tls-wrong-version',
    /wrong version number|WRONG_VERSION_NUMBER|unrecognized SSL message|unexpected TLS packet|GnuTLS error -(?:15|8)\b|packet with (?:an )?unexpected length|record version|Unsupported or unrecognized|http request/i,
  ),
  phrase(
    'tls-no-common',
    /protocol version|no shared cipher|unsupported protocol|handshake failure|dh key too small|cipher too weak|no suitable signature|NO_PROTOCOLS_AVAILABLE|alert internal error|no protocols available|TLS fatal alert|insufficient security/i,
  ),
  phrase(
    'tls-certificate',
    /certificate verif|self[- ]signed|unable to get local issuer|unknown ca\b|certificate (?:has )?expired|CERT_HAS_EXPIRED|ERR_TLS_CERT|DEPTH_ZERO|not trusted|certificate.*does not match|no alternative certificate|CERTIFICATE_VERIFY_FAILED|bad certificate/i,
  ),
  phrase('tls-client-certificate', /client certificate|peer did not return a certificate|Missing cert on/i),
  phrase(
    'tls-server-key',
    /cannot load RSA|could not set cipher list|Necessary security resource unavailable|RNG is not seeded|TLS handshake failed/i,
  ),
  phrase(
    'tls-required',
    /must use encryption|(?:SSL\/)?TLS is required|SSL\/TLS required on the control|Policy requires SSL|cleartext sessions|USE SECURE CONNECTION|Use AUTH first|authentication before identifying|requires? (?:a )?secure (?:connection|control)/i,
  ),
  phrase(
    'tls-not-offered',
    /does not support (?:FTP over TLS|AUTH TLS|or allow SSL)|server does not support or allow SSL|FTP over TLS is not supported|Unable to secure connection/i,
  ),
  phrase(
    'tls-failed',
    /SSL handshake failed|TLS handshake (?:failed|error|timed)|gnutls_handshake|SSL_accept|SSL_connect|SSL: |SSLError|ssl\.SSL|SSL connect error|Could not establish TLS|Can't establish TLS|Negotiation failed/i,
    { remark: true },
  ),

  phrase('prot-refused', /[Uu]nwilling to accept security parameter|does not allow protection for data/),

  // Limits and bans
  phrase(
    'address-denied',
    /failed login attempts|tcp_wrappers denial|Connection from \S+ \[\S+\] denied|banned|not allowed to connect from|unauthorized IP|server access from the IP|IP address was rejected|address.*not (?:allowed|permitted)|is not allowed from this address|Access denied\.? *(?:banned|your)/i,
  ),
  phrase(
    'limit',
    /too many (?:connect|users|clients|sessions|open sessions|transfers)|maximum (?:number of )?(?:allowed )?(?:clients|connections?|hosts|users|login limit|server connection)|maximum[^.]*already|\(the maximum\) are already|can't accept more than|more connections allowed|too many connections|MaxInstances|MaxClients|MaxConnections|Too many users|server is full|site is full|only one session from same|\bThe load was\b|already logged in, sorry|come back later|users are in\b/i,
  ),

  // Logins
  phrase('login-not-allowed', /no anonymous|anonymous only|only anonymous/i, { code: /^5/ }),
  phrase('login-not-allowed', /^Permission denied\.?$/i, { code: /^530$/ }),
  phrase('writable-root', /writable root inside chroot/i),
  phrase(
    'login-home',
    /home directory (?:inaccessible|not available|not found)|cannot change directory:|secure chroot|secure anonymous FTP|can't change directory to|Could not get home dir|invalid home dir|unable to set DefaultRoot|chdir\("[^"]*"\) failed|home directory .*not under|No directory! Logging in/i,
  ),
  phrase('empty-password', /Refusing empty password|empty password/i),
  phrase(
    'login-not-allowed',
    /Invalid shell|Limit access denies login|account (?:is )?(?:disabled|expired|locked|has been disabled)|has been disabled|can't trust you|access denied\.?$|Account is expired|Password has expired|password expir|protocol FTP is not allowed|Anonymous access not allowed|User in \/etc\/ftpusers|may not use encryption|pam_shells|pam_listfile|not allowed to use this protocol|login method .* is not allowed/i,
  ),
  phrase('not-logged-in', /Please login with USER|Log in with USER and PASS|Login with USER/i),
  phrase('login-timeout', /Login (?:time(?:out)?|exceeded)|Login time exceeded/i),
  phrase(
    'login-wrong',
    /Login incorrect|Login authentication failed|Authentication failed|Login or password incorrect|not accepted for login|cannot log in|no such user|Incorrect password|Login failed|Not logged in, user or password/i,
  ),

  // Data connections
  phrase(
    'ports-exhausted',
    /reserved TCP ports are busy|Could not create socket|Could not listen for passive|Cannot prepare for data connection|vsf_sysutil_bind|find open port in PassivePorts|valid passive port|Unable to find valid port|find a suitable port for|open listen port|Unable to bind data socket/i,
  ),
  phrase(
    'unroutable-replaced',
    /unroutable address.*(?:[Uu]sing|instead)|has been fixed|Using original connect|non-routable IPAD|using host address instead/i,
  ),
  phrase('unroutable', /unroutable address|PASV returned another host|Refused PASV address|invalid pasv_address/i),
  phrase(
    'port-address-refused',
    /Illegal (?:PORT|EPRT) command|won't open a connection to|Rejected data connection to foreign|PORT IP is not same|given address is not yours|Refused (?:PORT|EPRT)|requested IP address does not match/i,
  ),
  phrase(
    'foreign-peer',
    /Bad IP connecting|foreign (?:IP )?address|does not match (?:the )?control (?:connection|peer)|differs from control peer|Remote addresses do not match|security requirements not met|PASV port theft|mismatching address|did not originate from same IP|attempting data connection .* is not same as|made from an address that is different/i,
  ),
  phrase('port-address-replaced', /client sent RFC1918 address/i),
  phrase(
    'active-disabled',
    /Active mode is disabled|PORT (?:command )?is disabled|EPRT (?:command )?is disabled|Unable to service PORT|Passive URL not set|Passive connections not available/i,
  ),
  phrase('ipv6-pasv', /PASV on IPv6|PASV is only for IPv4|IPv6-conformant|use EPSV instead/i),
  phrase('ipv6-none', /Network protocol not supported|Bad network protocol/i),
  phrase(
    'active-accept-timeout',
    /Poll timeout waiting before accept|server to connect to the active data socket|Active data channel timed out|server cannot open connection in active mode|Can't connect to specified address|Can't build data connection|Could not open data connection to port|could not establish active connection|Accept timeout|accept(?:ing)? data socket/i,
  ),
  phrase(
    'accept-timeout',
    /Passive data channel timed out|failed to accept passive|Passive data transfer failed|Unable to accept data connection|The connection couldn't be accepted/i,
  ),
  phrase(
    'data-path',
    /Failed to establish connection|Unable to build data connection|Can't open data connection|Cannot open data connection|Can't open passive connection|No connection established|Could not open data connection|data connection could not be established|Transfer channel can't be opened|could not connect data socket|making data connection|open data connection to|available transfer strategies|data connection in passive mode/i,
  ),
  phrase(
    'data-timeout',
    /Data timeout|Data connection timed out|no new data for|data transfer timed out|Data transfer stall timeout|Timeout detected\. \(data connection\)/i,
  ),
  phrase(
    'stalled',
    /Operation too slow|Timeout \(data socket\)|FTP response timeout|Failure (?:reading|writing) network stream|Transfer connection interrupted|Error during read from data connection|Lost data connection|partial file|transfer closed with|Data connection error|Connection closed; aborted transfer|aborting transfer of|Slave went offline/i,
  ),
  phrase('epsv-off', /Disabling EPSV|EPSV failed, will try PASV/i, { remark: true }),
  phrase('not-connected', /Use PORT or PASV first|No data connection$|no transfer connection|Use PORT\/PASV first/i),

  // Sessions
  phrase(
    'shutdown',
    /shutting down|FTP server shut down|going offline|Kicked by|server is going down|Service is unavailable/i,
  ),
  phrase(
    'idle',
    /(?:^|421 |failed: )Timeout\.?$|Idle timeout|Activity timeout|No-transfer-time|no operation for|Timeout \(\d+ seconds\)|command timeout|typing a little faster|Control connection timed out|No transfer timeout|Session Timeout|idle timeout|Connection timed out\.$|\bidle\b.*disconnect/i,
  ),
  phrase(
    'server-fault',
    /^OOPS: |500 OOPS|priv_sock_get_cmd|child died|PR_SET_SECCOMP|internal server error|Local resource failure|SQL server seems to be down|Internal error|capset|bad bool value|unrecognised variable|cannot read user list/i,
  ),

  // Files
  phrase('denied-write', /(?:put|mkdir|store|upload)\w* failed: .*(?:denied|privileges)|Not enough privileges/i, {
    remark: true,
  }),
  phrase('denied-write', /^curl: \(25\) .*: 55[03]/, { remark: true }),
  phrase('quota', /^None; transfer aborted/),
  phrase(
    'quota',
    /quota|disk full|no space left|storage limit|space limit|exceeded storage|Failure writing to local file|Error during write to file|MaxStoreFileSize|not enough (?:disk )?space|Transfer limits exceeded|Errno 28/i,
  ),
  phrase('locked', /being used by another process|text file busy|\blocked\b|\bbusy\b/i),
  phrase(
    'name-refused',
    /denied by (?:Path)?(?:Deny|Allow)Filter|Prohibited (?:file|directory) name|Forbidden (?:filename|command argument)|name not allowed|filename not allowed|Filename invalid|Invalid file name|Directoryname not valid|Illegal character in|denied pattern/i,
  ),
  phrase(
    'charset',
    /Can't decode|can't decode path|failed to decode|Illegal character sequence|does not support non-ASCII|Invalid character sequence/i,
  ),
  phrase('outside-root', /outside the user's root/i),
  phrase(
    'ascii',
    /not allowed in ASCII mode|in ASCII mode are not supported|not implemented for Type A|resume of ASCII|ASCII resume/i,
  ),
  phrase(
    'resume-refused',
    /Append\/Restart not permitted|REST (?:STOR|RETR) not allowed|Restart offset|invalid REST|Couldn't use REST|Resuming transfers not allowed/i,
  ),
  phrase(
    'overwrite',
    /Overwrite permission denied|Rename permission denied|destination file already exists|Target name already exists|may not overwrite|Entry with same name/i,
  ),
  phrase('exists', /exists/i),
  phrase('missing', /No such file|not found|cannot find|doesn't exist|does not exist|No such directory/i),
  phrase(
    'denied',
    /Permission denied|Not enough privileges|Access is denied|Operation not permitted|not permitted|Read-only file system|Anonymous users/i,
  ),
  phrase('no-parent', /Could not create file/i),

  // The dialogue
  phrase('listing-unknown', /could not parse|format unknown|only supports MLSD|MLSD has been disabled/i),
  phrase(
    'out-of-step',
    /Unexpected reply|single <NL>|extra server response|Invalid server reply|Weird server reply|error_proto|address scan failure|protocol violation|Forgot to use 'await'/i,
    { remark: true },
  ),

  phrase('unroutable-tried', /connect to (?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]*:\d{4,5}.*fail/i, {
    remark: true,
  }),

  // curl's numbers, where it says no more
  phrase('login-wrong', /^curl: \(67\) .*530/, { remark: true }),
  phrase('tls-not-offered', /^curl: \(64\)/, { remark: true }),
  phrase('denied-read', /^curl: \((?:78|19)\) RETR response: 550/, { remark: true }),
  phrase('listing-unknown', /^curl: \(19\) RETR response: 500/, { remark: true }),
  phrase('no-directory', /^curl: \(9\)/, { remark: true }),
  phrase('ipv6-epsv', /Failed EPSV attempt, exiting/, { remark: true }),
  phrase('data-timeout', /^curl: \(28\) Connection time-out/, { remark: true }),
  phrase('refused', /^curl: \(7\) Failed to connect/, { remark: true }),

  // The network
  phrase(
    'resolve-failed',
    /could not resolve|Name or service not known|getaddrinfo|ENOTFOUND|Unknown host|name could not be resolved|host name resolve|nodename nor servname|gaierror|doesn't seem to exist/i,
    { remark: true },
  ),
  phrase('refused', /connection refused|ECONNREFUSED|actively refused|\b10061\b|remote host refused/i),
  phrase(
    'unreachable',
    /no route to host|network is unreachable|host is down|EHOSTUNREACH|ENETUNREACH|\b1006[5]\b|\b10051\b|network unreachable/i,
  ),
  phrase(
    'reset',
    /connection reset|ECONNRESET|forcibly closed|broken pipe|EPIPE|ECONNABORTED|connection abort|socket hang up/i,
  ),
  phrase('timed-out', /timed? ?-?out|ETIMEDOUT|Timeout/i),
  phrase(
    'closed',
    /closed (?:by|the) (?:remote|server|control)|remote host closed|Server closed connection|server has closed|EOFError|Closed without indication|Peer closed connection|closed unexpectedly|FIN packet/i,
    { remark: true },
  ),
];

/** A text that may hold a phrase at all. */
const hint =
  /tim|forbid|prohib|illegal|overwrit|renam|resum|restart|append|ascii|mode|pars|sorry|users|member|refus|reset|unreach|abort|TLS|SSL|SFTP|SSH|HTTP|clos|fail|error|E[A-Z]{5}|denied|allow|disab|limit|max|too many|root|home|login|password|shell|passive|port|address|bind|host|epsv|session|network|data|quota|space|exist|found|could|can't|cannot|unable|oops/i;

/** What a remark of a program says; '' if nothing of this. Never asked of what a client or server sent. */
export function meaningOfRemark(text: string): Meaning | '' {
  if (text.length > longestRemark || !hint.test(text) || quotesGood.test(text.slice(0, 80))) return '';
  for (const { meaning, words, code, verb } of phrases)
    if (code === undefined && verb === undefined && words.test(text)) return meaning;
  return '';
}

const longestRemark = 600;

/** A reply that refuses nothing: its text may hold any words. */
const quotesGood = /(?:^|[ '"<>=:])(?:1[25]0|125|2[0-5]\d|33[12])[ ,-]/;

/** What the text of a reply that refuses says of the cause; '' if nothing of this. */
export function meaningOfReply(code: number, verb: string, text: string): Meaning | '' {
  for (const p of phrases) {
    if (p.remark === true || (p.code !== undefined && !p.code.test(String(code)))) continue;
    if (p.verb !== undefined && !p.verb.test(verb)) continue;
    if (p.words.test(text)) return p.meaning;
  }
  return '';
}

const ofData =
  /data (?:socket|conn|chan|port|peer|transfer)|\bdata\)|transfer (?:connection|channel|strateg)|passive|\bPASV\b|\bEPSV\b|data socket|listing|data stream|2nd connection|active mode/i;
const ofControl = /control (?:socket|connection|channel)|\bcontrol\)|welcome|greeting|log ?in|connect to server/i;

/** Which connection a remark is about; '' where its words do not say it. */
export function aboutIn(text: string): '' | 'control' | 'data' {
  if (ofControl.test(text)) return 'control';
  return ofData.test(text) ? 'data' : '';
}

const quoted = /(?:^|[:("'[] ?|error |response )([45]\d\d)[ -][A-Za-z0-9"'/(]/;

/** Code of the reply that a remark quotes; 0 if there is none. */
export function codeIn(text: string): number {
  const code = quoted.exec(text)?.[1] ?? '';
  return code === '' ? 0 : digits(code, 0, 3);
}
