/** The page of everything that has a page. */
import type { RuleMeta } from '../model.ts';
import { commandOf, verbs } from '../protocol/commands.ts';
import type { Reference } from '../protocol/reference/index.ts';
import { replySpecs } from '../protocol/replies.ts';
import type { ListPage } from './pages.ts';

/** Codes, commands, rules and the programs whose replies are quoted; one sort only if asked. */
export function listPage(reference: Reference, rules: readonly RuleMeta[], only: ListSort | ''): ListPage {
  const wants = (sort: ListSort): boolean => only === '' || only === sort;
  return {
    page: 'list',
    replies: wants('codes') ? replySpecs.map(({ code, name, status }) => ({ code, name, status })) : [],
    verbs: wants('verbs')
      ? verbs.map((verb) => ({ verb, name: commandOf(verb)?.name ?? '', status: commandOf(verb)?.status ?? 'vendor' }))
      : [],
    rules: wants('rules') ? rules.map(({ id, title, severity }) => ({ id, title, severity })) : [],
    programs:
      only === 'programs' ? [...reference.programs.values()].map(({ name, evidence }) => ({ name, evidence })) : [],
  };
}

/** What `--list` can be narrowed to. */
export type ListSort = 'codes' | 'verbs' | 'rules' | 'programs';
