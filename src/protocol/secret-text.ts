/**
 * Secrets in free text: replies, arguments, lines that nothing understood. One function, {@link maskText}, whatever the
 * text is; {@link maskReply} and {@link maskUnknown} say how much doubt is allowed. What holds no secret comes back as the
 * same string.
 */
import { lazy } from '../lazy.ts';
import { commandOf, isVerb, isVerbAt, secretVerbs } from './commands.ts';
import { secretSort } from './secret-sort.ts';
import { gluedSecret, isFileName, isNearPass, isProse, isSecretKey, isUnlikeWord } from './secret-words.ts';
import { maskUserinfo } from './userinfo.ts';

const mask = '***';

/** How much of an unknown line is looked at; more is never shown. */
const lineLimit = 2000;

/** Secrets that the text itself tells: userinfo of URLs, values of keys, headers, quoted commands, what follows `password`. */
export function maskText(text: string): string {
  return maskProse(maskQuotedCommands(maskElements(maskPairs(maskHeaders(maskUserinfo(text)), false))), false);
}

/** {@link maskText} for the text of a reply, or its whole line: nothing is done where none of the signs is there. */
export function maskReply(text: string): string {
  if (isFormula(text)) return text.includes('@') || text.includes('\n') ? maskedReply(text) : text;
  return replyHint.test(text) ? maskedReply(text) : text;
}

/** {@link maskReply} for one line of the wire. */
export function maskReplyLine(line: string): string {
  return (isFormula(line) ? line.includes('@') : replyHint.test(line)) ? maskedReply(line) : line;
}

/** A text without these holds no secret that a reply tells (`Passive` is none). One search for all is cheapest. */
const replyHint = /[\n@=]|ass(?![iI])|ASS(?![iI])|pwd|Authorization/;

function maskedReply(text: string): string {
  const end = text.indexOf('\n');
  if (end >= 0)
    return [
      maskReply(text.slice(0, end)),
      ...text
        .slice(end + 1)
        .split('\n')
        .map(maskInner),
    ].join('\n');
  const userinfo = text.includes('@') ? maskUserinfo(text) : text;
  if (isFormula(text)) return userinfo;
  const refuses = text.charCodeAt(0) === 53;
  if (refuses && text.includes('Authorization')) return maskText(userinfo);
  return namesPassword(text) || text.includes('pwd') || (text.includes('=') && keyHint.test(text))
    ? maskText(userinfo)
    : userinfo;
}

/** Lines of such a length are the names of commands and features. */
const shortInner = 16;
const innerHint = /pass|psw|acct|log_?[io]n|logon|connect|cred|user|auth|secret|token|pwd|:\/\/|<|\s-[up]|open|[=@]/i;

/** A line inside a reply of several lines: it may say anything, and it may be a line that does not belong to the reply. */
export function maskInner(text: string): string {
  if ((text.length <= shortInner && !(text.length > 5 && /^\s*PASS /i.test(text))) || !innerHint.test(text))
    return text;
  return isListOfVerbs(text) ? text : maskAnything(text);
}

/** A line of HELP: commands alone, with a mark behind those that are not implemented. */
export function isListOfVerbs(text: string): boolean {
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = i < text.length ? text.charCodeAt(i) : blank;
    // Small letters, and what is no ASCII.
    if (c > 96) return false;
    if (c !== blank) continue;
    const end = i > start && text.charCodeAt(i - 1) === star ? i - 1 : i;
    if (i > start && !isVerbAt(text, start, end)) return false;
    start = i + 1;
  }
  return true;
}

const blank = 32;
const star = 42;

/** Text that may be a line for a shell, or of a program. */
export function maskAnything(text: string): string {
  return inPieces(text, (piece) => maskVerbs(maskFlags(maskText(maskCalls(piece)))));
}

/** A command line or a call, without commands of FTP in it. */
export function maskShell(text: string): string {
  return inPieces(text, (piece) => maskFlags(maskText(maskCalls(piece))));
}

/** Each line for itself, a long one in pieces: what hides the rest of a line hides no more, and the work is bounded. */
function inPieces(text: string, masked: (piece: string) => string): string {
  if (text.length <= lineLimit && !text.includes('\n')) return masked(text);
  const lines = text.split('\n').map((line) => {
    let out = '';
    for (let from = 0; from < line.length; ) {
      const piece = line.slice(from, from + lineLimit);
      const blank = from + piece.length < line.length ? piece.lastIndexOf(' ') : -1;
      out += masked(blank > 0 ? piece.slice(0, blank) : piece);
      from += blank > 0 ? blank : piece.length;
    }
    return out;
  });
  const whole = lines.join('\n');
  return whole === text ? text : whole;
}

/** The line of a reply that names a file or an address and is otherwise always the same: 125, 150, 213, 226, 227, 229. */
function isFormula(text: string): boolean {
  if (text.length < 3) return false;
  const first = text.charCodeAt(0);
  const third = text.charCodeAt(2);
  if (first === 49) return third === 48 || third === 53;
  if (first !== 50) return false;
  const second = text.charCodeAt(1);
  if (second === 49) return third === 51;
  return second === 50 && (third === 54 || third === 55 || third === 57);
}

const keyHint = /pass|p[ws]?w|secret|token|cred|kenn|senha|clave|contra|wacht|cookie|key|[^\x00-\x7f]/i;

/** Whether a word for a password stands there that neither ends the sentence nor is one for another thing (`Passive`). */
function namesPassword(text: string): boolean {
  return namesIn(text, 'ass') || namesIn(text, 'ASS');
}

/** `ass` of `pass` and `Pass`, `ASS` of `PASS`: two searches instead of three. */
function namesIn(text: string, ending: string): boolean {
  for (let at = text.indexOf(ending); at >= 0; at = text.indexOf(ending, at + 3)) {
    if (at === 0 || (text.charCodeAt(at - 1) | 32) !== 112) continue;
    const next = text.charCodeAt(at + 3) | 32;
    if (next === 105) continue;
    const end = next === 119 && text.startsWith('word', at + 3) ? at + 7 : at + 3;
    // `Please specify the password.`
    if (end === text.length || (end === text.length - 1 && text.charCodeAt(end) === 46)) continue;
    return true;
  }
  return false;
}

/** A key, its sign and a value, or a name, a password and a host, are longer. */
const shortest = 4;
/** An argument without these is told at one look. */
const freeSigns = /[\s@=<:]/;

/** PASS and a word, glued to what stands in front or behind the head of a line; a path may hold the word as well. */
function holdsPass(text: string): boolean {
  return gluedSecret(text) >= 0 || /[\]:>]\s+PASS\s/.test(text);
}

/** Whether an argument is told to hold no secret by its characters alone. */
export function isSimple(text: string): boolean {
  return text.length < shortest || !freeSigns.test(text);
}

/** An argument of a command that is no secret itself: a path, a URL, settings. */
export function maskFree(text: string): string {
  if (isSimple(text)) return text;
  // Flags, further lines and commands are no part of a path.
  if (text.includes(' -') || text.includes('\n') || (text.includes('PASS ') && holdsPass(text)))
    return maskAnything(text);
  return text.includes('@') || text.includes('%40') || keyHint.test(text) || headerHint.test(text)
    ? maskElements(maskPairs(maskHeaders(maskUserinfo(text)), false))
    : text;
}

/**
 * A line of unknown format, made fit to be shown: any doubt hides. `before` is the line before it: what answers a prompt
 * for a password is one.
 */
export function maskUnknown(line: string, before = ''): string {
  const text = line.slice(0, lineLimit);
  if (asksForSecret(before)) return text.trim() === '' ? text : mask;
  const dump = dumpStart(text);
  if (dump >= 0) return text.slice(0, dump) + mask;
  let masked = maskHeaders(maskUserinfo(text));
  masked = maskCalls(masked);
  masked = maskPairs(masked, true);
  masked = maskElements(masked);
  masked = maskFlags(masked);
  masked = maskVerbs(masked);
  masked = maskProse(masked, true);
  masked = maskBlobs(masked);
  return masked === text && credentialTopic.test(text.replace(/[^\s<>=]*\/[^\s<>=]*/g, ' '))
    ? maskUnlikeWords(text)
    : masked;
}

const promptEnd =
  /(?:pass(?:word|wd|phrase|code)?|passwort|kennwort|mot de passe|contrase\S{1,2}a|senha|secret|account)\b[^:?]{0,60}[:?]\s*$/i;
/** A code that asks, or digits that look like one, in whatever column. */
const askingDigits = /(?:^|[\s"'>:\]])33[12456](?=[ -]|$)/g;
/** `PASS` whose argument stands in the next line. */
const openPass = /\bPASS(?:\s+\S*)?\\$/;
const barePass = /\bPASS\s*$/;
/** What a reply asks for. A part of a path or of another word is none of it. */
const wanted =
  /(?<![\w/.-])(?:pass\w*|pw|kennwort|senha|clave|contrase\S+|wachtwoord|has[łl]o|secret|account|e-?mail|adat|challenge|otp|s\/key|mail)(?![\w/]|[.-]\w)/i;
const asking = /\b(?:requir|need|please|specify|enter|send|give|type|ok)/i;
/** Where a line of a conversation begins: behind a mark, a time or an address. */
const lineStart = /(?:^|[<>\]|)"']|\]:|<-+|\d[:.]\d+(?:[.,]\d+)?Z?)\s*$/;
/** Who speaks, or that somebody does. */
const speaker =
  /(?:^|\W)(?:c|s|r|w|client|server|command|cmd|repl(?:y|ied)|response|answer\w*|request|sen[dt]|sending|recv|received|got|said|in|out|rx|tx|\w*ftp\w*)\W*$/i;
/** Its command in front of the code. */
const userBefore = /\b(?:USER|ACCT|AUTH) \S/;
/** A word with a capital, a shout, or what is no ASCII. */
const sentence = lazy(() => /^(?:\p{Lu}(?:\p{Ll}|[\p{Lu}\d' ]*$)|[^\x20-\x7e])/u);
const levels = /^(?:error|warn|info|debug|trace|notice|fatal|verbose|critical)/i;

/** Whether what follows this line is most likely a password. */
export function asksForSecret(line: string): boolean {
  if (line === '' || line.length > lineLimit) return false;
  if (line.includes('33') && holdsAskingReply(line)) return true;
  if (line.includes('PASS') && (openPass.test(line) || endsInPass(line))) return true;
  return endsInQuestion(line) ? promptEnd.test(line) : line.includes('>') && opensSecret(line);
}

/** An element whose value stands in the next line: `<password>`, `<key>password</key>`. */
function opensSecret(line: string): boolean {
  const found = /<([\w:.-]{1,64})[^<>]{0,200}(?<!\/)>\s*$/.exec(line) ?? /<key>([^<]{1,64})<\/key>\s*$/.exec(line);
  return found !== null && isSecretKey(found[1] ?? '');
}

/** Whether one of the numbers of a line is the code of a reply: 331 may be a size, a time, a port or a line as well. */
function holdsAskingReply(line: string): boolean {
  for (const found of line.matchAll(askingDigits)) {
    const end = found.index + found[0].length;
    if (isAskingReply(line.slice(0, end - 3), line.slice(end + 1).trim())) return true;
  }
  return false;
}

function isAskingReply(before: string, text: string): boolean {
  if (userBefore.test(before)) return true;
  const begins = lineStart.test(before);
  if (text === '') return begins;
  const spoken = begins || speaker.test(before);
  const said = sentence().test(text) && !levels.test(text);
  if (wanted.test(text) && (said || (/^[\p{L}[(]/u.test(text) && (spoken || asking.test(text))))) return true;
  return spoken && (said || /^(?:[\w+/]{4,}=*$|\p{L}.*\?$)/u.test(text));
}

/** A command without its argument, and no verdict of a test: `login: PASS`. */
function endsInPass(line: string): boolean {
  if (!barePass.test(line)) return false;
  const before = line.slice(0, line.lastIndexOf('PASS'));
  return lineStart.test(before) || speaker.test(before);
}

/** The last sign that shows is a colon or a question mark. */
function endsInQuestion(line: string): boolean {
  let last = line.length - 1;
  while (last >= 0 && line.charCodeAt(last) <= 32) last--;
  const c = line.charCodeAt(last);
  return c === 58 || c === 63 || c > 127;
}

const quote = /^["'`]/;
/** A word is tried at its beginning only: from each of its letters, a long line of letters would take its square. */
const keyAndSign = lazy(
  () =>
    /(?<![\p{L}_$@])([\p{L}_$@][\p{L}\p{N}_.$@-]{0,255})([\\"'\])}>]{0,4}[ \t]{0,8}(?:=>|:=|->|={1,2}|:|,(?=[ \t]{0,4}\\?["'`]))[ \t]{0,8}\\?)/gu,
);

/** Values of secret keys: `FTP_PASS=x`, `"password": "x"`, `password => 'x'`, `setProperty("passwd", "x")`. */
function maskPairs(text: string, doubtful: boolean): string {
  if (!/[=:,]|->/.test(text)) return text;
  let out = '';
  let copied = 0;
  const pairs = keyAndSign();
  pairs.lastIndex = 0;
  for (let found = pairs.exec(text); found !== null; found = pairs.exec(text)) {
    const key = found[1] ?? '';
    const sign = found[2] ?? '';
    pairs.lastIndex = found.index + key.length;
    // `/etc/passwd: Permission denied`
    if (text.charAt(found.index - 1) === '/' && /:\s+$/.test(sign)) continue;
    if (!isSecretKey(key) || (sign.includes(',') && !/^\\?["'`]/.test(sign))) continue;
    let start = found.index + key.length + sign.length;
    if (quote.test(text.slice(start, start + 1))) start++;
    const end = valueEnd(text, start, sign, doubtful, found.index);
    const value = text.slice(start, end);
    pairs.lastIndex = Math.max(pairs.lastIndex, start);
    if (value.trim() === '' || isHonestValue(key, sign, value)) continue;
    out += text.slice(copied, start) + mask;
    copied = end;
    pairs.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** A value that is no secret: a mask, the folder of `PWD=`, the end of a sentence behind a colon. */
function isHonestValue(key: string, sign: string, value: string): boolean {
  if (secretSort(value) === 'masked') return true;
  if (/^(?:old)?pwd$/i.test(key) && /^(?:[/~\\]|[A-Za-z]:[\\/])/.test(value)) return true;
  if (/^(?:yes|no|true|false|none|null|undefined|required|optional)\b/i.test(value)) return true;
  // `Password: incorrect`, `Enter password: please`; a value of a setting stands alone.
  return sign.includes(':') && /^\s|\s$/.test(sign) && value.trim().split(/\s+/).every(isProse);
}

/** Where the value that starts here ends: at its quote, else at a blank or `&`; to the end of the line in doubt. */
function valueEnd(text: string, start: number, sign: string, doubtful: boolean, from: number): number {
  const opened = text.charAt(start - 1);
  if (opened === '"' || opened === "'" || opened === '`') return closing(text, start, opened);
  const alone = doubtful && (/[=:]\s+$/.test(sign) || text.slice(0, from).trim() === '');
  const stop = alone ? /\s+-{1,2}\w|\s+[\w.]+\s?[=:](?!\/)|\s[;|]|&&/ : /[\s&]/;
  const rest = text.slice(start);
  const at = rest.search(stop);
  return at < 0 ? text.length : start + at;
}

/** Index of the quote that closes the text which starts here; the end where none does. */
function closing(text: string, start: number, opened: string): number {
  for (let i = start; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '\\') i++;
    else if (c === opened) {
      if (text.charAt(i + 1) !== opened) return i;
      i++;
    }
  }
  return text.length;
}

/** `<Pass encoding="base64">x</Pass>`, `<key>password</key><string>x</string>`. */
function maskElements(text: string): string {
  if (!text.includes('<')) return text;
  return text
    .replace(
      /<([\w:.-]{1,64})([^<>]{0,200}>(?:<!\[CDATA\[)?)([^<]+)/g,
      (whole, name: string, more: string, value: string) =>
        isSecretKey(name) && value.trim() !== '' && secretSort(value) !== 'masked' ? `<${name}${more}${mask}` : whole,
    )
    .replace(/(<key>([^<]{1,64})<\/key>\s*<string>)([^<]+)/g, (whole, head: string, name: string) =>
      isSecretKey(name) ? head + mask : whole,
    );
}

const header = /\b((?:proxy-)?authorization|(?:set-)?cookie|x-(?:api|auth)-\w+)(["']?\s*[:=]\s*["']?)(?!\*\*\*)\S.*/i;
const scheme = /\b(Basic|Bearer|Negotiate|NTLM|AUTH(?: (?:PLAIN|LOGIN|[A-Z0-9-]+))?|ADAT)(\s+)([\w+/=.~-]{6,})/g;

const headerHint = /auth|cookie|x-|basic|bearer|negotiate|ntlm|adat/i;

/** Headers of HTTP, and what follows the name of a mechanism (RFC 7617, RFC 6750, RFC 4616). */
function maskHeaders(text: string): string {
  if (!headerHint.test(text)) return text;
  return text
    .replace(header, `$1$2${mask}`)
    .replace(scheme, (whole, name: string, blanks: string, value: string) =>
      /[a-z]/.test(value) && !isFileName(value) && (/[A-Z0-9=]/.test(value.slice(1)) || value.length > 20)
        ? `${name}${blanks}${mask}`
        : whole,
    );
}

const closers: ReadonlyMap<string, string> = new Map([
  ['‘', '’'],
  ['“', '”'],
  ['`', "`'"],
]);
const quotedCommand =
  /(["'`‘“])((?:PASS|ACCT|ADAT|SITE\s+\S*(?:PASS|PSWD|PASSWD|ADDUSER|USERADD)\S*)\s+)(?!\*\*\*)(.+)/i;
const shoutedPass = /(?<![A-Z_])PASS\s+(?!\*\*\*)(\S+)/g;

/** Commands that a reply repeats: `500 'PASS x': command not understood`, `500 PASS x: unknown`. */
function maskQuotedCommands(text: string): string {
  if (!/pass|acct|adat|site/i.test(text)) return text;
  return text
    .replace(quotedCommand, (whole, opened: string, command: string, rest: string) => {
      // The password itself may hold a quotation mark: the last of its kind closes.
      const close = Math.max(...(closers.get(opened) ?? opened).split('').map((c) => rest.lastIndexOf(c)));
      if (secretSort(close < 0 ? rest : rest.slice(0, close)) === 'masked') return whole;
      return opened + command + mask + (close < 0 ? '' : rest.slice(close));
    })
    .replace(shoutedPass, (whole, word: string) =>
      isProse(word) || isVerb(word.replace(/\W+$/, '')) || secretSort(word) === 'masked'
        ? whole
        : `PASS ${mask}${/[:,.'"]+$/.exec(word)?.[0] ?? ''}`,
    );
}

const passwordAndWord =
  /((?<![\p{L}\p{N}_/.-])(?:password|passwd|passphrase|passwort|kennwort|pass|pw)(?: for (?:user \S+|(?!user )\S+))?(?: (?:is|was|of|given|used|entered|tried|attempted|supplied|with))?[ \t]*[:=(]?[ \t]+|(?:password|passwd|passwort)[ \t]*[(:=]?[ \t]*(?=["'`‘“]))(["'`‘“]?)(?!\*\*\*)(\S+)/giu;

/** What a sentence calls the password: in quotes, or no word that a sentence about passwords has. */
function maskProse(text: string, doubtful: boolean): string {
  if (!/pass|pw|kennwort/i.test(text)) return text;
  return text.replace(passwordAndWord, (whole, head: string, opened: string, word: string) => {
    if (secretSort(word) === 'masked') return whole;
    if (opened === '' && (isProse(word) || !(doubtful || (isUnlikeWord(word) && !isFileName(word))))) return whole;
    const close = opened === '' ? (/[.,;:)]*$/.exec(word)?.[0] ?? '') : (/["'`’”].*$/.exec(word)?.[0] ?? '');
    return `${head}${opened}${mask}${close}`;
  });
}

const call =
  /\b[\w.$:>-]*(?:log_?[io]n|log_?on|connect|credential|auth|passw|sign_?in|open|ftp|session|securestring|access|client)\w*\s*\(/i;

/** Calls that take a password, in any language: `ftp.login("bob", "x")`, `ftp_login($c, 'bob', 'x')`. All their texts. */
function maskCalls(text: string): string {
  const found = call.exec(text);
  if (found !== null) {
    const head = found.index + found[0].length;
    return text.slice(0, head) + text.slice(head).replace(/(["'`])(?:\\.|(?!\1)[^\\])*(?:\1|$)/g, `$1${mask}$1`);
  }
  if (!/securestring|send|ftp::open|->login/i.test(text)) return text;
  return text.replace(
    /\b(securestring\s+(?:-\w+\s+)*|send(?:ln|_user)?\s+(?:--\s+)?|ftp::open\s+\S+\s+\S+\s+|->login\s+)("[^"]*"?|'[^']*'?|[^\s"'-]\S*)/gi,
    `$1${mask}`,
  );
}

/** Programs whose `-u` takes a name and a password. */
const credentialPrograms =
  /(?:^|[\s;|&$#"'(>])(?:curl\w*|lftp\w*|wget|wput|ncftp\w*|xh|https?|httpie|aria2c|ftp\w*|open|tnftp)(?:\.exe)?\s/i;
/** Programs whose `-u` is something else. */
const otherPrograms =
  /(?:^|[\s$#>;|&])(?:docker|podman|ps|id|date|chown|sudo|su|python\d?|perl|sort|git|tail|diff|rsync|cp|mv|tar|touch|ls|wc|env|journalctl|systemctl|find|xargs|netstat|ss|awk|sed|uniq|df|du|pgrep|pkill|top|crontab|install)\s/;
/** Programs whose `-p` or `-P` takes a password. */
const dashP =
  /\b((?:sshpass|mysql\w*|ncftp\w*|useradd|usermod|7z\w?|unzip|zip|rar|unrar|docker login|podman login|smbclient|mongo\w*|expect)\b.*?\s-[pP]\s?)(\S+)/i;
const userFlag =
  /((?:^|\s)(?:-[uUal]\s?|--(?:proxy-)?user[= ]\s*|--login[= ]|--auth[= ]))(\\?["']?)([^\s:,"'\\]+)([:,])(\S+)/g;
const passwordFlag = /((?:^|\s)(?:--?|\/)[\w-]*(?:password|passwd|passphrase|pass|pwd|pw|secret|token)\s+)(?!-)(\S+)/gi;

const flagHint = /(?:^|\s)[-/]|\buser\s+\S+\s|\blogin\s|<<<|\||htpasswd/i;

/** Flags of programs: `-u bob:x`, `-u bob,x`, `--password x`, `sshpass -p x`, `htpasswd -b file bob x`. */
function maskFlags(text: string): string {
  if (!flagHint.test(text)) return text;
  let masked = text;
  const credentials = credentialPrograms.test(text);
  const other = !credentials && otherPrograms.test(text);
  if (!other)
    masked = masked.replace(
      userFlag,
      (whole, flag: string, opened: string, name: string, sign: string, value: string) => {
        const numbers = /^\d+$/.test(name) && /^\d+$/.test(value);
        if (!credentials && (numbers || sign === ',' || /^[+/.%]/.test(name))) return whole;
        const close = /["']$/.exec(value)?.[0] ?? '';
        return `${flag}${opened}${name}${sign}${opened !== '' && close === '' ? mask : mask + close}`;
      },
    );
  // A blank within quotes: the rest goes, too.
  masked = masked.replace(/((?:-u|--user)[= ]?(["'])[^"':,]+[:,]\*\*\*)(?!\2).*?(?:\2|$)/, '$1$2');
  return masked
    .replace(passwordFlag, (whole, flag: string, value: string) => (isProse(value) ? whole : flag + mask))
    .replace(dashP, `$1${mask}`)
    .replace(/\b(htpasswd\s+-\S*b\S*\s+\S+\s+\S+\s+)\S.*/, `$1${mask}`)
    .replace(
      /\b((?:echo|printf)\s+)(?:(?!\|).)*(\|.*\b(?:passwd|chpasswd|ftp|lftp|nc|telnet|sudo|gpg|openssl)\b)/,
      `$1${mask} $2`,
    )
    .replace(/\b(chpasswd|passwd)(.*<<<\s*).*/, `$1$2${mask}`)
    .replace(/(\bnet\s+use\b.*?\/user:\S+\s+)\S+/i, `$1${mask}`)
    .replace(/((?:^\W*(?:quote\s+)?|l?ftp>\s*)user\s+\S+\s+)([^\s"\\]+)/i, (whole, head: string, word: string) =>
      isSentence(word) ? whole : head + mask,
    )
    .replace(/\b(login\s+\S+\s+)(?:(\*\*\*)|(\S+))/i, (whole, head: string, done: string | undefined, word: string) =>
      done !== undefined || isSentence(word) || !isUnlikeWord(word) ? whole : head + mask,
    );
}

/** Words that follow a user's name in logs, or `USER` in a list of commands. */
function isSentence(word: string): boolean {
  return (
    isProse(word) ||
    isVerb(word.replace(/\W+$/, '')) ||
    /^(?:logged|login|logon|connected|disconnected|quit|at|@|-|>|\()/i.test(word)
  );
}

/** Every verb and SITE subcommand with a secret argument, as a word anywhere in a line; made when first needed. */
const looseVerbs = lazy(() => {
  const all = [...new Set([...secretVerbs(), 'PASSWD', 'PASSWORD', 'USERADD', 'CHANGEPASS'])];
  // In small letters these are words of sentences.
  const shouted = all.filter((word) => /^(?:MIC|CONF|ENC)$/.test(word));
  const others = all.filter((word) => !shouted.includes(word)).map(anyCase);
  // In capital letters a command also stands against what was before it: `alicePASS x`, `K.r.PASS x`.
  const glued = all.filter((word) => !shouted.includes(word));
  return new RegExp(
    `((?<![\\w/.-])(?:${[...others, ...shouted].join('|')})|(?<![A-Z_/-])(?:${glued.join('|')}))\\b(?:["'\\]:=,]+\\s*|\\s+)(?=(\\S+))`,
    'g',
  );
});

function anyCase(word: string): string {
  return [...word].map((c) => (/[A-Z]/.test(c) ? `[${c}${c.toLowerCase()}]` : c)).join('');
}

/** What follows a word such as PASS is hidden to the end of the line, unless a sentence goes on there. */
function maskVerbs(text: string): string {
  const masked = verbHint.test(text) ? maskFirst(text, looseVerbs(), isCommandWithSecret) : text;
  return maskFirst(masked, shoutedWord, isMisspeltPass);
}

/** Something of every word of {@link looseVerbs}, which takes long to make. */
const verbHint = /pass|pswd|acct|adat|admin_login|adduser|useradd|blowfish|\bmic\b|\bconf\b|\benc\b/i;

/** Hides what is behind the first word of these that passes the test. */
function maskFirst(
  text: string,
  words: RegExp,
  test: (verb: string, word: string, text: string, at: number) => boolean,
): string {
  for (const found of text.matchAll(words)) {
    const end = found.index + found[0].length;
    if (text.startsWith(mask, end) || !test(found[1] ?? '', found[2] ?? '', text, found.index)) continue;
    return text.endsWith(mask) && !/\s/.test(text.slice(end).trimEnd()) ? text : text.slice(0, end) + mask;
  }
  return text;
}

function isCommandWithSecret(verb: string, word: string, text: string, at: number): boolean {
  if (isVerb(word.replace(/\W+$/, '')) || (/^pass(?:w(?:or)?d)?$/i.test(verb) && isProse(word))) return false;
  // In small letters it stands at the beginning, or before what is no word.
  return verb !== verb.toLowerCase() || text.slice(0, at).trim() === '' || isUnlikeWord(word);
}

function isMisspeltPass(verb: string, word: string): boolean {
  return commandOf(verb) === undefined && isNearPass(verb) && !isProse(word);
}

const shoutedWord = /(?<![\w/])([A-Z]{3,12})["'\]:=,]*[ \t]+(?=(\S+))/g;

/** Index behind the offset of a row of a dump in hexadecimal, or of curl's in text; -1 if it is none. */
function dumpStart(text: string): number {
  const row =
    /^\s*(?:(?:0x)?[0-9a-f]{4,8}:\s|(?:0x|0)[0-9a-f]{5,8}\s+(?=(?:[0-9a-f]{2,4}\s|[^\s]\s{2,}|\\))|(?=(?:[0-9a-f]{2}[ :,]+){8,}))/i.exec(
      text,
    );
  if (row !== null) return row[0].length;
  const words = text.trim().split(/\s+/);
  // od -c: one character after the other.
  return words.length > 8 && words.filter((w) => w.length <= 2).length > words.length * 0.8 ? 0 : -1;
}

const blobs: readonly RegExp[] = [
  /(?<![0-9A-Za-z])(?:0x)?(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12,}(?![0-9A-Za-z])/gi,
  /(?:[0-9a-f]{2}[:\s-]){7,}[0-9a-f]{2}/gi,
  /(?:\\x[0-9a-f]{2}){3,}/gi,
  /(?:\\[0-3][0-7]{2}){3,}/g,
  /(?:0x[0-9a-f]{2}[,\s]*){4,}/gi,
  /(?:\d{2,3}\s*,\s*){7,}\d{1,3}/g,
  /(?:%[0-9a-f]{2}){4,}/gi,
  /(?<![\w+/=])(?=[\w+/]*[A-Z])(?=[\w+/]*[a-z])(?=[\w+/]*\d)[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/=])/g,
  /(?<![\w+/=])[A-Za-z0-9+/]{4,}={1,2}(?![\w+/=])/g,
];

/** Octets written as something else: what they say cannot be seen here, and could be seen elsewhere. */
function maskBlobs(text: string): string {
  return blobs.reduce((masked, blob) => masked.replace(blob, mask), text);
}

const credentialTopic =
  /(?<!com|by|sur|tres)pass(?!port|age|eng|iv|ion)|pwd|\bpw\b|secret|cred|login|log[io]n|user|auth|account|kennwort|-u\b/i;

/** What is no word: the shape of a line in which a password is to be feared. */
function maskUnlikeWords(text: string): string {
  return text
    .split(/(\s+)/)
    .map((word) => (isMixed(word) && !isPlainName(word) ? mask : word))
    .join('');
}

/** Letters with digits or with signs that people put into passwords. */
function isMixed(word: string): boolean {
  return /\p{L}/u.test(word) && (/\d/.test(word) || /\w[!@#$%^&*?~]|[!@#$%^&*?~]\w/.test(word));
}

/** Addresses, paths, names with a process number, stamps: what logs are full of. */
function isPlainName(word: string): boolean {
  return (
    /^[[(<]?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+)(?:[:#]\d+)?[\])>]?[:,.;]*$/i.test(word) ||
    /^\d{4}-\d\d-\d\dT/.test(word) ||
    /^[a-z][a-z_.-]*\d{0,3}(?:\[\d+\])?:?$/.test(word) ||
    /^[\w/.-]*\/[\w/.-]*$|^[\w-]+(?:\.\w{1,5})+[:,;]?$|^[\w.-]+=|^[+%]/.test(word) ||
    /^(?:[a-z]+:\/\/)?[a-z][a-z-]*(?:\.[a-z0-9-]+)+(?:[:/]\S*)?$/.test(word)
  );
}
