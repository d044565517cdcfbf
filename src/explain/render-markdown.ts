/** A laid-out page as Markdown (CommonMark with tables), for documentation and tickets. */
import type { Block, Document } from './document.ts';

/** The page; `level` is that of its heading, 1 for a page of its own. */
export function renderMarkdown(document: Document, level = 1): string {
  const hashes = '#'.repeat(level);
  const parts = [`${hashes} ${escaped(document.key)} ${escaped(document.title)}`];
  for (const section of document.sections) {
    if (section.heading !== '') parts.push(`${hashes}# ${escaped(section.heading)}`);
    for (const block of section.blocks) parts.push(blockText(block));
  }
  return `${parts.join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.block) {
    case 'text':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'pairs':
      return table(['', ''], block.rows);
    case 'columns':
      return table(['', ...block.head], block.rows);
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [row(head), row(head.map(() => '---'))];
  for (const cells of rows) lines.push(row(cells.map(escaped)));
  return lines.join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Characters that Markdown or HTML would take for syntax. */
function escaped(text: string): string {
  let out = '';
  for (const c of text) out += '\\`*_{}[]<>|#&'.includes(c) ? `\\${c}` : c;
  return out.replaceAll('\n', ' ');
}
