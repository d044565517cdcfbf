/** What the terminal can show: colour and width. */
import type { CliIo } from './io.ts';

/**
 * Colour as asked, or as the environment and the terminal say. The first that says something decides: `--color`,
 * NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM=dumb, CLICOLOR=0, whether standard output is a terminal. An empty variable
 * says nothing.
 */
export function wantsColor(asked: boolean | undefined, { stdout, env }: CliIo): boolean {
  if (asked !== undefined) return asked;
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  const also = env['CLICOLOR_FORCE'] ?? '';
  if (also !== '' && also !== '0') return true;
  return stdout.isTTY === true && !isDumb(env) && env['CLICOLOR'] !== '0';
}

/** The terminal understands no escape sequence. */
export function isDumb(env: CliIo['env']): boolean {
  return env['TERM'] === 'dumb';
}

/** Columns of the terminal; 80 where there is none. */
export function terminalWidth({ stdout, env }: CliIo): number {
  const columns = stdout.columns ?? Number(env['COLUMNS'] ?? 80);
  return columns >= 40 ? columns : 80;
}
