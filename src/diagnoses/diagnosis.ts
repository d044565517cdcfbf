/** What a diagnosis is: why something failed, how sure that is, who must act, and how. */
import type { Certainty, Session, Who } from '../model.ts';
import type { Sign, Story, Unit } from './story.ts';

/** One thing to do. Facts are those of the product's source or manual. */
export interface Cure {
  readonly who: Who;
  /** A product by its name in banners and dialects; '' for any. */
  readonly product: string;
  readonly text: string;
  /** What is given up with it; '' if nothing. */
  readonly weakens?: string;
}

/** That a session shows a diagnosis. */
export interface Found {
  readonly certainty: Certainty;
  /** The deciding line first. */
  readonly lines: readonly number[];
  /** What tells two causes with one id apart: an address, a path, a limit. */
  readonly variant?: string;
  /** The cause with the values seen; default: that of the diagnosis. */
  readonly cause?: string;
  readonly who?: Who;
}

/** A session that has ended, as diagnoses look at it. */
export interface Case {
  readonly story: Story;
  readonly session: Session | undefined;
  /** What failed and was not mended. */
  readonly units: readonly Unit[];
  /** Address of the server and of the client; '' if the log does not tell. */
  readonly server: string;
  readonly client: string;
  /** The control connection is under TLS. */
  readonly isEncrypted: boolean;
  /** Units and signs with this meaning, in order. */
  said(...meanings: readonly string[]): readonly (Unit | Sign)[];
  /** Data connections that failed: units with an attempt, and one that was agreed on and never used. */
  readonly tries: readonly Try[];
}

/** A data connection that failed. */
export interface Try {
  readonly mode: 'pasv' | 'epsv' | 'port' | 'eprt';
  readonly host: string;
  readonly port: number;
  /** Where it was agreed on, where it was used (0 if never), where it failed. */
  readonly line: number;
  readonly used: number;
  readonly failed: number;
  readonly verb: string;
  readonly code: number;
  /** The data connection was open. */
  readonly began: boolean;
  /** By errno: what a program says of it, or '' if nobody says anything. */
  readonly result: string;
}

export interface Diagnosis {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly cause: string;
  readonly who: Who;
  /** Where it stands among the others: what is reached first hides what follows from it. */
  readonly place: number;
  readonly cures: readonly Cure[];
  /**
   * What must be there of a session before it is looked for: meanings, verbs and codes of what failed, and what else
   * `offer` of `judge.ts` names: `data`, a data connection failed; `broken`, a 1yz and no more.
   */
  readonly on: readonly string[];
  /** What would prove it. */
  readonly settle: string;
  find(c: Case): Found | undefined;
}
