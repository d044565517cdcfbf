/** What the terminal can show: colour and width. */
import type { CliIo } from './io.ts';

/** Colour as asked, or as the environment and the terminal say (NO_COLOR, FORCE_COLOR). */
export function wantsColor(asked: boolean | undefined, { stdout, env }: CliIo): boolean {
  if (asked !== undefined) return asked;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  return force === '' ? stdout.isTTY === true : force !== '0';
}

/** Columns of the terminal; 80 where there is none. */
export function terminalWidth({ stdout, env }: CliIo): number {
  const columns = stdout.columns ?? Number(env['COLUMNS'] ?? 80);
  return columns >= 40 ? columns : 80;
}
