/**
 * All ways to read a record whose writer escapes nothing of what clients send. A name such as
 *   root] OK LOGIN: Client "198.51.100.1
 * holds what looks like the end of its own field, so the first reading that parses may be the client's invention. A dialect
 * states its records as forms; the readings are all that fit a whole line. Several of them: the line is ambiguous.
 */
import { own } from '../text.ts';
import { type Bounds, Shape } from './shape.ts';

/** A record that a line may be: its shape, and what it is called. */
export interface Form {
  readonly id: string;
  readonly shape: Shape;
}

export function formOf(id: string, template: string): Form {
  return { id, shape: new Shape(template) };
}

/** One way to read a line. */
export interface Reading {
  readonly form: Form;
  readonly text: string;
  /** Where each field begins and ends, in turn. */
  readonly bounds: Bounds;
}

/** What a reading has in a field; '' if it has no such field. */
export function fieldOf(reading: Reading, name: string): string {
  const i = reading.form.shape.indexOf(name);
  return i < 0 ? '' : reading.text.slice(reading.bounds[2 * i], reading.bounds[2 * i + 1]);
}

/** More readings than this say no more than that the line is ambiguous. */
const mostReadings = 16;

/** The readings of a line, and whether all were found. */
export interface Readings {
  readonly found: readonly Reading[];
  readonly all: boolean;
}

/** All ways to read what stands from `from` on to the end of the line. */
export function readingsOf(text: string, from: number, forms: readonly Form[]): Readings {
  const found: Reading[] = [];
  const kept: Bounds[] = [];
  for (const form of forms) {
    const all = form.shape.readings(text, from, kept, mostReadings);
    for (let i = found.length; i < kept.length; i++) found.push({ form, text, bounds: kept[i] as Bounds });
    if (!all) return { found, all };
  }
  return { found, all: true };
}

/**
 * The one reading that is left when what others cannot be so is taken away; undefined if none is left, or several.
 * `tests` are tried in turn, each on what the one before left; one that leaves nothing is passed over, for it knows nothing
 * of this line.
 */
export function decided(
  { found, all }: Readings,
  tests: readonly ((reading: Reading) => boolean)[],
): Reading | undefined {
  let left = found;
  for (const test of tests) {
    if (left.length < 2) break;
    const kept = left.filter(test);
    if (kept.length > 0) left = kept;
  }
  return all && left.length === 1 ? left[0] : undefined;
}

/** What all readings of a line have in a field; '' if they differ, or if there may be more of them. */
export function agreed({ found, all }: Readings, name: string): string {
  const first = found[0];
  if (first === undefined || !all) return '';
  const value = fieldOf(first, name);
  return found.every((reading) => fieldOf(reading, name) === value) ? value : '';
}

const clientLimit = 4096;

/** Whose the connections of a log are: clients or users, as lines state it that can be read in one way only. */
export class Clients {
  readonly #bySession = new Map<string, string>();
  #forgotten = false;

  /** Remembers the client of a connection, unless it is known: it does not change. */
  learn(session: string, peer: string): void {
    if (this.#bySession.has(session)) return;
    if (this.#bySession.size >= clientLimit) {
      for (const oldest of this.#bySession.keys()) {
        this.#bySession.delete(oldest);
        break;
      }
      this.#forgotten = true;
    }
    this.#bySession.set(own(session), own(peer));
  }

  /** The client of a connection; undefined where no line stated it. */
  of(session: string): string | undefined {
    return this.#bySession.get(session);
  }

  /** The number of the connection may be given again. */
  forget(session: string): void {
    this.#bySession.delete(session);
  }

  /** The connection may be this client's: it is, or nothing is known of it and the client did connect. */
  canBe(session: string, peer: string): boolean {
    const known = this.#bySession.get(session);
    if (known !== undefined) return known === peer;
    if (this.#forgotten) return true;
    for (const client of this.#bySession.values()) if (client === peer) return true;
    return false;
  }
}
