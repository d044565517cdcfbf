/** A laid-out page for a terminal: wrapped, indented, with colour only where it helps. */
import type { Block, Document, Tone } from './document.ts';

/** How wide the terminal is, and whether it takes colour. */
export interface TextOptions {
  readonly width: number;
  readonly color: boolean;
}

const indent = '  ';

/** Below this two columns of prose cannot be read side by side. */
const columnsFrom = 64;

/** The page as lines, each with its line end. */
export function renderText(document: Document, options: TextOptions): string {
  const width = Math.max(30, Math.min(options.width, 100));
  const lines: string[] = [];
  const title = wrap(document.title, width - document.key.length - 2);
  const key = paint(document.key, toneCodes[document.tone], options.color);
  lines.push(`${key}  ${title[0] ?? ''}`);
  for (const more of title.slice(1)) lines.push(`${' '.repeat(document.key.length + 2)}${more}`);
  for (const section of document.sections) {
    lines.push('');
    if (section.heading !== '') lines.push(paint(section.heading, '1', options.color));
    section.blocks.forEach((block, i) => {
      if (i > 0 && block.block === 'pairs') lines.push('');
      lines.push(...blockLines(block, width));
    });
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const toneCodes: Readonly<Record<Tone, string>> = { good: '1;32', wait: '1;33', bad: '1;31', plain: '1' };

function paint(text: string, code: string, color: boolean): string {
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

function blockLines(block: Block, width: number): readonly string[] {
  switch (block.block) {
    case 'text':
      return wrap(block.text, width - indent.length).map((line) => indent + line);
    case 'list':
      return block.items.flatMap((item) => hanging(`${indent}- `, item, width));
    case 'pairs':
      return pairLines(block.rows, width);
    case 'columns':
      return width < columnsFrom ? stacked(block.head, block.rows, width) : columns(block.head, block.rows, width);
  }
}

/** The left parts in one column, as wide as the widest of those that are not too wide. */
function pairLines(rows: readonly (readonly [string, string])[], width: number): readonly string[] {
  const limit = Math.floor(width / 3);
  const left = Math.max(0, ...rows.map(([key]) => (key.length <= limit ? key.length : 0)));
  return rows.flatMap(([key, value]) => {
    if (key.length > limit) return [`${indent}${key}`, ...hanging(' '.repeat(indent.length + left + 2), value, width)];
    return hanging(`${indent}${key.padEnd(left)}  `, value, width);
  });
}

/** Text behind a first prefix; further lines begin under its text. */
function hanging(prefix: string, content: string, width: number): readonly string[] {
  const blank = ' '.repeat(prefix.length);
  return wrap(content, width - prefix.length).map((line, i) => (i === 0 ? prefix : blank) + line);
}

function columns(
  head: readonly [string, string],
  rows: readonly (readonly [string, string, string])[],
  width: number,
): readonly string[] {
  const left = Math.max(...rows.map(([aspect]) => aspect.length));
  const cell = Math.floor((width - indent.length - left - 4) / 2);
  const lines = [`${indent}${' '.repeat(left)}  ${head[0].padEnd(cell)}  ${head[1]}`];
  lines.push(`${indent}${'-'.repeat(left)}  ${'-'.repeat(cell)}  ${'-'.repeat(cell)}`);
  for (const [aspect, a, b] of rows) {
    const aLines = wrap(a, cell);
    const bLines = wrap(b, cell);
    for (let i = 0; i < Math.max(aLines.length, bLines.length); i++) {
      const name = i === 0 ? aspect : '';
      lines.push(`${indent}${name.padEnd(left)}  ${(aLines[i] ?? '').padEnd(cell)}  ${bLines[i] ?? ''}`);
    }
  }
  return lines;
}

function stacked(
  head: readonly [string, string],
  rows: readonly (readonly [string, string, string])[],
  width: number,
): readonly string[] {
  return rows.flatMap(([aspect, a, b]) => [
    `${indent}${aspect}`,
    ...hanging(`${indent}${indent}${head[0]}  `, a, width),
    ...hanging(`${indent}${indent}${head[1]}  `, b, width),
  ]);
}

/** Lines of at most `width` characters, broken at blanks; a longer word is cut. At least one line. */
function wrap(content: string, width: number): readonly string[] {
  const limit = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (const part of content.split(' ')) {
    let word = part;
    if (line !== '' && line.length + 1 + word.length <= limit) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (word.length > limit) {
      lines.push(word.slice(0, limit));
      word = word.slice(limit);
    }
    line = word;
  }
  lines.push(line);
  return lines;
}
