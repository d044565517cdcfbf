/**
 * Characters that show nothing: controls, format characters, fillers, selectors, tags, halves of surrogate pairs. Told by
 * their Unicode properties, so that a new one needs no line here; only where scripts and emoji need one does it stay.
 */
import { lazy } from './lazy.ts';

/** A virama (combining class 9), behind or before which a joiner decides the shape of a letter. */
const viramas =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0f84\\u1039\\u103a\\u1714' +
  '\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\ua806\\ua82c\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed' +
  '\\u{11046}\\u{110b9}\\u{11133}\\u{111c0}\\u{11235}\\u{1134d}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}';

/** One emoji: its selector or skin tone belongs to it (UTS #51 §1.4.9). */
const emoji = '\\p{Extended_Pictographic}(?:\\ufe0f|\\ufe0e|\\p{Emoji_Modifier})?';

/** Where a character of no shape is needed. */
const needed = [
  `${emoji}(?:\\u200d${emoji})*`,
  '[0-9#*]\\ufe0f\\u20e3',
  // Flags of England, Scotland and Wales: the only sequences of tags that are in use. Others carry text nobody sees.
  ...['gbeng', 'gbsct', 'gbwls'].map((place) => `\\u{1f3f4}${[...place].map(tagOf).join('')}\\u{e007f}`),
  // RFC 5892 appendix A.1 and A.2; Bengali and Oriya write the joiner before the virama, too (Unicode §12.2).
  `[${viramas}][\\u200c\\u200d](?=\\p{L})`,
  `\\p{L}\\u200d(?=[${viramas}])`,
  '\\p{Script=Arabic}\\u200c(?=\\p{Script=Arabic})',
];

const kinds = '\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Noncharacter_Code_Point}';

function tagOf(letter: string): string {
  return `\\u{e00${letter.charCodeAt(0).toString(16)}}`;
}

/** Plain, and so made in no time: most texts that are not ASCII hold nothing hidden. */
const unseen = lazy(() => new RegExp(`[\\x00-\\x1f\\x7f-\\x9f${kinds}]`, 'u'));

function isAllSeen(text: string): boolean {
  if (isPlainPrint(text)) return true;
  return !unseen().test(text);
}

/** ASCII, Latin letters, dashes, quotation marks and the like, which all show: no pattern is made for them. */
function isPlainPrint(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const shows = (c >= 0x20 && c < 0x7f) || (c > 0xad && c < 0x0180) || (c >= 0x2010 && c <= 0x2027);
    if (!shows) return false;
  }
  return true;
}

/** Longer sequences first. */
const pattern = lazy(() => new RegExp(`${needed.toReversed().join('|')}|([\\x00-\\x1f\\x7f-\\x9f${kinds}])`, 'gu'));

/** Whether every character is one of ASCII that shows. */
export function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x20 || c >= 0x7f) return false;
  }
  return true;
}

/** Each character that shows nothing, where nothing needs it, replaced by what `write` makes of it. */
export function replaceHidden(text: string, write: (character: string) => string): string {
  if (isAllSeen(text)) return text;
  return text.replace(pattern(), (whole, character?: string) => (character === undefined ? whole : write(character)));
}

const beyondAscii = /[^\x00-\x7e]/g;

/** {@link replaceHidden} but for the controls below U+0020, which JSON escapes itself and lays out its lines with. */
export function replaceHiddenInJson(json: string): string {
  let out = '';
  let copied = 0;
  beyondAscii.lastIndex = 0;
  for (let found = beyondAscii.exec(json); found !== null; found = beyondAscii.exec(json)) {
    // Line by line: what a character needs stands beside it.
    const start = json.lastIndexOf('\n', found.index) + 1;
    const next = json.indexOf('\n', found.index);
    const end = next < 0 ? json.length : next;
    const line = json.slice(start, end);
    const shown = replaceHidden(line, jsonEscape);
    if (shown !== line) {
      out += json.slice(copied, start) + shown;
      copied = end;
    }
    beyondAscii.lastIndex = end;
  }
  return copied === 0 ? json : out + json.slice(copied);
}

function jsonEscape(character: string): string {
  let out = '';
  for (let i = 0; i < character.length; i++) out += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}
