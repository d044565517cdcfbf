/** The beginning of a file, to look at before it is read. What is wrong with it is said when it is read. */
import { statSync } from 'node:fs';
import { readLines } from './lines.ts';
import { openFile } from './source.ts';

/** Whether it is a plain file, which can be opened twice. */
export function isPlainFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Lines of the first chunk of a file, `most` of them, and its last change; no lines where it cannot be read. */
export async function headOf(
  path: string,
  lineOctets: number,
  most: number,
): Promise<{ readonly lines: readonly string[]; readonly modified: number }> {
  const lines: string[] = [];
  try {
    const { chunks, modified } = await openFile(path);
    for await (const chunk of chunks) {
      const take = (line: string): void => void (lines.length < most && lines.push(line));
      await readLines([chunk], lineOctets, take, () => undefined);
      break;
    }
    return { lines, modified };
  } catch {
    return { lines: [], modified: 0 };
  }
}
