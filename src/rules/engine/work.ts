/**
 * What a session did so far, as several rules ask for it: who logs in, whether it asked for anything, where it stands, what
 * it made, what it is about to rename. It is noted once for all of them, behind the rules (`dispatch.ts`): they find what
 * was so before the exchange.
 */
import type { Exchange, Login, Session, Transfer } from '../../model.ts';
import { files } from '../words/names.ts';
import { accepted, baseName, follow, refused, standing, type Trail } from '../words/paths.ts';

/** A USER: what is kept of its exchange, whose replies would keep the text around them alive. */
export type Asked = Pick<Exchange, 'source' | 'line' | 'time' | 'arg' | 'code' | 'inferred' | 'deviations'>;

export interface Work {
  /** The last USER, until a login answers it. */
  user: Asked | undefined;
  /** No PASS came behind it so far. */
  asking: boolean;
  /** A listing or a directory was asked for, and not for want of a login refused. */
  busy: boolean;
  /** Path of the document or image that was stored last. */
  stored: string;
  trail: Trail | undefined;
  /** Arguments of RNFR; '' but between RNFR and RNTO. */
  renaming: string;
  /** What was stored or made, or asked for and not refused; the first of it. */
  created: string[] | undefined;
  /** The names of it, as far as somebody asked. */
  names: Set<string> | undefined;
  /** How many of them are among the names. */
  named: number;
  /** Things made, or asked to be made and not refused. */
  makes: number;
  /** The last of them, if the server made it, and where it stands. */
  made: string;
  madeSource: number;
  madeLine: number;
  madeTime: number;
}

const createdLimit = 16_384;

export type Step = (work: Work, x: Exchange) => void;

/** What each command says of a session's work. */
const steps: ReadonlyMap<string, Step> = new Map([
  ...pairs(['CWD', 'XCWD', 'CDUP', 'XCUP'], moved),
  ...pairs(['STOR', 'APPE', 'MKD', 'XMKD'], made),
  ...pairs(['LIST', 'NLST', 'MLSD', 'STAT'], listed),
  ['USER', asked],
  ['PASS', answered],
  ['RNFR', renames],
  ['RNTO', renamed],
]);

function pairs(verbs: readonly string[], step: Step): readonly (readonly [string, Step])[] {
  return verbs.map((verb) => [verb, step] as const);
}

function start(): Work {
  return {
    user: undefined,
    asking: false,
    busy: false,
    stored: '',
    trail: undefined,
    renaming: '',
    created: undefined,
    names: undefined,
    named: 0,
    makes: 0,
    made: '',
    madeSource: 0,
    madeLine: 0,
    madeTime: 0,
  };
}

/** The note of a command on the session's work; undefined if it says nothing of it. */
export function stepOf(verb: string): Step | undefined {
  return steps.get(verb);
}

/** What the session did, to be noted. */
export function noteIn(session: Session): Work {
  const known = session.work as Work | undefined;
  if (known !== undefined) return known;
  const fresh = start();
  session.work = fresh;
  return fresh;
}

/** Notes what was stored. */
export function noteTransfer({ session, direction, complete, path }: Transfer, kinds: number): void {
  if (complete && direction === 'upload' && (kinds & files.document) !== 0) noteIn(session).stored = path;
}

/** Notes a login: the USER before it got its answer. */
export function noteLogin({ session }: Login): void {
  const work = session.work as Work | undefined;
  if (work === undefined) return;
  work.user = undefined;
  work.asking = false;
}

function asked(work: Work, { source, line, time, arg, code, inferred, deviations }: Exchange): void {
  work.user = { source, line, time, arg, code, inferred, deviations };
  work.asking = true;
}

function answered(work: Work): void {
  work.asking = false;
}

function moved(work: Work, x: Exchange): void {
  work.trail = follow(work.trail, x);
  asksFor(work, x);
}

/** STAT alone asks about the server. */
function listed(work: Work, x: Exchange): void {
  if (x.verb !== 'STAT' || x.arg !== '') asksFor(work, x);
}

function asksFor(work: Work, { code }: Exchange): void {
  work.busy ||= code !== 530 && code !== 503;
}

function renames(work: Work, x: Exchange): void {
  work.renaming = x.arg;
}

function renamed(work: Work): void {
  work.renaming = '';
}

function made(work: Work, x: Exchange): void {
  if (refused(x)) return;
  work.makes++;
  work.created ??= [];
  if (work.created.length < createdLimit) work.created.push(x.arg);
  work.made = accepted(x) ? x.arg : '';
  work.madeSource = x.source;
  work.madeLine = x.line;
  work.madeTime = x.time;
}

/** What the session did; undefined if nothing that is noted. */
export function workOf(session: Session): Readonly<Work> | undefined {
  return session.work as Work | undefined;
}

/** Where the session stands. */
export function whereOf(session: Session): string {
  return standing(workOf(session)?.trail);
}

/** Whether the session stored or made something of this name, as far as the log shows. */
export function createdIt(session: Session, name: string): boolean {
  const work = session.work as Work | undefined;
  if (work?.created === undefined) return false;
  work.names ??= new Set();
  for (; work.named < work.created.length; work.named++) work.names.add(baseName(work.created[work.named] as string));
  return work.names.has(name);
}
