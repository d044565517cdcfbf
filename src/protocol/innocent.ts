/** A memory of searches that found nothing, since logs repeat themselves. */
import { own } from '../text.ts';

const most = 1024;
/** Longer texts seldom come twice. */
const longest = 512;

/** Texts that hold no secret by one and the same search. It forgets all when it is full: nothing depends on it but speed. */
export class Innocent {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return text.length <= longest && this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > longest) return;
    if (this.#texts.size >= most) this.#texts.clear();
    this.#texts.add(own(text));
  }
}
