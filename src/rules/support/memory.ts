/**
 * What rules remember of a session while it is open. It is kept on the session itself: it is found without a key, goes
 * with the session, and at the end only those rules are told that remember something (docs/decisions/0008).
 */
import type { Session } from '../../model.ts';

/** Number of a rule's place in the memory of sessions; `V` is what it keeps there. */
export type Slot<V> = number & { readonly of?: V };

let slots = 0;

/** A place of its own for the state of a rule. */
export function newSlot<V>(): Slot<V> {
  return slots++;
}

/** State of a rule that remembers something of open sessions. */
export interface Remembering<V> {
  readonly slot: Slot<V>;
}

/** For `slotOf` of the rule's fold. */
export function slotOf({ slot }: Remembering<unknown>): number {
  return slot;
}

/** What the rule remembers of this session. */
export function recall<V>({ slot }: Remembering<V>, { memory }: Session): V | undefined {
  if (memory === undefined) return undefined;
  for (let i = 0; i < memory.length; i += 2) if (memory[i] === slot) return memory[i + 1] as V | undefined;
  return undefined;
}

/** Remembers `value` of this session, in place of what was. */
export function keep<V>({ slot }: Remembering<V>, session: Session, value: V): void {
  const { memory } = session;
  if (memory === undefined) {
    session.memory = [slot, value];
    return;
  }
  for (let i = 0; i < memory.length; i += 2) {
    if (memory[i] !== slot) continue;
    memory[i + 1] = value;
    return;
  }
  memory.push(slot, value);
}

/** Remembers nothing of this session any more. */
export function drop<V>(state: Remembering<V>, session: Session): void {
  if (recall(state, session) !== undefined) keep<V | undefined>(state, session, undefined);
}

/** What the rule remembers of this session; made with `make` when it is first asked for. */
export function remember<V>(state: Remembering<V>, session: Session, make: () => V): V {
  const known = recall(state, session);
  if (known !== undefined) return known;
  const fresh = make();
  keep(state, session, fresh);
  return fresh;
}
