/** From the tree of a file to its configuration, or to all that is wrong with it. */
import { type Config, emptyConfig } from './config.ts';
import { configShape } from './declaration.ts';
import { markAt, type Problem, type Tree } from './tree.ts';
import type { Known } from './values.ts';

/** What the reader of a file must bring along. */
export interface ReadContext extends Omit<Known, 'customIds' | 'ownNetworks'> {
  /** Name of the file as it is shown. */
  readonly file: string;
  readonly suggest: (word: string, known: readonly string[]) => readonly string[];
}

/** The configuration, or its problems in the order of the file. */
export type ReadConfig = { readonly config: Config } | { readonly problems: readonly Problem[] };

/** Reads the tree of a file. Pure. */
export function readConfig(tree: Tree, context: ReadContext): ReadConfig {
  const problems: Problem[] = [];
  const known: Known = {
    ...context,
    customIds: customIds(tree),
    ownNetworks: namesNetworks(tree),
  };
  const raw = configShape(known).read(tree, '', {
    problem: (at, message) => void problems.push({ at, message }),
    suggest: context.suggest,
  });
  if (raw === undefined || problems.length > 0)
    return { problems: problems.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column) };
  const allow = (raw.allow ?? []).map((entry, i) => ({
    ...entry,
    place: `${context.file}:${markAt(tree, ['allow', i])?.line ?? 1}`,
  }));
  return { config: { ...emptyConfig, ...raw, allow } };
}

function namesNetworks(tree: Tree): boolean {
  const networks = tree.kind === 'map' ? tree.entries.find((entry) => entry.key === 'ownNetworks')?.value : undefined;
  return networks?.kind === 'leaf'
    ? networks.value !== undefined
    : networks?.kind === 'list' && networks.items.length > 0;
}

/** Ids of the rules that the file declares, right or wrong, so that they can be named elsewhere in it. */
function customIds(tree: Tree): readonly string[] {
  const rules = tree.kind === 'map' ? tree.entries.find((entry) => entry.key === 'customRules')?.value : undefined;
  if (rules?.kind !== 'list') return [];
  return rules.items.flatMap((item) => {
    const id = item.kind === 'map' ? item.entries.find((entry) => entry.key === 'id')?.value : undefined;
    return id?.kind === 'leaf' && typeof id.value === 'string' ? [id.value] : [];
  });
}
