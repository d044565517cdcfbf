/** Full-text search over the pages: every word must occur, and where it occurs decides the rank. */
import type { RuleMeta } from '../model.ts';
import { replyAdvice } from '../protocol/advice.ts';
import { commandOf } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { replyName, replyOf } from '../protocol/replies.ts';
import type { Hit, SearchPage } from './pages.ts';
import { codeText, programNames } from './reply.ts';

/** Parts of a page, with the weight of a word found in them. */
interface Candidate {
  readonly sort: Hit['sort'];
  readonly key: string;
  readonly name: string;
  readonly parts: readonly (readonly [weight: number, text: string])[];
}

/** Parts up to this weight are prose, fit for an excerpt; heavier ones are names. */
const proseWeight = 5;

/** Hits beyond this many are noise. */
const hitLimit = 20;

/**
 * The pages that hold all words of the query, best first; if none does, those that hold most of them. `whole`: all words
 * must occur, and as whole words.
 */
export function searchPage(
  reference: Reference,
  rules: readonly RuleMeta[],
  query: string,
  { whole = false }: { readonly whole?: boolean } = {},
): SearchPage {
  const terms = words(query);
  const phrase = terms.join(' ');
  const found: { readonly hit: Hit; readonly terms: number }[] = [];
  if (terms.length > 0) {
    for (const candidate of [
      ...replies(reference),
      ...commands(reference),
      ...comparisons(reference),
      ...rulesOf(rules),
    ]) {
      const scored = score(candidate, terms, phrase, whole);
      if (scored.terms > 0) found.push(scored);
    }
  }
  const most = found.reduce((max, entry) => Math.max(max, entry.terms), 0);
  const wanted = whole ? terms.length : most;
  const hits = found.filter((entry) => entry.terms === wanted).map((entry) => entry.hit);
  hits.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  return { page: 'search', query, hits: hits.slice(0, hitLimit) };
}

function score(
  candidate: Candidate,
  terms: readonly string[],
  phrase: string,
  whole: boolean,
): { hit: Hit; terms: number } {
  let total = 0;
  let best = 0;
  let excerpt = '';
  const met = new Set<string>();
  for (const [weight, text] of candidate.parts) {
    const all = ` ${words(text).join(' ')} `;
    let here = 0;
    for (const term of terms) {
      if (!all.includes(whole ? ` ${term} ` : ` ${term}`)) continue;
      met.add(term);
      here += weight * (all.includes(` ${term} `) ? 1 : 0.5);
    }
    if (terms.length > 1 && all.includes(` ${phrase}`)) here *= 2;
    total += here;
    if (here > best && weight <= proseWeight) {
      best = here;
      excerpt = text;
    }
  }
  const { sort, key, name } = candidate;
  if (excerpt === '')
    excerpt = candidate.parts.find(([weight, text]) => weight <= proseWeight && text !== '')?.[1] ?? '';
  return { hit: { sort, key, name, excerpt, score: Math.round(total * 10) / 10 }, terms: met.size };
}

function* replies(reference: Reference): Iterable<Candidate> {
  for (const [code, text] of reference.replies) {
    const current = replyOf(code)?.status !== 'historic';
    yield {
      sort: 'reply',
      key: codeText(code),
      name: replyName(code) || text.title,
      parts: [
        [20, codeText(code)],
        [current ? 10 : 5.5, text.title],
        [current ? 10 : 5.5, replyName(code)],
        [current ? 5 : 2, text.meaning],
        [4, text.seen],
        [4, replyAdvice(code, '')],
        ...text.todo.map((step) => [3, step] as const),
        ...(text.programs ?? []).map(
          (note) => [2, `${programNames(reference, [note.program])}: ${note.text}`] as const,
        ),
        ...(text.otherMeanings ?? []).map((other) => [1, other] as const),
        ...text.sources.map((source) => [1, source] as const),
      ],
    };
  }
}

function* commands(reference: Reference): Iterable<Candidate> {
  for (const [verb, text] of reference.commands) {
    const name = commandOf(verb)?.name ?? '';
    yield {
      sort: 'verb',
      key: verb,
      name,
      parts: [
        [20, verb],
        [8, name],
        [5, text.summary],
        [3, text.effect ?? ''],
        [2, text.feat ?? ''],
        ...[...(text.notes ?? []), ...(text.risks ?? []), text.gaps ?? ''].map((note) => [2, note] as const),
        ...(text.practice ?? []).map((note) => [1, `${note.code}: ${note.note}`] as const),
        [1, text.since],
      ],
    };
  }
}

function* comparisons(reference: Reference): Iterable<Candidate> {
  for (const pair of reference.pairs) {
    const key = pair.codes.join(' ');
    yield { sort: 'comparison', key, name: pair.codes.map(replyName).join(' / '), parts: [[3, pair.difference]] };
  }
}

function* rulesOf(rules: readonly RuleMeta[]): Iterable<Candidate> {
  for (const rule of rules) {
    yield {
      sort: 'rule',
      key: rule.id,
      name: rule.title,
      parts: [
        [20, rule.id],
        [10, rule.title],
        [4, rule.why],
        [3, rule.advice],
        [2, rule.falseAlarms],
        [1, [...rule.references, ...rule.attack, ...rule.cwe].join(' ')],
      ],
    };
  }
}

/** Lower-case words of letters and digits. */
function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}§.]+/u)
    .map(trimDots)
    .filter(Boolean);
}

function trimDots(word: string): string {
  return word.endsWith('.') ? trimDots(word.slice(0, -1)) : word;
}
