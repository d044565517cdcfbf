/**
 * What a terminal showed: colours and cursor movements (ECMA-48), window titles, corrections with backspace, and the
 * first and last line of script(1) (recorded, util-linux 2.38). Only where the lines look like a terminal's: elsewhere a
 * control character in a name is evidence, and stays.
 */
import type { Envelope } from '../model.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

const esc = 27;

/** Index behind the control sequence at `at`, which is an ESC. */
function afterSequence(text: string, at: number): number {
  const kind = text.charCodeAt(at + 1);
  if (kind === 91) {
    let i = at + 2;
    while (i < text.length && text.charCodeAt(i) >= 0x20 && text.charCodeAt(i) < 0x40) i++;
    return i + 1;
  }
  if (kind === 93 || kind === 80 || kind === 94 || kind === 95) {
    for (let i = at + 2; i < text.length; i++) {
      if (text.charCodeAt(i) === 7) return i + 1;
      if (text.charCodeAt(i) === esc) return i + 2;
    }
    return text.length;
  }
  // ESC ( B and the like: one more character.
  return kind >= 0x20 && kind < 0x30 ? at + 3 : at + 2;
}

/** The text as it stood on the screen in the end. */
function shown(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    if (c === esc) {
      i = afterSequence(text, i);
      continue;
    }
    if (c === 8) out = out.slice(0, -1);
    else if (c === 13) out = '';
    else if (c >= 32 || c === 9) out += text.charAt(i);
    i++;
  }
  return out;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 32 && c !== 9) return false;
  }
  return true;
}

function peel(text: string, outer: Envelope): Peeled | 'noise' {
  if (text.startsWith('Script started on ') || text.startsWith('Script done on ')) return 'noise';
  return once(isPlain(text) ? text : shown(text), outer);
}

/**
 * Script's own lines, or sequences where a terminal has them: colours around many lines, titles and corrections in some.
 * A sequence inside one line of a log is somebody's file name.
 */
function wears(lines: readonly string[]): boolean {
  if (lines.slice(0, 3).some((line) => /^Script started on (?:\d|[A-Z])/.test(line))) return true;
  let coloured = 0;
  let edited = 0;
  for (const line of lines) {
    if (/^[\0\r]*\x1b(?:\][0-2];|\[\?2004[hl])|^[^"'[({]*\x08 \x08/.test(line)) edited++;
    else if (/^[\0\r]*\x1b\[[\d;]*[A-Za-z]|\x1b\[[\d;]*[mK]\s*$/.test(line)) coloured++;
  }
  return coloured + edited > lines.length / 5 || (edited > 1 && edited > lines.length / 20);
}

export const terminal: Wrapper = {
  id: 'terminal',
  title: 'a recorded terminal: colours, titles, corrections, script(1)',
  evidence: 'recorded',
  example: 'Script started on 2026-11-22 10:01:27+00:00 [COMMAND="telnet ftp.example.net 21"]',
  wears,
  open: (): Peel => peel,
};
