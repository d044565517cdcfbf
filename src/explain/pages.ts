/** What an explanation holds, as data: the same objects are rendered as text and Markdown, printed as JSON and exported. */
import type { RuleMeta } from '../model.ts';
import type { CommandStatus } from '../protocol/commands.ts';
import type { ReplyClass, ReplyKind, ReplyStatus } from '../protocol/replies.ts';

/** A digit of a code: `2yz`, its name and what it means. */
export interface Digits {
  readonly digits: string;
  readonly name: string;
  readonly meaning: string;
}

/** What one program sends or means. */
export interface SeenReply {
  /** The name of the program, for people. */
  readonly program: string;
  /** The command that was answered; `''` if any or none. */
  readonly verb: string;
  readonly text: string;
}

/** A code that is mixed up with the one explained. */
export interface Confusion {
  readonly code: number;
  readonly name: string;
  readonly difference: string;
}

/** The commands that may get a code. */
export interface Eliciting {
  /** Any command may get it (RFC 959 §4.2.1, RFC 2228 §5). */
  readonly any: boolean;
  readonly specified: readonly string[];
  readonly practice: readonly string[];
}

/** The page of a reply code. */
export interface ReplyPage {
  readonly page: 'reply';
  readonly code: number;
  /** False for a code that neither an RFC nor a known program defines: only its digits are explained then. */
  readonly known: boolean;
  readonly name: string;
  readonly title: string;
  readonly class: ReplyClass | '';
  readonly kind: ReplyKind;
  readonly status: ReplyStatus | '';
  readonly firstDigit: Digits;
  readonly secondDigit: Digits;
  readonly meaning: string;
  readonly seen: string;
  readonly fix: boolean;
  readonly endsSession: string;
  readonly whatToDo: readonly string[];
  readonly elicitedBy: Eliciting;
  readonly practice: readonly SeenReply[];
  readonly confusedWith: readonly Confusion[];
  readonly otherMeanings: readonly string[];
  readonly sources: readonly string[];
}

/** Two codes side by side. */
export interface ComparisonPage {
  readonly page: 'comparison';
  readonly codes: readonly [number, number];
  readonly names: readonly [string, string];
  /** True if a person wrote it; otherwise it is derived from the pages of the two codes. */
  readonly written: boolean;
  readonly same: readonly string[];
  readonly differences: readonly string[];
  readonly rows: readonly (readonly [aspect: string, a: string, b: string])[];
  readonly use: readonly [string, string];
  readonly whatToDo: readonly [readonly string[], readonly string[]];
  readonly traps: readonly string[];
  readonly sources: readonly string[];
}

/** A code in the list of a command. */
export interface VerbReply {
  readonly code: number;
  readonly name: string;
  readonly class: ReplyClass | '';
  /** False for what only servers send. */
  readonly specified: boolean;
  readonly note: string;
  readonly programs: readonly string[];
}

/** The page of a command. */
export interface VerbPage {
  readonly page: 'verb';
  readonly verb: string;
  readonly name: string;
  readonly syntax: string;
  readonly summary: string;
  readonly status: CommandStatus;
  readonly since: string;
  readonly rfcs: readonly number[];
  readonly login: 'yes' | 'no' | 'policy';
  readonly data: string;
  readonly diagram: string;
  readonly secret: string;
  readonly aliasOf: string;
  readonly feat: string;
  readonly effect: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly duringTransfer: boolean;
  readonly replies: readonly VerbReply[];
  readonly risks: readonly string[];
  readonly notes: readonly string[];
  readonly gaps: string;
  readonly source: string;
}

/** A code as the answer to a command. */
export interface AnswerPage {
  readonly page: 'answer';
  readonly verb: string;
  readonly code: number;
  readonly name: string;
  readonly class: ReplyClass | '';
  readonly kind: ReplyKind;
  /**
   * `specified` by an RFC in force, listed only by a `historic` one, `common` to any command, known from `practice`, or
   * `unexpected`.
   */
  readonly standing: 'specified' | 'historic' | 'common' | 'practice' | 'unexpected';
  /** RFCs that define the command or say something about it. */
  readonly rfcs: readonly number[];
  readonly meaning: string;
  readonly next: string;
  readonly advice: string;
  readonly notes: readonly string[];
}

/** The page of a rule. */
export interface RulePage {
  readonly page: 'rule';
  readonly rule: RuleMeta;
}

/** The page of a first or second digit: `2yz`, `x3z`. */
export interface DigitsPage {
  readonly page: 'digits';
  readonly digits: string;
  readonly name: string;
  readonly meaning: string;
  readonly whatToDo: string;
  readonly codes: readonly { readonly code: number; readonly name: string; readonly status: ReplyStatus }[];
}

/** The page of a number that looks like a code and is none. */
export interface NumberPage {
  readonly page: 'number';
  readonly number: string;
  readonly origin: string;
  readonly meaning: string;
  readonly whatToDo: string;
}

/** What a line of a log says; found by a dialect, or by its words alone. */
export interface LineReading {
  /** Id of the log format; `''` if none was recognised. */
  readonly dialect: string;
  /** Title of the log format. */
  readonly format: string;
  readonly kind: string;
  readonly verb: string;
  /** Secrets are replaced already. */
  readonly arg: string;
  readonly code: number;
  readonly text: string;
  /** Host of the user-PI; `''` if the line does not name it. */
  readonly client: string;
  readonly user: string;
  /** What the line claims of a login or a transfer, and of a command without code; `''` of anything else. */
  readonly outcome: 'ok' | 'failed' | '';
}

/** The page of a line of a log. */
export interface LinePage {
  readonly page: 'line';
  readonly reading: LineReading;
  readonly answer: AnswerPage | undefined;
  readonly reply: ReplyPage | undefined;
  readonly verb: VerbPage | undefined;
  /** `SITE FOO` where no page knows the subcommand; '' otherwise. */
  readonly unknownSubcommand: string;
}

/** Everything that has a page. */
export interface ListPage {
  readonly page: 'list';
  readonly replies: readonly { readonly code: number; readonly name: string; readonly status: ReplyStatus }[];
  readonly verbs: readonly { readonly verb: string; readonly name: string; readonly status: CommandStatus }[];
  readonly rules: readonly { readonly id: string; readonly title: string; readonly severity: string }[];
  readonly programs: readonly { readonly name: string; readonly evidence: string }[];
}

/** One page found by a search. */
export interface Hit {
  readonly sort: 'reply' | 'verb' | 'rule' | 'comparison';
  /** What to ask `explain` for. */
  readonly key: string;
  readonly name: string;
  /** The sentence that matched best. */
  readonly excerpt: string;
  readonly score: number;
}

/** The hits of a search, best first. */
export interface SearchPage {
  readonly page: 'search';
  readonly query: string;
  readonly hits: readonly Hit[];
}

/** Any page. */
export type Page =
  | ReplyPage
  | ComparisonPage
  | VerbPage
  | AnswerPage
  | RulePage
  | DigitsPage
  | NumberPage
  | LinePage
  | ListPage
  | SearchPage;
