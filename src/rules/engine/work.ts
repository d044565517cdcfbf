/**
 * What a session did so far, as several rules ask for it: where it stands, what it made, what it is about to rename. It is
 * noted once for all of them, behind the rules (`dispatch.ts`): they find what was so before the exchange.
 */
import type { Exchange, Session } from '../../model.ts';
import { accepted, baseName, follow, refused, standing, type Trail } from '../words/paths.ts';
import { recall, remember, sharedSlot } from './memory.ts';

interface Work {
  trail: Trail | undefined;
  /** Arguments of RNFR; '' but between RNFR and RNTO. */
  renaming: string;
  /** What was stored or made, or asked for and not refused; the first of it. */
  readonly created: string[];
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

const state = { slot: sharedSlot };
const createdLimit = 16_384;

/** The commands that a session's work is noted by. */
export const workVerbs: readonly string[] = [
  ...['CWD', 'XCWD', 'CDUP', 'XCUP'],
  ...['STOR', 'APPE', 'MKD', 'XMKD'],
  ...['RNFR', 'RNTO'],
];

function start(): Work {
  return {
    trail: undefined,
    renaming: '',
    created: [],
    names: undefined,
    named: 0,
    makes: 0,
    made: '',
    madeSource: 0,
    madeLine: 0,
    madeTime: 0,
  };
}

/** Notes an exchange of one of the {@link workVerbs}. */
export function note(x: Exchange): void {
  const work = remember<Work>(state, x.session, start);
  if (x.verb === 'RNFR') work.renaming = x.arg;
  else if (x.verb === 'RNTO') work.renaming = '';
  else if (x.verb === 'STOR' || x.verb === 'APPE' || x.verb === 'MKD' || x.verb === 'XMKD') made(work, x);
  else work.trail = follow(work.trail, x);
}

function made(work: Work, x: Exchange): void {
  if (refused(x)) return;
  work.makes++;
  if (work.created.length < createdLimit) work.created.push(x.arg);
  work.made = accepted(x) ? x.arg : '';
  work.madeSource = x.source;
  work.madeLine = x.line;
  work.madeTime = x.time;
}

/** What the session did; undefined if nothing that is noted. */
export function workOf(session: Session): Readonly<Work> | undefined {
  return recall<Work>(state, session);
}

/** Where the session stands. */
export function whereOf(session: Session): string {
  return standing(workOf(session)?.trail);
}

/** Whether the session stored or made something of this name, as far as the log shows. */
export function createdIt(session: Session, name: string): boolean {
  const work = recall<Work>(state, session);
  if (work === undefined || work.created.length === 0) return false;
  work.names ??= new Set();
  for (; work.named < work.created.length; work.named++) work.names.add(baseName(work.created[work.named] as string));
  return work.names.has(name);
}
