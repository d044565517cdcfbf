/**
 * What may explain a failure, of one session: what failed, what was said of it, how data connections were tried, and what
 * held of the session. Collected while the session runs, bounded, plain data; judged when it has ended (`judge.ts`).
 */
import type { Exchange, Remark, Session } from '../model.ts';
import { parseEprt, parsePort } from '../protocol/host-port.ts';
import { meaningOfReply } from '../protocol/phrases.ts';
import { clip, digits, own } from '../text.ts';

/** How a data connection is agreed on. */
export type Mode = 'pasv' | 'epsv' | 'port' | 'eprt';

/** One try to move data. Addresses as announced; '' where the control connection tells it (229). */
export interface Attempt {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  readonly line: number;
}

/** Something that failed. */
export interface Unit {
  readonly verb: string;
  readonly arg: string;
  readonly code: number;
  readonly text: string;
  /** Of the command. */
  readonly line: number;
  readonly time: number;
  /** Line of the reply; that of the command where there is none. */
  readonly replyLine: number;
  /** `reply`: a 4yz or 5yz; `silent`: no reply at all; `broken`: a 1yz, and no more. */
  readonly how: 'reply' | 'silent' | 'broken';
  readonly meaning: string;
  readonly attempt: Attempt | undefined;
  /** The data connection was open: a 1yz that a server sends only then. */
  readonly began: boolean;
  /** What is refused here worked later, or is there already. */
  mended: boolean;
  /** The file is there: SIZE or MDTM was answered before. */
  readonly isThere: boolean;
}

/** A meaning that was said: by a reply, or by a program in a remark. */
export interface Sign {
  readonly meaning: string;
  readonly line: number;
  readonly about: '' | 'control' | 'data';
  readonly code: number;
}

const mostUnits = 48;
const mostSigns = 48;
const mostChars = 160;

export interface Story {
  readonly source: number;
  readonly side: string;
  readonly dialect: string;
  banner: string;
  /** The last command that was answered 1yz to 3yz. */
  lastGood: number;
  /** AUTH: line of the answer 234 (or 334), of a refusal. */
  authLine: number;
  authRefused: number;
  prot: '' | 'C' | 'P';
  pwd: string;
  pwdLine: number;
  /** Line of an ABOR. */
  aborted: number;
  /** The last file that is there: SIZE or MDTM was answered. */
  seen: string;
  /** Line of a 331 that no PASS answered yet. */
  asked: number;
  /** The data connection that was agreed on last, until a command uses it. */
  pending: Mode | '';
  pendingLine: number;
  pendingText: string;
  /** Attempts that worked. */
  passive: number;
  extended: number;
  active: number;
  /** First parts of absolute paths that worked. */
  roots: readonly string[];
  units: readonly Unit[];
  /** Units beyond those kept. */
  more: number;
  signs: readonly Sign[];
}

/** A copy: a part of the log would keep what is around it. */
function kept(text: string): string {
  return own(clip(text, mostChars));
}

/** Most sessions have nothing of it. */
const none: readonly never[] = [];

export function storyOf(session: Session | undefined, source: number): Story {
  return {
    source,
    side: session?.side ?? '',
    dialect: session?.dialect ?? '',
    banner: '',
    lastGood: 0,
    authLine: 0,
    authRefused: 0,
    prot: '',
    pwd: '',
    pwdLine: 0,
    aborted: 0,
    seen: '',
    asked: 0,
    pending: '',
    pendingLine: 0,
    pendingText: '',
    passive: 0,
    extended: 0,
    active: 0,
    roots: none,
    units: none,
    more: 0,
    signs: none,
  };
}

export function addSign(story: Story, { meaning, line, about, code }: Remark): void {
  if (story.signs.length < mostSigns) story.signs = [...story.signs, { meaning, line, about, code }];
}

type Step = (story: Story, x: Exchange) => void;

const moves: ReadonlySet<string> = new Set(['LIST', 'NLST', 'MLSD', 'RETR', 'STOR', 'STOU', 'APPE']);
/** A reply with such a code is about the data connection, not about the file. */
const ofData: ReadonlySet<number> = new Set([425, 426, 421, 522, 521, 520, 534, 536]);
const ofNetwork: ReadonlySet<string> = new Set([
  ...['data-path', 'accept-timeout', 'active-accept-timeout', 'data-timeout', 'timed-out', 'refused', 'unreachable'],
  ...['tls-not-resumed', 'tls-data-failed', 'foreign-peer'],
]);
/** Servers that say so before anybody has connected. */
const onlyAbout = /about to open|okay/i;

/** What commands say of a session where they succeed; others say nothing that is kept. */
const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['PASV', agreed],
  ['EPSV', agreed],
  ['CPSV', agreed],
  ['LPSV', agreed],
  ['PORT', agreed],
  ['EPRT', agreed],
  ...[...moves].map((verb) => [verb, moved] as const),
  ['AUTH', secured],
  ['PROT', protectedSo],
  ['USER', asked],
  ['PASS', answered],
  ['PWD', standing],
  ['XPWD', standing],
  ['CWD', rooted],
  ['SIZE', sized],
  ['MDTM', sized],
]);

/** Notes an exchange that is complete. */
export function tell(story: Story, x: Exchange, meanings: Map<string, string>): void {
  const { outcome } = x;
  if (x.verb === 'ABOR') story.aborted = x.line;
  if (x.code === 331) story.asked = x.line;
  if (outcome === 'completed' || outcome === 'intermediate') {
    if (x.verb !== 'QUIT') story.lastGood = x.line;
    if (x.asked) {
      steps.get(x.verb)?.(story, x);
      if (story.units.length > 0) mend(story, x);
    } else if (x.code === 220) greeted(story, x);
    return;
  }
  fail(story, x, meanings);
}

function greeted(story: Story, x: Exchange): void {
  if (story.banner === '') story.banner = kept(x.replies[0]?.text ?? '');
}

function asked(story: Story, x: Exchange): void {
  if (x.code === 331) story.asked = x.line;
}

function secured(story: Story, x: Exchange): void {
  story.authLine = x.line;
}

function protectedSo(story: Story, x: Exchange): void {
  story.prot = /^p/i.test(x.arg) ? 'P' : 'C';
}

function answered(story: Story): void {
  story.asked = 0;
}

function standing(story: Story, x: Exchange): void {
  if (story.pwd !== '') return;
  const text = x.replies.at(-1)?.text ?? '';
  const end = text.indexOf('"', 1);
  story.pwd = text.charCodeAt(0) === 34 && end > 1 && end < mostChars ? own(text.slice(1, end)) : '';
  story.pwdLine = x.line;
}

function rooted(story: Story, x: Exchange): void {
  const first = firstPart(x.arg);
  if (first !== '' && story.roots.length < 16 && !story.roots.includes(first))
    story.roots = [...story.roots, own(first)];
}

function sized(story: Story, x: Exchange): void {
  story.seen = x.arg;
}

/** `/var` of `/var/www`; '' of a relative path. */
export function firstPart(path: string): string {
  if (path.charCodeAt(0) !== 47) return '';
  const end = path.indexOf('/', 1);
  return end < 0 ? path : path.slice(0, end);
}

const modes: Readonly<Record<string, Mode>> = {
  PASV: 'pasv',
  CPSV: 'pasv',
  LPSV: 'pasv',
  EPSV: 'epsv',
  PORT: 'port',
  EPRT: 'eprt',
};

/** A data connection is agreed on. What is announced is read only once it fails. */
function agreed(story: Story, x: Exchange): void {
  const mode = modes[x.verb];
  if (mode === undefined || /^all/i.test(x.arg)) return;
  const isAsked = mode === 'port' || mode === 'eprt';
  story.pending = mode;
  story.pendingLine = isAsked ? x.line : (x.replies.at(-1)?.line ?? x.line);
  story.pendingText = isAsked ? x.arg : (x.replies.at(-1)?.text ?? '');
}

/** The data connection that was agreed on, with what was announced. */
export function pendingOf(story: Story): Attempt | undefined {
  const { pending: mode, pendingLine: line, pendingText: text } = story;
  if (mode === '') return undefined;
  if (mode === 'epsv') return { mode, host: '', port: epsvPort(text), line };
  const found = mode === 'eprt' ? parseEprt(text) : parsePort(text);
  return { mode, host: found?.host ?? '', port: found?.port ?? 0, line };
}

function epsvPort(text: string): number {
  const port = /\|(\d{1,5})\|/.exec(text)?.[1] ?? '';
  return Math.max(0, digits(port, 0, port.length));
}

/** What was agreed on is used; its text would keep what is around it in the log. */
function forget(story: Story): void {
  story.seen = '';
  story.pending = '';
  story.pendingText = '';
}

function moved(story: Story, x: Exchange): void {
  if (x.outcome !== 'completed') return;
  const { pending } = story;
  if (pending === 'pasv') story.passive++;
  else if (pending === 'epsv') story.extended++;
  else if (pending !== '') story.active++;
  forget(story);
  // vsftpd: 226 Transfer done (but failed to open directory).
  if (x.verb === 'LIST' && x.replies.at(-1)?.text.includes('but failed to open') === true)
    addUnit(story, x, 'reply', 'denied');
}

function fail(story: Story, x: Exchange, meanings: Map<string, string>): void {
  if (!x.asked && x.code < 400) return;
  if (x.verb === 'QUIT' || x.verb === 'ABOR') return;
  if (x.verb === 'AUTH' && x.code > 0) story.authRefused = x.line;
  if (x.verb === 'PASS') story.asked = 0;
  const how = x.code >= 400 ? 'reply' : x.code === 0 ? 'silent' : 'broken';
  // A log that shows no replies does not tell that there was none.
  if (how === 'silent' && x.session.lacks.replies) return;
  const meaning = how === 'reply' ? meaningIn(x, meanings) : '';
  addUnit(story, x, how, meaning);
}

/** The same few texts refuse most of what is refused. */
function meaningIn({ code, verb, replies }: Exchange, meanings: Map<string, string>): string {
  const text = replies.at(-1)?.text ?? '';
  const key = `${code} ${text}`;
  const known = meanings.get(key);
  if (known !== undefined) return known;
  const meaning = meaningOfReply(code, verb, text);
  if (meanings.size < mostMeanings) meanings.set(own(key), meaning);
  return meaning;
}

const mostMeanings = 512;

/** A daemon states that a login failed, or that a file did not move, where the log shows no reply. */
export function addStated(
  story: Story,
  stated: Pick<Unit, 'verb' | 'arg' | 'line' | 'time' | 'meaning'>,
  bytes: number,
): void {
  if (story.units.some(({ verb, line }) => verb === stated.verb && Math.abs(line - stated.line) < 3)) return;
  if (story.units.length >= mostUnits) {
    story.more++;
    return;
  }
  const more = { code: 0, text: '', replyLine: stated.line, meaning: stated.meaning };
  const { verb, arg, line, time } = stated;
  story.units = [
    ...story.units,
    {
      ...{ verb, arg: kept(arg), line, time, ...more },
      ...{ how: 'broken', attempt: undefined, began: bytes > 0, mended: false, isThere: false },
    },
  ];
}

function addUnit(story: Story, x: Exchange, how: Unit['how'], meaning: string): void {
  const isMove = moves.has(x.verb);
  const isOfData = how !== 'reply' || ofData.has(x.code) || ofNetwork.has(meaning);
  const attempt = isMove && isOfData ? pendingOf(story) : undefined;
  const [first] = x.replies;
  const isThere = story.seen !== '' && story.seen === x.arg;
  if (isMove) forget(story);
  if (story.units.length >= mostUnits) {
    story.more++;
    return;
  }
  const last = x.replies.at(-1);
  story.units = [
    ...story.units,
    {
      verb: x.verb,
      arg: kept(x.arg),
      code: x.code,
      text: kept(last?.text ?? ''),
      line: x.line,
      time: x.time,
      replyLine: last?.line ?? x.line,
      how,
      meaning,
      attempt,
      began: first !== undefined && first.code < 200 && !onlyAbout.test(first.text),
      mended: false,
      isThere,
    },
  ];
}

/** What failed longer ago is no step on the way to what works now. */
const mostMended = 8;

/** Commands whose success shows that the refusal of another was no harm. */
const entering: ReadonlySet<string> = new Set([
  'CWD',
  'XCWD',
  'STOR',
  'APPE',
  'MKD',
  'XMKD',
  'LIST',
  'NLST',
  'MLSD',
  'RETR',
  'RNTO',
]);

/** What works now, and did not before. */
function mend(story: Story, x: Exchange): void {
  if (x.verb === 'PASS' || x.code === 230) {
    for (const unit of story.units) if (unit.verb === 'PASS' || unit.verb === 'USER') unit.mended = true;
    return;
  }
  if (x.verb === 'TYPE') {
    for (const unit of story.units) if (unit.meaning === 'ascii') unit.mended = true;
    return;
  }
  if (!entering.has(x.verb)) return;
  const { units } = story;
  const { verb, arg } = x;
  for (let i = Math.max(0, units.length - mostMended); i < units.length; i++) {
    const unit = units[i] as Unit;
    if (unit.mended || unit.arg.length > arg.length) continue;
    if (unit.arg === arg) unit.mended = unit.verb === verb || isMake(unit.verb) || isProbe(unit.verb);
    else if (arg.charCodeAt(unit.arg.length) === 47 && isMake(unit.verb)) unit.mended = arg.startsWith(unit.arg);
  }
}

function isMake(verb: string): boolean {
  return verb === 'MKD' || verb === 'XMKD';
}

const probes: ReadonlySet<string> = new Set(['SIZE', 'MDTM', 'CWD', 'MLST', 'LIST', 'NLST', 'DELE', 'RMD', 'STAT']);

function isProbe(verb: string): boolean {
  return probes.has(verb);
}
