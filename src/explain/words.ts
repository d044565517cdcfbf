/** What people type or paste, taken apart: `"214 vs 221"`, `530.`, `error 530`, `214/221` name codes and nothing else. */

/** Words between two codes that say nothing. */
const joiners: ReadonlySet<string> = new Set(['vs', 'versus', 'and', 'or', '&', 'to']);

/** Words around a code or a command that say nothing. None of them is a command. */
const fillers: ReadonlySet<string> = new Set(
  (
    'a an the ftp ftps error errors code codes reply replies response responses status message answer server ' +
    'what is are does do mean means meaning of explain difference between compare about'
  ).split(' '),
);

/** Punctuation that surrounds a word. */
const marks = '"\'`,.;:?!()[]{}<>*“”‘’«»';

/** The words that may be keys, without punctuation, joiners and fillers; `214/221` is two. */
export function keyWords(words: readonly string[]): readonly string[] {
  return words
    .flatMap((word) => word.split(/[\s|]+/))
    .map(bare)
    .flatMap(codesIn)
    .filter((word) => word !== '' && !joiners.has(word.toLowerCase()) && !fillers.has(word.toLowerCase()));
}

function bare(word: string): string {
  let from = 0;
  let to = word.length;
  while (from < to && marks.includes(word.charAt(from))) from++;
  while (to > from && marks.includes(word.charAt(to - 1))) to--;
  return word.slice(from, to);
}

/** `214/221`, `221-226`, `214,221`: the codes in it; any other word as it is. */
function codesIn(word: string): readonly string[] {
  return /^\d{3}(?:[-–/,+&]\d{3})+$/.test(word) ? word.split(/[-–/,+&]/) : [word];
}
