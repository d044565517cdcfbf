/** The shape of the reference: prose about codes and commands, each fact with its source. */

/** What one program sends or means; `text` that begins with a code is quoted from it. */
export interface ProgramNote {
  /** An id of `programs.ts`. */
  readonly program: string;
  readonly text: string;
}

/** The page of a reply code, without what the tables of `protocol/` know already. */
export interface ReplyText {
  readonly code: number;
  /** As the specification words it; the name of the table is the short form. */
  readonly title: string;
  readonly meaning: string;
  readonly seen: string;
  /** What to do, beyond the line of advice in `advice.ts`. */
  readonly todo: readonly string[];
  /** Whether a reader of a log has to act. */
  readonly fix: boolean;
  readonly programs?: readonly ProgramNote[];
  /** The same number in other specifications, or before RFC 959. */
  readonly otherMeanings?: readonly string[];
  readonly sources: readonly string[];
}

/** A code that servers send for a command, worth a note. */
export interface PracticeNote {
  readonly code: number;
  /** What it means there; '' where only the sending program is known. */
  readonly note: string;
  /** Ids of `programs.ts`. */
  readonly programs: readonly string[];
  /** Where it is known from, if not from the source of these programs. */
  readonly source?: string;
}

/** The page of a command, without what the tables of `protocol/` know already. */
export interface CommandText {
  readonly verb: string;
  readonly syntax: string;
  readonly summary: string;
  /** Who defined it first: an RFC with its year, a draft, or programs. */
  readonly since: string;
  /** Where the list of replies comes from. */
  readonly source: string;
  /** Its line in the answer to FEAT. */
  readonly feat?: string;
  readonly effect?: string;
  readonly aliasOf?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly duringTransfer?: boolean;
  /** Contradiction or omission in the RFCs. */
  readonly gaps?: string;
  readonly risks?: readonly string[];
  readonly notes?: readonly string[];
  readonly practice?: readonly PracticeNote[];
}

/** What a code means when it answers certain commands, where that is not its usual meaning. */
export interface Reading {
  readonly code: number;
  readonly verbs: readonly string[];
  readonly meaning: string;
}

/** Two codes that people mix up. */
export interface ConfusedPair {
  readonly codes: readonly [number, number];
  readonly difference: string;
  /** When each is used, in the order of `codes`. */
  readonly when: readonly [string, string];
  readonly note?: string;
}

/** A comparison written by hand, in full. */
export interface WrittenComparison {
  readonly codes: readonly [number, number];
  readonly same: readonly string[];
  readonly differences: readonly string[];
  readonly rows: readonly (readonly [aspect: string, a: string, b: string])[];
  readonly use: readonly [string, string];
  readonly traps: readonly string[];
  readonly sources: readonly string[];
}

/** A number that stands where a reply code is expected and is none. */
export interface ForeignNumber {
  readonly number: string;
  readonly origin: string;
  readonly meaning: string;
  readonly todo: string;
}

/** A program whose replies were read: its name, and what exactly was read. */
export interface Program {
  readonly id: string;
  readonly name: string;
  readonly evidence: string;
}

/** What a first or second digit means (RFC 959 §4.2). */
export interface DigitText {
  /** `2yz` or `x1z`. */
  readonly digits: string;
  readonly name: string;
  readonly meaning: string;
  readonly todo: string;
}
