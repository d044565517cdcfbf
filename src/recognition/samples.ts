/**
 * The first lines of a source that nothing understood, fit to be shown. Whatever could be a secret in them is hidden when
 * they come: by what stands around it, by the line before, by the head of its column, by the secrets of the same source.
 */
import type { Concealed } from '../model.ts';
import { LatestSecrets } from '../protocol/secret-memory.ts';
import { maskUnknown } from '../protocol/secret-text.ts';
import { isSecretKey } from '../protocol/secret-words.ts';
import { clip, own } from '../text.ts';

/** A line that nothing understood. */
export interface UnparsedLine {
  readonly line: number;
  readonly text: string;
}

/** A column of secrets, told by its name. */
interface SecretColumn {
  readonly separator: string;
  readonly index: number;
}

const keptSamples = 3;
const shownChars = 200;
/** The latest secrets of the source: one that comes back later may be in a line that nothing understands. */
const keptSecrets = 64;
/** Columns of a longer head are not looked for. */
const headLimit = 2000;

export class Samples {
  readonly #lines: UnparsedLine[] = [];
  readonly #secrets = new LatestSecrets(keptSecrets);
  #column: SecretColumn | undefined;

  get kept(): readonly UnparsedLine[] {
    return this.#lines;
  }

  /** Whether a further line would be kept. */
  get wanted(): boolean {
    return this.#lines.length < keptSamples;
  }

  /** Looks at one of the first lines of the source: it may be the head of a table. */
  head(text: string): void {
    this.#column ??= columnOf(text);
  }

  /** Keeps a line. `before`: the line before it in the source. */
  add(line: number, text: string, before: string): void {
    if (!this.wanted) return;
    this.head(text);
    let masked = maskUnknown(text, before);
    if (this.#column !== undefined) masked = maskColumn(masked, this.#column);
    for (const secret of this.#secrets.all()) masked = secret.mask(masked);
    this.#lines.push({ line, text: own(clip(masked, shownChars)) });
  }

  /** Hides a secret of the source in the lines kept and in those to come. */
  hide(secret: Concealed): void {
    if (this.wanted) this.#secrets.keep(secret);
    for (let i = 0; i < this.#lines.length; i++) {
      const kept = this.#lines[i];
      if (kept === undefined) continue;
      const text = secret.mask(kept.text);
      if (text !== kept.text) this.#lines[i] = { line: kept.line, text };
    }
  }
}

/** The column of secrets that the head of a table names: `time,user,password`, `| user | password |`, `USER  PASSWORD`. */
function columnOf(text: string): SecretColumn | undefined {
  if (text.length > headLimit) return undefined;
  for (const separator of ['\t', ',', ';', '|', '  ', ' ']) {
    const cells = cellsOf(text, separator);
    if (cells.length < 2 || !cells.every((cell) => /^[\w .#()/-]*$/.test(bareCell(cell)))) continue;
    // Words of a sentence are no heads.
    if (separator === ' ' && !text.startsWith('#') && text !== text.toUpperCase()) continue;
    const index = cells.findIndex((cell) => isSecretKey(bareCell(cell)) && bareCell(cell).split(' ').length < 3);
    // `#Fields: date time cs-password` names its columns behind a word of its own.
    if (index >= 0) return { separator, index: /^#\w+:/.test(text) ? index - 1 : index };
  }
  return undefined;
}

function maskColumn(text: string, { separator, index }: SecretColumn): string {
  const cells = cellsOf(text, separator);
  const cell = cells[index];
  if (cell === undefined || isSecretKey(bareCell(cell)) || bareCell(cell) === '') return text;
  cells[index] = cell.replace(bareCell(cell), () => '***');
  return cells.join(separator);
}

function cellsOf(text: string, separator: string): string[] {
  if (separator === '  ') return text.trim().split(/ {2,}/);
  if (separator === ' ') return text.trim().split(/ +/);
  const cells: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) {
      cells.push(text.slice(start, i));
      start = i + 1;
    }
  }
  cells.push(text.slice(start));
  return cells;
}

function bareCell(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}
