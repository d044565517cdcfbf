/** What a person types at an ftp client's prompt, and the command that the client sends for it. */

export interface Sent {
  /** Upper case; '' if the subcommand sends nothing, or more than one thing. */
  readonly verb: string;
  readonly arg: string;
}

const nothing: Sent = { verb: '', arg: '' };

/** Subcommands of BSD's ftp and its children; the argument is the first word, the last one, or nothing. */
const commands: ReadonlyMap<string, readonly [verb: string, arg: 'first' | 'last' | 'rest' | 'none']> = new Map([
  ['get', ['RETR', 'first']],
  ['recv', ['RETR', 'first']],
  ['reget', ['RETR', 'first']],
  ['newer', ['RETR', 'first']],
  ['more', ['RETR', 'first']],
  ['less', ['RETR', 'first']],
  ['page', ['RETR', 'first']],
  ['put', ['STOR', 'last']],
  ['send', ['STOR', 'last']],
  ['append', ['APPE', 'last']],
  ['ls', ['LIST', 'first']],
  ['dir', ['LIST', 'first']],
  ['nlist', ['NLST', 'first']],
  ['mlsd', ['MLSD', 'first']],
  ['mlst', ['MLST', 'first']],
  ['cd', ['CWD', 'rest']],
  ['cdup', ['CDUP', 'none']],
  ['pwd', ['PWD', 'none']],
  ['delete', ['DELE', 'rest']],
  ['del', ['DELE', 'rest']],
  ['mkdir', ['MKD', 'rest']],
  ['rmdir', ['RMD', 'rest']],
  ['rename', ['RNFR', 'first']],
  ['binary', ['TYPE', 'none']],
  ['bin', ['TYPE', 'none']],
  ['image', ['TYPE', 'none']],
  ['ascii', ['TYPE', 'none']],
  ['asc', ['TYPE', 'none']],
  ['type', ['TYPE', 'none']],
  ['size', ['SIZE', 'rest']],
  ['modtime', ['MDTM', 'rest']],
  ['system', ['SYST', 'none']],
  ['rhelp', ['HELP', 'rest']],
  ['remotehelp', ['HELP', 'rest']],
  ['rstatus', ['STAT', 'rest']],
  ['remotestatus', ['STAT', 'rest']],
  ['features', ['FEAT', 'none']],
  ['feat', ['FEAT', 'none']],
  ['user', ['USER', 'first']],
  ['chmod', ['SITE', 'rest']],
  ['umask', ['SITE', 'rest']],
  ['idle', ['SITE', 'rest']],
  ['site', ['SITE', 'rest']],
  ['bye', ['QUIT', 'none']],
  ['quit', ['QUIT', 'none']],
  ['exit', ['QUIT', 'none']],
  ['close', ['QUIT', 'none']],
  ['disconnect', ['QUIT', 'none']],
]);

/** Subcommands that send nothing by themselves, or several things. */
const local: ReadonlySet<string> = new Set(
  (
    'open status help lcd prompt hash verbose passive epsv epsv4 debug bell glob case ntrans nmap cr runique sunique form ' +
    'mode struct tick trace macdef proxy reset restart sendport mget mput mdelete mdir mls mreget account quote literal ' +
    'rhelp !'
  ).split(' '),
);

/** Whether a line is a subcommand that was typed ahead of its prompt, as a terminal shows what is piped in. */
export function isSubcommand(typed: string): boolean {
  const blank = typed.indexOf(' ');
  const word = (blank < 0 ? typed : typed.slice(0, blank)).toLowerCase();
  return word.length <= 12 && (local.has(word) || commands.has(word));
}

/** What the client sends for a line typed at its prompt. ftp.exe sends NLST for `ls`. */
export function sentBy(typed: string, windows: boolean): Sent {
  const line = typed.trim();
  const blank = line.indexOf(' ');
  const word = (blank < 0 ? line : line.slice(0, blank)).toLowerCase();
  const rest = blank < 0 ? '' : line.slice(blank + 1).trim();
  if (word === 'quote' || word === 'literal') return quoted(rest);
  const known = commands.get(word);
  if (known === undefined) return nothing;
  const verb = windows && word === 'ls' ? 'NLST' : known[0];
  if (word === 'chmod' || word === 'umask' || word === 'idle')
    return { verb, arg: `${word.toUpperCase()} ${rest}`.trim() };
  return { verb, arg: argument(rest, known[1]) };
}

function quoted(rest: string): Sent {
  const blank = rest.indexOf(' ');
  return blank < 0
    ? { verb: rest.toUpperCase(), arg: '' }
    : { verb: rest.slice(0, blank).toUpperCase(), arg: rest.slice(blank + 1) };
}

/** The word that is sent; a word may stand in quotes. */
function argument(rest: string, which: 'first' | 'last' | 'rest' | 'none'): string {
  if (which === 'none' || rest === '') return '';
  if (which === 'rest') return unquoted(rest);
  const words = rest.match(/"[^"]*"|\S+/g) ?? [];
  return unquoted((which === 'first' ? words[0] : words[words.length - 1]) ?? '');
}

function unquoted(word: string): string {
  return word.length > 1 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word;
}
