/** From the story of a session to its diagnoses: one for each thing that failed, the special before the general. */
import type { Certainty, Session } from '../model.ts';
import { addressClass, normalizeAddress } from '../protocol/host-port.ts';
import type { Case, Diagnosis, Found, Try } from './diagnosis.ts';
import { pendingOf, type Sign, type Story, type Unit } from './story.ts';

/** What the network does to a connection. */
const errnos: ReadonlySet<string> = new Set([
  ...['refused', 'timed-out', 'unreachable', 'reset', 'closed', 'data-timeout', 'accept-timeout', 'data-path'],
  ...['active-accept-timeout', 'stalled', 'tls-data-failed', 'tls-not-resumed', 'foreign-peer'],
]);

/** Commands without which a session goes on: that a server does not know them is no failure. */
const optional: ReadonlySet<string> = new Set([
  ...['FEAT', 'OPTS', 'CLNT', 'HOST', 'LANG', 'SYST', 'SITE', 'ALLO', 'NOOP', 'STAT', 'HELP', 'CSID', 'XSHA1', 'XCRC'],
  ...['XMD5', 'HASH', 'MFMT', 'MDTM', 'MFF', 'AVBL', 'CCC', 'REST', 'PBSZ', 'MLST'],
]);

export interface Verdict {
  readonly diagnosis: Diagnosis;
  readonly found: Found;
}

const rank: Readonly<Record<Certainty, number>> = { certain: 0, likely: 1, possible: 2 };

/** Diagnoses of a session, the most certain first. */
export function judge(story: Story, session: Session | undefined, diagnoses: readonly Diagnosis[]): readonly Verdict[] {
  const c = caseOf(story, session);
  const there = occasionsOf(c);
  const found: Verdict[] = [];
  for (const diagnosis of diagnoses) {
    if (!isDue(diagnosis, there)) continue;
    const one = diagnosis.find(c);
    if (one !== undefined) found.push({ diagnosis, found: one });
  }
  found.sort((a, b) => order(a) - order(b));
  const taken: Verdict[] = [];
  const claimed = new Set<number>();
  let deepest = 99;
  for (const one of found) {
    const { place } = one.diagnosis;
    // What was not reached has no further cause; data connections have one.
    if (taken.length > 0 && (deepest < filePlace || place < filePlace)) continue;
    if (one.found.lines.every((line) => claimed.has(line))) continue;
    taken.push(one);
    deepest = Math.min(deepest, place);
    for (const line of one.found.lines) claimed.add(line);
  }
  return taken;
}

function isDue({ on }: Diagnosis, there: ReadonlySet<string>): boolean {
  for (const one of on) if (there.has(one)) return true;
  return false;
}

/** Occasions of any diagnosis. */
export function allOccasions(diagnoses: readonly Diagnosis[]): ReadonlySet<string> {
  return new Set(diagnoses.flatMap(({ on }) => on));
}

/** What a unit is an occasion for goes to `take`, until that returns true; then this does. */
export function offer(unit: Unit, take: (occasion: string) => boolean): boolean {
  const { meaning, verb, code, arg, how, attempt, isThere, text } = unit;
  if (take(meaning) || take(verb) || (code > 0 && take(String(code))) || (how === 'broken' && take('broken')))
    return true;
  if ((attempt !== undefined && take('data')) || (isThere && take('there'))) return true;
  if (code >= 550 && isAbsolute(arg) && take('absolute')) return true;
  if (code === 550 && meaning === '' && text !== '' && writes.has(verb) && take('bare-write')) return true;
  return (oddVerb.test(verb) && take('odd-verb')) || (oddName.test(arg) && take('odd-name'));
}

/** The path begins at a root: `/var`, `C:`. */
function isAbsolute(arg: string): boolean {
  return arg.charCodeAt(0) === 47 || arg.charCodeAt(1) === 58;
}

const writes: ReadonlySet<string> = new Set(['STOR', 'APPE', 'STOU', 'MKD', 'XMKD', 'DELE', 'RMD', 'RNFR', 'RNTO']);
const oddVerb = /[^A-Z:*-]/;
const oddName = /[^\x20-\x7e]/;

function occasionsOf({ units, story, tries }: Case): ReadonlySet<string> {
  const there = new Set<string>();
  for (const unit of units) offer(unit, (occasion) => !there.add(occasion).has(occasion));
  for (const { meaning } of story.signs) there.add(meaning);
  if (tries.length > 0) there.add('data');
  return there;
}

/** From here on diagnoses are of single files and commands: there may be several. */
const filePlace = 7;

function order({ diagnosis, found }: Verdict): number {
  return (found.certainty === 'certain' ? 0 : 100) + diagnosis.place * 3 + rank[found.certainty];
}

export function caseOf(story: Story, session: Session | undefined): Case {
  const units = story.units.filter((unit) => !isHarmless(unit, story, session));
  const server = normalizeAddress(session?.server ?? '');
  const client = normalizeAddress(session?.client ?? '');
  return {
    story,
    session,
    units,
    server: addressClass(server) === '' ? '' : server,
    client: addressClass(client) === '' ? '' : client,
    isEncrypted: session?.encrypted === true || story.authLine > 0,
    tries: triesOf(units, story, session),
    said: (...meanings) => [
      ...units.filter(({ meaning }) => meanings.includes(meaning)),
      ...story.signs.filter(({ meaning }) => meanings.includes(meaning)),
    ],
  };
}

/** Looks like a failure and is none. */
function isHarmless(unit: Unit, story: Story, session: Session | undefined): boolean {
  if (unit.mended) return true;
  const wentOn = story.lastGood > unit.line;
  // A question that was not answered kept the client from nothing.
  if (unit.verb === 'SIZE' && wentOn) return true;
  if (optional.has(unit.verb) && unit.meaning !== 'ascii')
    return wentOn || unit.verb === 'FEAT' || unit.verb === 'OPTS';
  if (unit.verb === 'AUTH' || unit.verb === 'EPSV') return wentOn && unit.code >= 500 && session?.loggedIn === true;
  return false;
}

function triesOf(units: readonly Unit[], story: Story, session: Session | undefined): readonly Try[] {
  const tries: Try[] = units.flatMap((unit): Try[] => {
    const { attempt } = unit;
    if (attempt === undefined) return [];
    const { verb, code, line, replyLine, began } = unit;
    const result = errnos.has(unit.meaning) ? unit.meaning : errnoBehind(story, line);
    return [{ ...attempt, used: line, failed: replyLine, verb, code, began, result }];
  });
  const last = pendingOf(story);
  if (last === undefined || story.side === 'sensor') return tries;
  const result = errnoBehind(story, last.line);
  const isLost = result !== '' || (session !== undefined && session.end !== 'quit' && story.lastGood <= last.line);
  return isLost ? [...tries, { ...last, used: 0, failed: last.line, verb: '', code: 0, began: false, result }] : tries;
}

/** What a program says of the network behind a line, before anything worked again. */
function errnoBehind(story: Story, line: number): string {
  const sign = story.signs.find((one) => one.line > line && errnos.has(one.meaning));
  return sign?.meaning ?? '';
}

/** Whether a remark about the network is of a data connection. */
export function isOfData(sign: Sign, c: Case): boolean {
  if (sign.about !== '') return sign.about === 'data';
  return c.tries.some((one) => one.line < sign.line);
}

/** Where a unit or a sign shows. */
export function placesOf(them: readonly (Unit | Sign)[]): readonly number[] {
  return them.map((one) => ('replyLine' in one ? one.replyLine : one.line));
}
