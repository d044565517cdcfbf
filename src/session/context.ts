/** What the parts of the tracker have in common: whom they tell, how much may be kept, and where the reading is. */
import type { Limits, Tally } from '../model.ts';
import type { Scope } from './identity.ts';
import type { Names } from './names.ts';
import type { Observer } from './observer.ts';

export interface Context {
  readonly observer: Observer;
  readonly limits: Limits;
  readonly tally: Tally;
  /** Takes what the report should say of the log, once for each time it shows. */
  readonly note: (text: string) => void;
  readonly names: Names;
  /** The logs so far, each with its open sessions. */
  readonly scopes: Scope[];
  /** Index of the source that is being read. */
  source: number;
}
