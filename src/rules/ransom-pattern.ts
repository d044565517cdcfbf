/** Files are replaced by encrypted copies. */
import type { Exchange, Finding, Rule, RuleMeta } from '../model.ts';
import { byText } from '../text.ts';
import {
  doneOrAsked,
  exchangeFact,
  type Fact,
  findingOf,
  inOrder,
  listed,
  subjectOf,
  transferFact,
} from './engine/fact.ts';
import { gates } from './engine/gates.ts';
import { recall, remember } from './engine/memory.ts';
import type { ThresholdsOf } from './engine/thresholds.ts';
import { workOf } from './engine/work.ts';
import { bursts, type Counts, countingRule, enter, entries } from './kinds/ledger.ts';
import { files, filesOf } from './words/names.ts';
import { accepted, baseName, extensionOf } from './words/paths.ts';

const meta = {
  id: 'ransom-pattern',
  status: 'stable',
  severity: 'critical',
  group: 'integrity',
  title: 'Files are replaced by encrypted copies',
  why: 'One new extension on many files, or each file fetched, stored under a new name and deleted, with a note in between: somebody takes the files hostage.',
  advice:
    'Stop the account at once, do not delete anything, restore from a backup that FTP cannot reach, and find the machine the client ran on.',
  falseAlarms:
    'Rotations (.1, .gz, dates) and workflows that rename what they are done with (.done, .bak) are not counted.',
  references: [],
  attack: ['T1486'],
  cwe: [],
  verbs: ['RNTO', 'DELE'],
  thresholds: { renames: 20, seconds: 600, triples: 10, withNote: 5 },
} satisfies RuleMeta;

/** What was stored as the old name with a new suffix: the name without its last suffix to that suffix. */
type Replaced = Map<string, string>;

const fileLimit = 4096;

/** Notes of the facts: `.ext` of a rename, `+.ext` of a triple, `!name` of a note. */
export const ransomPattern: Rule<Counts<Replaced>> = countingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      if (x.verb === 'RNTO') renamed(state, x);
      else deleted(state, x);
    },
    transfer(state, x) {
      if (!x.complete || x.direction === 'download') return;
      const name = baseName(x.path);
      const extension = extensionOf(name);
      if ((filesOf(x.path) & files.note) !== 0 && isNote(name))
        enter(state.ledgers, keyOf(x), transferFact(x, `!${name}`));
      if (x.session.downloads === 0 || workflow.has(extension)) return;
      const dot = name.lastIndexOf('.');
      if (dot <= 0 || name.lastIndexOf('.', dot - 1) <= 0 || !isNew(name.slice(dot))) return;
      const replaced = remember(state, x.session, noneReplaced);
      if (replaced.size < fileLimit) replaced.set(name.slice(0, dot), name.slice(dot));
    },
    finish: (ledgers) => entries(ledgers).flatMap(([, facts]) => ofAccount(facts, t)),
  }),
  { when: (verb) => (verb === 'DELE' ? gates.recalls : gates.always), moves: { upload: files.note | files.twoDots } },
);

function noneReplaced(): Replaced {
  return new Map();
}

function keyOf(x: { readonly session: { readonly client: string; readonly user: string } }): string {
  return `${x.session.client}\n${x.session.user}`;
}

function renamed(state: Counts<Replaced>, x: Exchange): void {
  const renaming = workOf(x.session)?.renaming ?? '';
  // vsftpd's own log has both names in one: `/a /a.locked`
  const joined = renaming === '' ? halves(x.arg) : undefined;
  const from = baseName(joined?.from ?? renaming);
  const to = baseName(joined?.to ?? x.arg);
  if (!accepted(x) || from === '' || !to.startsWith(from)) return;
  const suffix = to.slice(from.length).toLowerCase();
  if (isNew(suffix)) enter(state.ledgers, keyOf(x), exchangeFact(x, suffix));
}

function halves(arg: string): { readonly from: string; readonly to: string } | undefined {
  for (let blank = arg.indexOf(' /'); blank > 0; blank = arg.indexOf(' /', blank + 1)) {
    const from = arg.slice(0, blank);
    const to = arg.slice(blank + 1);
    if (to.startsWith(from)) return { from, to };
  }
  return undefined;
}

/** The old name is taken away, in a session that fetched as many files at least as it replaced. */
function deleted(state: Counts<Replaced>, x: Exchange): void {
  const replaced = recall(state, x.session);
  if (replaced === undefined || x.session.downloads < replaced.size) return;
  const suffix = replaced.get(baseName(x.arg));
  if (suffix !== undefined && accepted(x)) enter(state.ledgers, keyOf(x), exchangeFact(x, `+${suffix}`));
}

const workflow: ReadonlySet<string> = new Set(
  'bak old orig save backup tmp temp part filepart partial log done processed ok imported import archived archive sent read loaded error err failed fail complete completed finished new prev copy gz bz2 xz zst zip z tgz md5 sha1 sha256 sig asc hold ready uploaded downloaded deleted disabled inactive txt html php'.split(
    ' ',
  ),
);

/** A suffix that neither rotates nor belongs to a workflow. */
function isNew(suffix: string): boolean {
  if (suffix.length < 2 || suffix.length > 64 || suffix.charCodeAt(0) !== 46) return false;
  const word = suffix.slice(1).toLowerCase();
  return !/^[\d_.:-]*$/.test(word) && !/^\d{4}-?\d\d/.test(word) && !workflow.has(word);
}

const note =
  /read[ _-]?me.*(?:decrypt|restore|recover|unlock)|how[ _-]?to[ _-]?(?:restore|decrypt|recover|unlock|get)|(?:decrypt|restore|recover|unlock)[ _-]?(?:your|my|all)?[ _-]?(?:files|data|instructions|info)|(?:files|data)[ _-]?(?:encrypted|decrypt|recovery)|ransom[ _-]?note|your[ _-]?files[ _-]?are/i;

function isNote(name: string): boolean {
  return name.length >= 8 && note.test(name);
}

function ofAccount(facts: readonly Fact[], t: ThresholdsOf<typeof meta>): readonly Finding[] {
  const ms = t.seconds * 1000;
  const notes = facts.filter((f) => f.note.startsWith('!'));
  const changes = new Map<string, Fact[]>();
  for (const f of facts) if (!f.note.startsWith('!')) changes.set(f.note, [...(changes.get(f.note) ?? []), f]);
  const found: Fact[] = [];
  for (const [suffix, list] of [...changes].sort((a, b) => byText(a[0], b[0]))) {
    const alone = suffix.startsWith('+') ? t.triples : t.renames;
    found.push(...bursts(list, notes.length > 0 ? Math.min(alone, t.withNote) : alone, ms).flat());
  }
  const first = found.sort(inOrder)[0];
  if (first === undefined) return [];
  const suffixes = listed(found.map((f) => ({ ...f, note: f.note.replace('+', '') })));
  return [
    findingOf(meta, {
      message: `${found.length} files ${doneOrAsked(found, 'replaced', 'asked to be replaced')} by copies with ${suffixes}${
        notes.length > 0
          ? `, and a note (${listed(
              notes.map((f) => ({ ...f, note: f.note.slice(1) })),
              1,
            )})`
          : ''
      }`,
      subject: subjectOf(first.client, first.user, first.session),
      facts: [...found, ...notes].sort(inOrder),
      triggers: [first, ...notes.slice(0, 1)],
      count: found.length,
    }),
  ];
}
