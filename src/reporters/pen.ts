/** Colours of a terminal, used sparingly; without colour text stays as it is. */

export interface Pen {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
  /** The paint of a severity. */
  readonly severity: (name: string) => (text: string) => string;
}

/** A pen for a terminal with or without colour. */
export function penOf(color: boolean): Pen {
  const paint =
    (code: string) =>
    (text: string): string =>
      color ? text.replace(/[^\n]+/g, (line) => `\x1b[${code}m${line}\x1b[0m`) : text;
  const bySeverity: ReadonlyMap<string, (text: string) => string> = new Map([
    ['critical', paint('1;31')],
    ['high', paint('31')],
    ['medium', paint('33')],
    ['low', paint('36')],
    ['info', paint('2')],
  ]);
  const none = (text: string): string => text;
  return { bold: paint('1'), dim: paint('2'), accent: paint('36'), severity: (name) => bySeverity.get(name) ?? none };
}
