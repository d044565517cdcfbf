/** Lays pages out: which part of a page comes where, and what stands over it. */
import { printable } from '../text.ts';
import type { Document } from './document.ts';
import { list, pairs, section, text } from './document.ts';
import { answerDocument, comparisonDocument, lineDocument, replyDocument } from './layout-replies.ts';
import type { DigitsPage, ListPage, NumberPage, Page, RulePage, SearchPage, VerbPage } from './pages.ts';
import { codeText } from './reply.ts';

/** The page as headings, paragraphs, lists and tables. */
export function layOut(page: Page): Document {
  switch (page.page) {
    case 'reply':
      return replyDocument(page);
    case 'comparison':
      return comparisonDocument(page);
    case 'verb':
      return verb(page);
    case 'answer':
      return answerDocument(page);
    case 'rule':
      return rule(page);
    case 'digits':
      return digits(page);
    case 'number':
      return number(page);
    case 'line':
      return lineDocument(page);
    case 'list':
      return everything(page);
    case 'search':
      return search(page);
  }
}

function verb(page: VerbPage): Document {
  const specified = page.replies.filter((entry) => entry.specified);
  const extra = page.replies.filter((entry) => !entry.specified);
  return {
    key: page.verb,
    title: page.name,
    tone: 'plain',
    sections: [
      ...section('', text(page.syntax), text(page.summary), pairs(verbFacts(page))),
      ...section('Replies', pairs(specified.map(replyRow))),
      ...section('Replies seen in practice', pairs(extra.map(replyRow))),
      ...section('Risks', list(page.risks)),
      ...section('Notes', list(page.gaps === '' ? page.notes : [...page.notes, page.gaps])),
      ...section('Sources', text(`${origin(page.since)}. Replies: ${page.source}.`)),
    ],
  };
}

function verbFacts(page: VerbPage): readonly (readonly [string, string])[] {
  const login = { yes: 'needed', no: 'not needed', policy: 'left to the server' }[page.login];
  const rows: [string, string][] = [
    ['Status', page.rfcs.length === 0 ? page.status : `${page.status} (RFC ${page.rfcs.join(', ')})`],
    ['Login', login],
    ['Sequence', page.diagram],
  ];
  if (page.aliasOf !== '') rows.push(['Old name of', page.aliasOf]);
  if (page.data !== '') rows.push(['Moves', page.data]);
  if (page.before.length > 0) rows.push(['Before it', page.before.join('; ')]);
  if (page.after.length > 0) rows.push(['After it', page.after.join('; ')]);
  if (page.duringTransfer) rows.push(['In transfers', 'may be sent while a transfer runs']);
  if (page.effect !== '') rows.push(['Effect', page.effect]);
  if (page.feat !== '') rows.push(['In FEAT', page.feat]);
  if (page.secret !== '') rows.push(['Secret', page.secret]);
  return rows;
}

function origin(since: string): string {
  return since.startsWith('RFC') ? `First defined in ${since}` : `Known from ${since}`;
}

function replyRow(entry: VerbPage['replies'][number]): readonly [string, string] {
  const who = entry.programs.length === 0 ? '' : ` (${entry.programs.join(', ')})`;
  const note = entry.note === '' ? '' : ` - ${entry.note}${who}`;
  return [codeText(entry.code), `${entry.name}${note}`];
}

function rule({ rule: meta }: RulePage): Document {
  const references = [...meta.references, ...meta.attack.map((id) => `ATT&CK ${id}`), ...meta.cwe];
  const rows: [string, string][] = [
    ['Severity', meta.severity],
    ['Group', meta.group],
    ['Status', meta.status === 'trial' ? 'trial: runs only when asked for' : 'stable'],
  ];
  const thresholds = Object.entries(meta.thresholds ?? {}).map(([name, value]) => `${name} = ${value}`);
  if (thresholds.length > 0) rows.push(['Thresholds', thresholds.join(', ')]);
  return {
    key: meta.id,
    title: meta.title,
    tone: 'plain',
    sections: [
      ...section('', pairs(rows)),
      ...section('Why it matters', text(meta.why)),
      ...section('What to do', text(meta.advice)),
      ...section('When it fires without harm', text(meta.falseAlarms)),
      ...section('References', text(references.join('; '))),
    ],
  };
}

function digits(page: DigitsPage): Document {
  return {
    key: page.digits,
    title: page.name,
    tone: 'plain',
    sections: [
      ...section('', text(`${page.meaning.charAt(0).toUpperCase()}${page.meaning.slice(1)}.`), text(page.whatToDo)),
      ...section('Codes', pairs(page.codes.map((entry) => [codeText(entry.code), nameWithStatus(entry)]))),
      ...section('Sources', text('RFC 959 §4.2; RFC 1123 §4.1.2.11; RFC 2228 §5')),
    ],
  };
}

function number(page: NumberPage): Document {
  return {
    key: page.number,
    title: 'no reply code of FTP',
    tone: 'plain',
    sections: [
      ...section('', pairs([['Origin', page.origin]])),
      ...section('Meaning', text(page.meaning)),
      ...section('What to do', text(page.whatToDo)),
    ],
  };
}

function everything(page: ListPage): Document {
  return {
    key: 'explain',
    title: 'what has a page',
    tone: 'plain',
    sections: [
      ...section('Reply codes', pairs(page.replies.map((entry) => [codeText(entry.code), nameWithStatus(entry)]))),
      ...section(
        'Commands',
        pairs(
          page.verbs.map((entry) => [
            entry.verb,
            `${entry.name}${entry.status === 'standard' ? '' : ` (${entry.status})`}`,
          ]),
        ),
      ),
      ...section('Rules', pairs(page.rules.map((entry) => [entry.id, `${entry.title} (${entry.severity})`]))),
      ...section('Programs', pairs(page.programs.map((entry) => [entry.name, entry.evidence]))),
    ],
  };
}

function search(page: SearchPage): Document {
  const rows = page.hits.map((hit): readonly [string, string] => [
    hit.key,
    hit.excerpt === '' ? hit.name : `${hit.name}: ${hit.excerpt}`,
  ]);
  return {
    key: 'search',
    title: printable(page.query),
    tone: 'plain',
    sections: section('', rows.length === 0 ? text('Nothing found.') : pairs(rows)),
  };
}

function nameWithStatus(entry: { readonly name: string; readonly status: string }): string {
  return entry.status === 'current' ? entry.name : `${entry.name} (${entry.status})`;
}
