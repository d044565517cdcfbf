/**
 * What rules remember of a session while it is open. It is kept on the session itself: it is found without a key, goes
 * with the session, and at the end only those rules are told that remember something (docs/decisions/0008).
 */
import type { Exchange, Login, RuleFold, Session, Slots, Transfer } from '../../model.ts';

/** Number of a rule's place in the memory of sessions; `V` is what it keeps there. */
export type Slot<V> = number & { readonly of?: V };

/** A place of its own for the state of a rule. */
export function newSlot<V>(slots: Slots): Slot<V> {
  return slots.taken++;
}

/** State of a rule that remembers something of open sessions. */
export interface Remembering<V> {
  readonly slot: Slot<V>;
}

/** For `slotOf` of the rule's fold. */
export function slotOf({ slot }: Remembering<unknown>): number {
  return slot;
}

/** The bit of a slot; some slots share one. */
function bitOf(slot: number): number {
  return 1 << (slot & 31);
}

/** Whether something may be remembered of this session in the slot: false only where nothing ever was. */
export function mayRecall(slot: number, { memory }: Session): boolean {
  return memory !== undefined && ((memory[0] as number) & bitOf(slot)) !== 0;
}

/** What the rule remembers of this session. */
export function recall<V>({ slot }: Remembering<V>, session: Session): V | undefined {
  if (!mayRecall(slot, session)) return undefined;
  const { memory = [] } = session;
  for (let i = 1; i < memory.length; i += 2) if (memory[i] === slot) return memory[i + 1] as V | undefined;
  return undefined;
}

/** Remembers `value` of this session, in place of what was. */
export function keep<V>({ slot }: Remembering<V>, session: Session, value: V): void {
  const { memory } = session;
  if (memory === undefined) {
    session.memory = [bitOf(slot), slot, value];
    return;
  }
  for (let i = 1; i < memory.length; i += 2) {
    if (memory[i] !== slot) continue;
    memory[i + 1] = value;
    return;
  }
  memory[0] = (memory[0] as number) | bitOf(slot);
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

/** What a rule that remembers something of sessions may want to be told. */
export interface Hooks<S extends Remembering<V>, V> {
  open?(state: S, s: Session): void;
  exchange?(state: S, x: Exchange): void;
  login?(state: S, l: Login): void;
  transfer?(state: S, t: Transfer): void;
  /** The session ended; `memory` is what was kept of it. */
  session?(state: S, s: Session, memory: V): void;
  /** Any session ended: for a rule that keeps nothing itself. */
  end?(state: S, s: Session): void;
}

/** The same as parts of the rule's fold; those alone that it has. */
export function hooksOf<S extends Remembering<V>, V>(
  hooks: Hooks<S, V>,
): Pick<RuleFold<S>, 'open' | 'exchange' | 'login' | 'transfer' | 'session' | 'slotOf'> {
  const { open, exchange, login, transfer, session, end } = hooks;
  return {
    ...(open && { open }),
    ...(exchange && { exchange }),
    ...(login && { login }),
    ...(transfer && { transfer }),
    ...(end && { session: end }),
    ...(session && {
      slotOf,
      session(state: S, s: Session): void {
        const memory = recall(state, s);
        if (memory !== undefined) session(state, s, memory);
      },
    }),
  };
}
