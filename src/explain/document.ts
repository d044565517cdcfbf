/** A page laid out, before any syntax: what the renderers of text and Markdown share. */

/** How a heading is meant: the class of a reply, or neutral. */
export type Tone = 'good' | 'wait' | 'bad' | 'plain';

/** One piece of a section. */
export type Block =
  | { readonly block: 'text'; readonly text: string }
  | { readonly block: 'list'; readonly items: readonly string[] }
  /** Rows of a short left and a longer right part. */
  | { readonly block: 'pairs'; readonly rows: readonly (readonly [left: string, right: string])[] }
  /** Three columns: an aspect, and how two things stand to it. */
  | {
      readonly block: 'columns';
      readonly head: readonly [string, string];
      readonly rows: readonly (readonly [string, string, string])[];
    };

/** A heading and what stands under it; the first section of a page has none. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** A laid-out page. */
export interface Document {
  /** What it is about: `214`, `RETR`, `bounce-port`. */
  readonly key: string;
  readonly title: string;
  readonly tone: Tone;
  readonly sections: readonly Section[];
}

/** A paragraph. */
export function text(content: string): Block {
  return { block: 'text', text: content };
}

/** A bulleted list. */
export function list(items: readonly string[]): Block {
  return { block: 'list', items };
}

/** Rows of two parts. */
export function pairs(rows: readonly (readonly [string, string])[]): Block {
  return { block: 'pairs', rows };
}

/** A section, or none if nothing is in it. */
export function section(heading: string, ...blocks: readonly Block[]): readonly Section[] {
  const filled = blocks.filter(isFilled);
  return filled.length === 0 ? [] : [{ heading, blocks: filled }];
}

function isFilled(block: Block): boolean {
  if (block.block === 'text') return block.text !== '';
  return block.block === 'list' ? block.items.length > 0 : block.rows.length > 0;
}
