/**
 * Beginnings of lines that say nothing, written as in the shape of a line: `Added … File: … --…`. Each ends with `…`, the
 * blanks behind the one before do not count; a blank that it begins with is written `␣`.
 */
export class Beginnings {
  /** By the code of the first character; under 0 those whose first is not ASCII. */
  readonly #byFirst: readonly (readonly string[])[];

  constructor(written: string) {
    const parts = written.split('…').map((part) => part.trimStart().replaceAll('␣', ' '));
    if (parts.pop() !== '' || parts.includes('')) throw new Error(`each beginning ends with …: ${written}`);
    const byFirst: string[][] = Array.from({ length: 128 }, () => []);
    for (const part of parts) byFirst[placeOf(part.charCodeAt(0))]?.push(part);
    this.#byFirst = byFirst;
  }

  /** Whether one of them stands at `from`. */
  begin(text: string, from = 0): boolean {
    if (from >= text.length) return false;
    const same = this.#byFirst[placeOf(text.charCodeAt(from))] as readonly string[];
    for (let i = 0; i < same.length; i++) if (text.startsWith(same[i] as string, from)) return true;
    return false;
  }
}

function placeOf(code: number): number {
  return code < 128 ? code : 0;
}
