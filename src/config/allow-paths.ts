/**
 * Allow-list entries with a path: a rule looks at the log twice, once at all of it and once without what the entries
 * cover. A finding that is only in the first is suppressed; one that is in both states what is not covered.
 */
import type { Exchange, Finding, FinishContext, Fold, Rule, Session, Transfer } from '../model.ts';
import { type Compiler, clientTest, pathTest, textTest } from './conditions.ts';
import type { AllowEntry } from './config.ts';
import { pathOf } from './custom-rule.ts';

interface TwoLooks<S> {
  readonly all: S;
  readonly rest: S;
  /** Events covered, by entry. */
  readonly covered: number[];
}

/** An entry with its index in the allow-list. */
export interface IndexedEntry {
  readonly entry: AllowEntry;
  readonly index: number;
}

/** The rule with these entries, all of which have a path. */
export function allowingPaths<S>(
  rule: Rule<S>,
  entries: readonly IndexedEntry[],
  compiler: Compiler,
): Rule<TwoLooks<S>> {
  const tests = entries.map(({ entry }) => {
    const paths = pathTest(entry.paths, compiler);
    const clients = clientTest(entry.clients, compiler);
    const users = textTest(entry.users, compiler);
    return (path: string, session: Session): boolean =>
      path !== '' && paths(path) && clients(session.client) && users(session.user);
  });
  const covering = (path: string, session: Session): number => tests.findIndex((test) => test(path, session));
  return {
    meta: rule.meta,
    create(thresholds): Fold<TwoLooks<S>, readonly Finding[]> {
      const all = rule.create(thresholds);
      const rest = rule.create(thresholds);
      const { open, exchange, login, transfer, session } = all;
      return {
        init: (slots) => ({ all: all.init(slots), rest: rest.init(slots), covered: entries.map(() => 0) }),
        ...(open && {
          open(state: TwoLooks<S>, s: Session): void {
            all.open?.(state.all, s);
            rest.open?.(state.rest, s);
          },
        }),
        ...(exchange && {
          exchange(state: TwoLooks<S>, x: Exchange): void {
            all.exchange?.(state.all, x);
            const at = covering(pathOf(x), x.session);
            if (at < 0) rest.exchange?.(state.rest, x);
            else state.covered[at] = (state.covered[at] ?? 0) + 1;
          },
        }),
        ...(login && {
          login(state: TwoLooks<S>, l): void {
            all.login?.(state.all, l);
            rest.login?.(state.rest, l);
          },
        }),
        ...(transfer && {
          transfer(state: TwoLooks<S>, t: Transfer): void {
            all.transfer?.(state.all, t);
            const at = covering(t.path, t.session);
            if (at < 0) rest.transfer?.(state.rest, t);
            else state.covered[at] = (state.covered[at] ?? 0) + 1;
          },
        }),
        ...(session && {
          session(state: TwoLooks<S>, s: Session): void {
            all.session?.(state.all, s);
            rest.session?.(state.rest, s);
          },
        }),
        merge(into, from): void {
          all.merge(into.all, from.all);
          rest.merge(into.rest, from.rest);
          for (const [i, n] of from.covered.entries()) into.covered[i] = (into.covered[i] ?? 0) + n;
        },
        finish(state, context: FinishContext): readonly Finding[] {
          const kept = rest.finish(state.rest, context);
          const keys = new Set(kept.map(keyOf));
          const gone = all.finish(state.all, context).filter((finding) => !keys.has(keyOf(finding)));
          return [
            ...kept,
            ...gone.map((finding) => ({ ...finding, allowedBy: coveredBy(finding, state, entries, compiler) })),
          ];
        },
      };
    },
  };
}

/** The first entry that covered something and fits the subject; the first that covered something otherwise. */
function coveredBy(
  finding: Finding,
  { covered }: TwoLooks<unknown>,
  entries: readonly IndexedEntry[],
  compiler: Compiler,
): number {
  const { client = '', user = '' } = finding.subject;
  const used = entries.filter((_, i) => (covered[i] ?? 0) > 0);
  const fitting = used.find(
    ({ entry }) =>
      (client === '' || clientTest(entry.clients, compiler)(client)) &&
      (user === '' || textTest(entry.users, compiler)(user)),
  );
  return (fitting ?? used[0] ?? entries[0])?.index ?? 0;
}

function keyOf({ rule, subject, identity }: Finding): string {
  const { client = '', user = '', network = '', session = '' } = subject;
  return [rule, client, user, network, session, identity].join('\n');
}
