/** A server-side script is planted. */
import type { Exchange, Rule, RuleMeta, Session, Transfer } from '../model.ts';
import { rankOf } from '../severity.ts';
import { counted, doneOrAsked, exchangeFact, type Fact, transferFact } from './engine/fact.ts';
import { remember } from './engine/memory.ts';
import { whereOf, workOf } from './engine/work.ts';
import {
  countOf,
  type KeptFacts,
  keepFact,
  keptFacts,
  named,
  sight,
  sightAll,
  type Watch,
  watchingRule,
} from './kinds/sightings.ts';
import { files, filesOf, isScriptExtension } from './words/names.ts';
import { accepted, baseName, extensionOf, resolvePath } from './words/paths.ts';

const meta = {
  id: 'webshell-upload',
  status: 'stable',
  severity: 'high',
  group: 'integrity',
  title: 'A server-side script is planted',
  why: 'A script in a directory that the web server runs gives whoever calls it a shell. A stolen FTP password is the usual way to put it there.',
  advice:
    'Take the file away (keep a copy), look into the web server’s log for calls of it, change the account’s password, and forbid scripts in upload directories.',
  falseAlarms:
    'Deployments: scripts in code directories are not looked at, and a few in media directories among many others are taken for part of them, and so are many with an odd extension.',
  references: [],
  attack: ['T1505.003'],
  cwe: ['CWE-434'],
  verbs: ['RNTO'],
  thresholds: { deployedScripts: 10 },
} satisfies RuleMeta;

interface Planting {
  /** Scripts in directories for uploads and media, until it is known whether this is a deployment. */
  misplaced: KeptFacts | undefined;
  /** Scripts with an odd extension, likewise. */
  odd: KeptFacts | undefined;
  scripts: number;
}

export const webshellUpload: Rule<Watch<Planting>> = watchingRule(
  meta,
  (t) => ({
    exchange(state, x) {
      renamed(state, x);
    },
    transfer(state, x) {
      if (x.direction === 'upload' && x.complete) stored(state, x);
    },
    session(state, _session, { misplaced, odd: oddly, scripts }) {
      const deployed = scripts >= t.deployedScripts;
      if (oddly !== undefined && !deployed) sightAll(state.seen, 'account', oddly);
      if (misplaced === undefined || (deployed && scripts >= countOf(misplaced) * 5)) return;
      sightAll(state.seen, 'account', misplaced);
    },
    message: (seen) =>
      `${counted(seen.count, 'script')} ${doneOrAsked(seen.facts, 'planted', 'asked to be planted')}: ${named(seen)}`,
  }),
  { moves: { upload: files.script | files.twoDots } },
);

function memory(state: Watch<Planting>, s: Session): Planting {
  return remember(state, s, start);
}

function start(): Planting {
  return { misplaced: undefined, odd: undefined, scripts: 0 };
}

function stored(state: Watch<Planting>, x: Transfer): void {
  const kinds = filesOf(x.path);
  if ((kinds & files.document) !== 0) {
    if ((kinds & files.image) !== 0 && isDoubled(baseName(x.path).toLowerCase()))
      sight(state.seen, 'account', transferFact(x, x.path, rankOf('high')));
    return;
  }
  if ((kinds & files.script) === 0) return;
  const name = baseName(x.path).toLowerCase();
  place(state, x.session, transferFact(x, x.path, rankOf('high')), name, x.bytes);
}

function renamed(state: Watch<Planting>, x: Exchange): void {
  const name = baseName(x.arg).toLowerCase();
  if (!accepted(x) || (!isScriptExtension(extensionOf(name)) && !isDoubled(name))) return;
  const from = baseName(workOf(x.session)?.renaming ?? '').toLowerCase();
  const stored = baseName(workOf(x.session)?.stored ?? '').toLowerCase();
  const fact = exchangeFact(x, x.arg, rankOf('high'));
  if (from !== '' && from === stored && !name.startsWith(from) && !from.startsWith(name))
    sight(state.seen, 'account', fact);
  else if (!isTemporary(from, name)) place(state, x.session, fact, name, -1);
  else if (isKnownShell(name) || isDoubled(name)) sight(state.seen, 'account', fact);
}

/** Editors and careful uploaders store `x.php.part` and rename it. */
function isTemporary(from: string, name: string): boolean {
  return (
    from === '' || from.includes(name) || name.includes(from.slice(0, from.lastIndexOf('.'))) || !from.includes('.')
  );
}

function place(state: Watch<Planting>, s: Session, fact: Fact, name: string, bytes: number): void {
  if (isKnownShell(name) || isDoubled(name)) {
    sight(state.seen, 'account', fact);
    return;
  }
  const known = memory(state, s);
  const path = resolvePath(whereOf(s), fact.note).toLowerCase();
  if (odd.test(name) && !isMediaDirectory(path)) {
    known.scripts++;
    known.odd ??= keptFacts();
    keepFact(known.odd, fact);
  } else if (!isMediaDirectory(path) || (name === 'index.php' && bytes >= 0 && bytes <= 128)) known.scripts++;
  else {
    known.misplaced ??= keptFacts();
    keepFact(known.misplaced, fact);
  }
}

const shells =
  /^(?:ftpchk3|weevely|aspxspy|aspydrv|jspspy|cmdasp|cmdjsp|phpspy|antsword|behinder|indoxploit|p0wny|alfa[-_]?shell|alfateam|webshell|web[-_]shell|php[-_]?backdoor|simple[-_]backdoor|backdoor|php[-_]?shell|mini[-_]?shell|reverse[-_]?shell|php[-_]reverse[-_]shell|bypass[-_]?shell|sh3ll|filesman|adminer[-_]shell|leaf[-_]?mailer)(?:[^a-z].*)?\.|^(?:c99|c100|r57|wso|b374k)(?:[-_ .]?(?:v?\d[\w.]*|(?:php|mad|my|new|mini|priv\w*|un\w*)?[-_]?shell|mini|priv\w*|bypass\w*|\(\d+\)))*\.|^(?:shell|cmd|exec|eval)[-_]?\d*\.[a-z0-9]+$/;

function isKnownShell(name: string): boolean {
  return isScriptExtension(extensionOf(name)) && shells.test(name);
}

const doubled =
  /^[^ ]*\.(?:php\d?|phtml|asp|aspx|jsp|cgi)(?:;?\.|%00\.)(?:jpe?g|png|gif|bmp|ico|webp)$|\.(?:jpe?g|png|gif|bmp|ico|webp|pdf)\.(?:php\d?|phtml|phar|asp|aspx|jsp|jspx|cgi)$/;

/** Extensions that few know to be run: alone a trick, among many scripts those of a site. */
const odd = /\.(?:phtml|php[3-8]|pht)$/;

function isDoubled(name: string): boolean {
  return doubled.test(name);
}

const media =
  /\/(?:uploads?|images?|img|imgs|pics?|pictures|photos?|media|cache|avatars?|thumbs?|thumbnails|gallery|galleries|userfiles|attachments)\/(?:[^/]+\/)*[^/]+$/;

function isMediaDirectory(path: string): boolean {
  return media.test(path);
}
