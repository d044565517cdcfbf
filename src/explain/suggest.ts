/** Did you mean: the known words nearest to a mistyped one. */

/** The nearest words, at most three; none that needs more than a third of its letters changed. */
export function suggestions(word: string, known: readonly string[]): readonly string[] {
  const typed = word.toLowerCase().slice(0, 40);
  const near: { readonly word: string; readonly distance: number }[] = [];
  for (const candidate of known) {
    const target = candidate.toLowerCase();
    const limit = Math.max(1, Math.floor(Math.max(typed.length, target.length) / 3));
    if (Math.abs(typed.length - target.length) > limit) continue;
    const distance = editDistance(typed, target);
    if (distance <= limit) near.push({ word: candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
  return near
    .filter((entry) => entry.distance === near[0]?.distance)
    .slice(0, 3)
    .map((entry) => entry.word);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
