/**
 * Which command a reply answers, where a log shows replies only. A code that one command alone gets decides (RFC 959
 * §5.4); where several do, the words of servers or what the person typed; otherwise nothing is concluded.
 */
import type { EventSink } from '../model.ts';
import { isVerb, legal } from '../protocol/commands.ts';
import { digits } from '../text.ts';
import { inferredCommand, type Origin } from './event.ts';
import { wordEnd } from './wire-line.ts';

/** Codes that answer one command only. */
const certain: ReadonlyMap<number, string> = new Map([
  [215, 'SYST'],
  [214, 'HELP'],
  [221, 'QUIT'],
  [225, 'ABOR'],
  [227, 'PASV'],
  [228, 'LPSV'],
  [229, 'EPSV'],
  [234, 'AUTH'],
  [334, 'AUTH'],
  [331, 'USER'],
  [336, 'USER'],
]);

/** Words of servers behind 200 and 250, and the command they tell; the first that occurs counts. */
const words200: readonly (readonly [string, string])[] = [
  ['eprt', 'EPRT'],
  ['port', 'PORT'],
  ['utf', 'OPTS'],
  ['opts', 'OPTS'],
  ['pbsz', 'PBSZ'],
  ['protection', 'PROT'],
  ['prot ', 'PROT'],
  ['noop', 'NOOP'],
  ['zzz', 'NOOP'],
  ['type', 'TYPE'],
  ['binary', 'TYPE'],
  ['ascii', 'TYPE'],
  ['structure', 'STRU'],
  ['stru ', 'STRU'],
  ['chmod', 'SITE'],
  ['umask', 'SITE'],
  ['cdup', 'CDUP'],
  ['clnt', 'CLNT'],
  ['mode', 'MODE'],
];
const words250: readonly (readonly [string, string])[] = [
  ['renam', 'RNTO'],
  ['rnto', 'RNTO'],
  ['dele', 'DELE'],
  ['remove', 'RMD'],
  ['rmd', 'RMD'],
  ['cdup', 'CDUP'],
  ['cwd', 'CWD'],
  ['director', 'CWD'],
  ['listing', 'MLST'],
];

/** Clients send these by themselves in front of what was typed. */
const onTheWay: ReadonlySet<string> = new Set([
  ...['TYPE', 'MODE', 'STRU', 'PORT', 'EPRT', 'LPRT', 'PASV', 'EPSV', 'LPSV', 'REST', 'SIZE', 'MDTM', 'PBSZ', 'PROT'],
  ...['USER', 'PASS', 'AUTH', 'SYST', 'FEAT', 'OPTS', 'CLNT', 'PWD', 'ABOR'],
]);

export class Inference {
  readonly #emit: EventSink;
  #greeted = false;
  /** USER was answered 331 and PASS not yet. */
  #needsPassword = false;
  /** A 1yz was seen: the next final reply belongs to the same command. */
  #preliminary = false;
  #renaming = false;
  #hintVerb = '';
  #hintArg = '';
  #user = '';
  #file = '';

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** The person typed a subcommand that makes the program send this, other commands perhaps before it. */
  hint(verb: string, arg: string): void {
    this.#hintVerb = verb;
    this.#hintArg = arg.length > 1024 ? arg.slice(0, 1024) : arg;
  }

  /** The name that will be given with USER. */
  user(name: string): void {
    this.#user = name.length > 256 ? name.slice(0, 256) : name;
  }

  /** The next file that is moved. */
  file(name: string): void {
    this.#file = name.length > 1024 ? name.slice(0, 1024) : name;
  }

  /** A new connection begins. */
  restart(): void {
    this.#greeted = false;
    this.#needsPassword = false;
    this.#preliminary = false;
    this.#renaming = false;
    this.#hintVerb = '';
    this.#user = '';
  }

  /** A reply begins with this line: emits the command that it answers, if that can be told. */
  before(at: Origin, code: number, wire: string): void {
    if (code < 200) {
      if (code !== 110 && code !== 120 && !this.#preliminary) this.#transfer(at, wire);
      this.#preliminary = code !== 110 && code !== 120;
      return;
    }
    if (this.#preliminary) {
      this.#preliminary = false;
      return;
    }
    if (code === 220 || (!this.#greeted && (code === 421 || code >= 500))) {
      this.restart();
      this.#greeted = true;
      return;
    }
    this.#greeted = true;
    if (code !== 421) this.#command(at, code, wire);
  }

  #command(at: Origin, code: number, wire: string): void {
    if (this.#login(at, code, wire)) return;
    const verb = answeredVerb(code, wire, this.#renaming);
    const hint = this.#hintVerb;
    // What was typed, unless the server names another command that came before it (TYPE, PORT, SIZE).
    if (hint !== '' && legal(hint, this.#hintArg, code) && (code < 500 || verb === '' || verb === hint)) {
      this.#useHint(at);
      return;
    }
    // A reply foreign to what was typed: client and server are out of step, and nobody sent another command.
    if (hint !== '' && code < 500 && verb !== '' && !onTheWay.has(verb)) {
      this.#useHint(at);
      return;
    }
    this.#renaming = verb === 'RNFR';
    if (verb !== '') this.#emit(inferredCommand(at, verb, answeredArgument(verb, wire)));
  }

  /** USER and PASS, by what came before. */
  #login(at: Origin, code: number, wire: string): boolean {
    if (code === 331 || code === 336 || (code === 332 && !this.#needsPassword)) {
      const name = this.#user !== '' ? this.#user : this.#hintVerb === 'USER' ? this.#hintArg : namedIn(wire);
      if (this.#hintVerb === 'USER') this.#hintVerb = '';
      this.#emit(inferredCommand(at, 'USER', name));
      this.#needsPassword = true;
      return true;
    }
    if (
      this.#needsPassword &&
      (code === 230 || code === 232 || code === 202 || code === 530 || code === 332 || code === 501)
    ) {
      this.#needsPassword = false;
      this.#emit(inferredCommand(at, 'PASS', ''));
      return true;
    }
    if (code !== 230) return false;
    this.#emit(inferredCommand(at, 'USER', this.#user));
    return true;
  }

  #transfer(at: Origin, wire: string): void {
    const hint = this.#hintVerb;
    const verb =
      hint === 'RETR' ||
      hint === 'STOR' ||
      hint === 'APPE' ||
      hint === 'STOU' ||
      hint === 'LIST' ||
      hint === 'NLST' ||
      hint === 'MLSD'
        ? hint
        : '';
    if (verb !== '') {
      this.#useHint(at);
      return;
    }
    const text = wire.toLowerCase();
    if (
      text.includes('director') ||
      text.includes('/bin/ls') ||
      text.includes('file list') ||
      text.includes('listing')
    ) {
      this.#emit(inferredCommand(at, 'LIST', ''));
    } else if (isUpload(text)) this.#emit(inferredCommand(at, 'STOR', this.#file));
    else if (text.endsWith(' bytes).') || text.endsWith(' bytes)') || text.includes('to download')) {
      this.#emit(inferredCommand(at, 'RETR', announcedName(wire)));
    } else if (this.#file !== '') this.#emit(inferredCommand(at, 'RETR', this.#file));
    this.#file = '';
  }

  #useHint(at: Origin): void {
    const verb = this.#hintVerb;
    this.#hintVerb = '';
    this.#renaming = verb === 'RNFR';
    this.#emit(inferredCommand(at, verb, this.#hintArg));
  }
}

/** The command that a final reply answers, by its code and words; '' if they do not tell. `renaming`: RNFR came before. */
export function answeredVerb(code: number, wire: string, renaming: boolean): string {
  const known = certain.get(code);
  if (known !== undefined) return known;
  const text = wire.slice(4).toLowerCase();
  switch (code) {
    case 200:
      return wordOf(text, words200);
    case 211:
      return text.includes('feat') || text.includes('extension') || text.includes('supported') ? 'FEAT' : 'STAT';
    case 212:
      return 'STAT';
    case 213:
      return fileFact(wire);
    case 226:
      return text.includes('abor') ? 'ABOR' : '';
    case 250:
      return renaming ? 'RNTO' : wordOf(text, words250);
    case 257:
      return text.includes('creat') || text.startsWith('mkd') ? 'MKD' : 'PWD';
    case 350:
      return text.includes('rest') && !text.includes('rnto') ? 'REST' : 'RNFR';
    default:
      if (renaming) return 'RNTO';
      return code === 500 || code === 502 || code === 504 ? refusedVerb(wire) : '';
  }
}

/** What the reply says of the argument of MKD and TYPE; '' of others. */
export function answeredArgument(verb: string, wire: string): string {
  if (verb === 'MKD') return quoted(wire);
  if (verb !== 'TYPE') return '';
  const text = wire.slice(4).toLowerCase();
  if (text.includes('binary') || text.includes('image') || text.includes('to i')) return 'I';
  return text.includes('ascii') || text.includes('to a') ? 'A' : '';
}

/**
 * Servers announce the size of what they send, and that they wait for what they receive: vsftpd `Ok to send data.`,
 * Pure-FTPd one line instead of two, BSD's and ProFTPD no `(521 bytes)`, FileZilla Server in so many words.
 */
function isUpload(text: string): boolean {
  if (text.includes('ok to send data') || text.includes('stor ') || text.includes('file upload to server')) return true;
  if (text === '150 accepted data connection') return true;
  return text.includes(' mode data connection for ') && !text.includes('byte');
}

function wordOf(text: string, words: readonly (readonly [string, string])[]): string {
  for (const pair of words) if (text.includes(pair[0])) return pair[1];
  return '';
}

/** `213 20000` answers SIZE, `213 20261122095446` MDTM, `213-Status` STAT. */
function fileFact(wire: string): string {
  if (wire.charCodeAt(3) === 45) return 'STAT';
  if (wire.startsWith('Modify=', 4)) return 'MFMT';
  const end = wordEnd(wire, 4);
  if (end - 4 === 14 && digits(wire, 4, 12) > 19_700_000) return 'MDTM';
  return digits(wire, 4, end) >= 0 && end === wire.length ? 'SIZE' : '';
}

/** `500 'FEAT': command not understood.`: the verb that the server names. */
function refusedVerb(wire: string): string {
  let at = 4;
  while (at < wire.length && at < 64) {
    const end = wordEnd(wire, at);
    if (end - at >= 3 && isVerb(wire.slice(at, end))) return wire.slice(at, end);
    at = end + 1;
  }
  return '';
}

/** The user in `331 Password required for alice.` and `331 User alice OK. Password required`; '' if none is named. */
function namedIn(wire: string): string {
  const required = wire.indexOf('equired for ');
  if (required > 0) {
    const name = wire.slice(required + 12);
    return name.endsWith('.') ? name.slice(0, -1) : name;
  }
  const end = wire.startsWith('331 User ') ? wire.lastIndexOf(' OK.') : -1;
  return end > 9 ? wire.slice(9, end) : '';
}

/** `150 Opening BINARY mode data connection for 'a b.txt' (24 bytes).` → the name. */
function announcedName(wire: string): string {
  const start = wire.indexOf(' for ');
  const end = wire.lastIndexOf(' (');
  if (start < 0 || end <= start + 5) return '';
  const name = wire.slice(start + 5, end);
  return name.length > 2 && name.startsWith("'") && name.endsWith("'") ? name.slice(1, -1) : name;
}

/** The path in quotes of a 257 (RFC 959 appendix II: a quote inside is doubled). */
function quoted(wire: string): string {
  const start = wire.indexOf('"');
  const end = wire.lastIndexOf('"');
  return start < 0 || end <= start + 1 ? '' : wire.slice(start + 1, end).replaceAll('""', '"');
}
