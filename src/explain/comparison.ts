/** Two codes side by side: written by hand where it matters, derived from their pages for all others. */
import { commandOf } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import type { ConfusedPair } from '../protocol/reference/types.ts';
import type { ComparisonPage, ReplyPage } from './pages.ts';
import { codeText, replyPage } from './reply.ts';

/** The comparison of two codes, in the order asked for. */
export function comparisonPage(reference: Reference, a: number, b: number): ComparisonPage {
  const pages = [replyPage(reference, a), replyPage(reference, b)] as const;
  return writtenPage(reference, pages) ?? derivedPage(reference, pages);
}

type Pages = readonly [ReplyPage, ReplyPage];

function writtenPage(reference: Reference, [a, b]: Pages): ComparisonPage | undefined {
  const written = reference.comparisons.find(({ codes }) => codes.includes(a.code) && codes.includes(b.code));
  if (written === undefined || a.code === b.code) return undefined;
  const turned = written.codes[0] !== a.code;
  return {
    page: 'comparison',
    codes: [a.code, b.code],
    names: [a.name, b.name],
    written: true,
    same: written.same,
    differences: written.differences,
    rows: turned ? written.rows.map(([aspect, left, right]) => [aspect, right, left] as const) : written.rows,
    use: turned ? [written.use[1], written.use[0]] : written.use,
    whatToDo: [a.whatToDo, b.whatToDo],
    traps: written.traps,
    sources: written.sources,
  };
}

function derivedPage(reference: Reference, pages: Pages): ComparisonPage {
  const [a, b] = pages;
  const pair = reference.pairs.find(({ codes }) => codes.includes(a.code) && codes.includes(b.code));
  return {
    page: 'comparison',
    codes: [a.code, b.code],
    names: [a.name, b.name],
    written: false,
    same: same(pages),
    differences: differences(pages, pair),
    rows: rows(pages, pair !== undefined),
    use: use(pages, pair),
    whatToDo: [a.whatToDo, b.whatToDo],
    traps: [...traps(reference, a), ...traps(reference, b)],
    sources: [...new Set([...a.sources, ...b.sources])],
  };
}

function same([a, b]: Pages): readonly string[] {
  const lines: string[] = [];
  if (a.firstDigit.digits === b.firstDigit.digits) {
    lines.push(`Both are ${a.firstDigit.digits}, ${article(a.firstDigit.name)}: ${a.firstDigit.meaning}.`);
  } else if (a.fix && b.fix) {
    lines.push('Both report a failure: the command was not carried out.');
  } else if (isPositive(a) && isPositive(b)) {
    lines.push('Both are positive: nothing failed.');
  }
  if (a.code >= 100 && a.secondDigit.digits === b.secondDigit.digits) {
    lines.push(`Both are about the same field (${a.secondDigit.digits}): ${a.secondDigit.meaning}.`);
  }
  if (!a.fix && !b.fix) lines.push('Neither reports a problem, and no fix is needed for either.');
  if (a.endsSession === 'no' && b.endsSession === 'no') lines.push('The session goes on after both.');
  if (a.endsSession !== 'no' && b.endsSession !== 'no') lines.push('Both end the session, 421 as a rule.');
  const shared = verbsOf(a).filter((verb) => verbsOf(b).includes(verb));
  if (shared.length > 0) lines.push(`Both may answer ${some(shared)}.`);
  else if (a.elicitedBy.any && b.elicitedBy.any) lines.push('Both may answer any command.');
  if (a.status === 'historic' && b.status === 'historic') lines.push('Both went out of use before RFC 959 (1985).');
  return lines;
}

function differences([a, b]: Pages, pair: ConfusedPair | undefined): readonly string[] {
  const lines: string[] = [];
  if (pair !== undefined) lines.push(pair.difference + (pair.note === undefined ? '' : ` ${pair.note}`));
  else lines.push(`${codeText(a.code)}: ${a.meaning}`, `${codeText(b.code)}: ${b.meaning}`);
  if (a.fix !== b.fix) {
    const [bad, good] = a.fix ? [a, b] : [b, a];
    lines.push(`${codeText(bad.code)} asks for action, ${codeText(good.code)} does not.`);
  }
  if ((a.endsSession === 'no') !== (b.endsSession === 'no')) {
    const [end, stay] = a.endsSession === 'no' ? [b, a] : [a, b];
    const rule = end.code === 421 ? ' as a rule' : '';
    lines.push(`After ${codeText(end.code)} the session is over${rule}, after ${codeText(stay.code)} it goes on.`);
  }
  if (a.status !== b.status) lines.push(`${codeText(a.code)} ${standing(a)}, ${codeText(b.code)} ${standing(b)}.`);
  return lines;
}

function standing(page: ReplyPage): string {
  if (page.status === 'historic') return 'is of an RFC no longer in force';
  if (page.status === 'practice') return 'is known from programs only';
  return page.status === 'current' ? 'is in force today' : 'is not defined anywhere';
}

function rows([a, b]: Pages, paired: boolean): ComparisonPage['rows'] {
  const when = row('When', a, b, (page) => page.seen);
  return [
    row('Name', a, b, (page) => page.name || page.title),
    row('First digit', a, b, ({ firstDigit }) => `${firstDigit.digits}: ${firstDigit.name.toLowerCase()}`),
    row('Second digit', a, b, ({ secondDigit }) => `${secondDigit.digits}: ${secondDigit.name.toLowerCase()}`),
    row('Meaning', a, b, (page) => page.meaning),
    ...(paired ? [when] : []),
    row('Answers', a, b, answers),
    row('Session afterwards', a, b, afterwards),
    row('Action needed', a, b, (page) => (page.fix ? 'yes' : 'no')),
  ];
}

function row(
  aspect: string,
  a: ReplyPage,
  b: ReplyPage,
  tell: (page: ReplyPage) => string,
): readonly [string, string, string] {
  return [aspect, tell(a), tell(b)];
}

function afterwards({ endsSession }: ReplyPage): string {
  if (endsSession === 'no') return 'goes on';
  return endsSession.startsWith('yes') ? `over${endsSession.slice(3)}` : `over ${endsSession}`;
}

function answers(page: ReplyPage): string {
  if (page.elicitedBy.any) return 'any command';
  const all = verbsOf(page);
  return all.length === 0 ? 'no command known' : some(all);
}

function use([a, b]: Pages, pair: ConfusedPair | undefined): readonly [string, string] {
  if (pair === undefined) return [a.seen, b.seen];
  return pair.codes[0] === a.code ? pair.when : [pair.when[1], pair.when[0]];
}

/** What leads astray: another meaning with certain commands, and, of codes out of use, what other old RFCs made of them. */
function traps(reference: Reference, page: ReplyPage): readonly string[] {
  const readings = reference.readings
    .filter(({ code }) => code === page.code)
    .map(({ verbs, meaning }) => `${codeText(page.code)} after ${verbs.slice(0, 4).join(', ')}: ${meaning}`);
  const old =
    page.status === 'historic' ? page.otherMeanings.map((meaning) => `${codeText(page.code)}: ${meaning}`) : [];
  return [...readings, ...old];
}

/** Commands in use, unless the code itself is out of use. */
function verbsOf(page: ReplyPage): readonly string[] {
  const { specified, practice } = page.elicitedBy;
  const all = specified.length > 0 ? specified : practice;
  const inUse = all.filter((verb) => commandOf(verb)?.status !== 'historic');
  return page.status === 'historic' || inUse.length === 0 ? all : inUse;
}

function some(list: readonly string[]): string {
  const shown = list.slice(0, 8).join(', ');
  return list.length > 8 ? `${shown} and ${list.length - 8} more` : shown;
}

/** `a transient negative completion reply`. */
function article(name: string): string {
  const lower = name.toLowerCase();
  return `${'aeiou'.includes(lower.charAt(0)) ? 'an' : 'a'} ${lower}`;
}

function isPositive(page: ReplyPage): boolean {
  return page.code < 400;
}
