/** What the log of a session shows: rules that need a line to be there are silent where its writer leaves such lines out. */
import type { Session } from '../../model.ts';

/** The log of a client that shows no login hides it, and may hide other lines as well; servers and the wire hide nothing. */
export function hidesLines({ side, loginShown }: Session): boolean {
  return side === 'client' && !loginShown;
}
