/**
 * The nouns of ftplog, in the order data flows: Line → Event → Exchange, Login, Transfer, Session → Finding → Report.
 * Types only: imports nothing, holds no code. Words are those of RFC 959: control connection, command, reply,
 * preliminary / completion / intermediate / transient negative / permanent negative.
 */

/** Every bound in one place. Reaching one is counted in {@link Tally} and never silent. */
export interface Limits {
  /** Longer lines are clipped, then parsed. */
  readonly lineOctets: number;
  /** Argument or reply text kept per command or reply, in UTF-16 units. */
  readonly textChars: number;
  /** Commands of one control connection that may wait for a reply; the oldest is given up beyond it. */
  readonly pendingCommands: number;
  /**
   * Text of commands and replies that wait in all open sessions together, in UTF-16 units; beyond it the commands of the
   * sessions that were opened first are given up.
   */
  readonly waitingChars: number;
  /** Open sessions; beyond it the one that was opened first is closed as 'evicted'. */
  readonly liveSessions: number;
  /** Keys per table before the rest is counted as one. */
  readonly distinctKeys: number;
  /** Log time without a line after which a session counts as dropped, in ms. */
  readonly idleMs: number;
}

/**
 * What one log line, or a part of it, says.
 * - `open`, `close`: the control connection began or ended
 * - `command`: a command of the user-PI
 * - `reply-line`: one wire line of the server-PI, `ddd-`, `ddd ` or inside a multi-line reply: joined in `session/`
 * - `reply`: a whole reply whose lines were joined by the writer (`text` holds `\n`)
 * - `exchange`: command and outcome on one line (ProFTPD ExtendedLog, IIS, Zeek)
 * - `login`: a daemon's or authenticator's own statement that a login succeeded or failed
 * - `transfer`: a statement that a file moved (xferlog, `OK DOWNLOAD`)
 * - `statement`: a client or daemon says in words what holds of the connection; `text` is a {@link Statement}
 * - `ambiguous`: a record that what a client sent makes readable in several ways; states nothing, unless all readings name
 *   one client
 * - `gap`: a part of the control connection is missing from the log (packets that a capture lost)
 */
export type EventKind =
  | 'open'
  | 'close'
  | 'command'
  | 'reply-line'
  | 'reply'
  | 'exchange'
  | 'login'
  | 'transfer'
  | 'gap'
  | 'statement'
  | 'ambiguous';

/** What a client or daemon states of the control connection: it is under TLS, or it is not. */
export type Statement = 'tls' | 'clear';

/**
 * Who states a login: the reply to PASS, the daemon's own record, an authenticator such as PAM, a record that sums up what
 * failed before (`repeated login failures from …`), or the client itself (`Logged in`).
 */
export type Witness = 'reply' | 'daemon' | 'authenticator' | 'summary' | 'client';

/**
 * One statement of a log. All fields, always, in this order: one object shape. Nothing there: `''`, `0`, `NaN`
 * (time), `-1` (size, duration). Built only by `decoding/event.ts`, which also hides secrets.
 */
export interface Event {
  readonly kind: EventKind;
  /** 1-based, within its source. */
  readonly line: number;
  /** Milliseconds since the epoch, UTC; NaN if the log has none, far before it if the log has no date (`timestamp.ts`). */
  readonly time: number;
  /** Pid, connection id or ip:port, as logged; '' where the order of lines is all there is. */
  readonly session: string;
  /** Host of the user-PI, as logged. */
  readonly peer: string;
  /** Port of the user-PI; 0 if unknown. */
  readonly peerPort: number;
  /** The user this line names; '' if none. */
  readonly user: string;
  /** Command code, upper case. */
  readonly verb: string;
  /** Argument or path; secrets are already replaced. For `open` the port of the server, as digits. */
  readonly arg: string;
  /** Reply code; 0 if the line has none. */
  readonly code: number;
  /** Reply text, reason, or for `open` the server's host. */
  readonly text: string;
  /** What an exchange without code, a login or a transfer claims. */
  readonly ok: boolean;
  /** Octets over the data connection; -1 if unknown. */
  readonly size: number;
  /** Duration of the transfer or of the command in ms; -1 if unknown. */
  readonly durationMs: number;
  /** The verb or outcome is concluded by the dialect, not written in the log. */
  readonly inferred: boolean;
  readonly witness: Witness;
  /** For a command with a secret argument: how the log shows it. `masked` where a secret of the session stands in another argument. */
  readonly secret: SecretSort;
  /** The secret of this line, to be found again in what follows; undefined where there is none. */
  readonly concealed: Concealed | undefined;
}

/** A secret that can be found in texts and not be read (`protocol/secret-memory.ts`). */
export interface Concealed {
  /** The text with the secret replaced by `***`, in whatever form it stands there; the same string where it does not. */
  mask(text: string): string;
  /** Whether the text is the secret, in whatever case. */
  is(text: string): boolean;
  /** False only if the text does not hold the secret: cheap, and true of few texts. */
  mayBeIn(text: string): boolean;
  /** Whether the other one is the same secret. */
  equals(other: Concealed): boolean;
  /** The secrets that it is made of; mostly itself alone. */
  parts(): readonly Concealed[];
}

/**
 * How a log shows a secret: `masked` by its writer, `exposed` in clear, `scanner` a well-known scanner's password;
 * '' where there is none.
 */
export type SecretSort = '' | 'masked' | 'exposed' | 'scanner';

/** What became of a line. `noise`: known to the dialect, carries nothing about FTP exchanges. */
export type Understanding = 'event' | 'noise' | 'unparsed';

/** What a wrapper (syslog, journald, docker …) says around a line. */
export interface Envelope {
  /** Milliseconds since the epoch, UTC; NaN if the wrapper has none. */
  readonly time: number;
  readonly host: string;
  /** Program or tag, for example `vsftpd`; '' if none. */
  readonly program: string;
  /** Process id; '' if none. */
  readonly pid: string;
}

/** Receives the events of one source, in the order of the log. */
export type EventSink = (event: Event) => void;

/** The running parser of one source. It never throws. */
export interface Decoder {
  /** Takes a line without its end; emits any number of events and says what the line was. */
  line(text: string, line: number, envelope: Envelope): Understanding;
  /** No more lines will come: emit what was held back. */
  end?(): void;
  /** A transfer runs whose data may stand between the lines: what the decoder does not know there, it takes for data. */
  inData?(): boolean;
}

/** How the lines of one control connection are recognised; see `session/identity.ts`. */
export type Identity =
  /** `Event.session` names the connection (connection number, UUID, ip:port, pid). */
  | 'key'
  /** vsftpd: the process number changes at login (one session, three pids). */
  | 'process-handover'
  /** Nothing names it: sessions follow one another, parted by connect notes, greetings and goodbyes. */
  | 'order'
  /** Only peer and user are known, and no line opens or closes (xferlog, CLF): parted by silence. */
  | 'peer';

/**
 * What a log format may have no words for: the commands that clients sent (beyond a few whose effect it states), replies
 * with their codes, whether a login succeeded, transfers. Of these a zero would be a claim: reports say that they are not
 * in the log.
 */
export type Aspect = 'commands' | 'replies' | 'logins' | 'transfers';

/** Who writes a log. */
export type Side = 'client' | 'server' | 'transfer' | 'sensor' | 'wire';

/** Which aspects a log leaves out. */
export type Lacks = Readonly<Record<Aspect, boolean>>;

/** Evidence for a dialect, as in docs/dialects.md. */
export type Evidence = 'recorded' | 'source' | 'pasted' | 'documented' | 'unverified';

/** First lines of a source, unwrapped, for detection. Both arrays have the same length. */
export interface Sample {
  readonly texts: readonly string[];
  readonly programs: readonly string[];
}

export interface DecoderOptions {
  /** Offset of the log's local time, minutes east of UTC, for a local time (ms as if it were UTC). */
  readonly offsetAt: (localMs: number) => number;
  /** Year of the first line for logs that omit it; 0: the latest that keeps it before `reference`. */
  readonly year: number;
  /** When the log was at the latest written, ms since the epoch (a file's modification time). */
  readonly reference: number;
  /** What stands after `=` in `--dialect id=…`: a declared field layout. '' if none. */
  readonly layout: string;
  /** States an assumption (zone, year, day order) for the report. */
  readonly assume: (text: string) => void;
}

/** Understands one log format. Knows nothing of sessions, rules or output. */
export interface Dialect {
  readonly id: string;
  readonly title: string;
  readonly evidence: Evidence;
  readonly side: Side;
  readonly identity: Identity;
  /** The program never sends a command before the answer to the last one is complete. */
  readonly serial?: boolean;
  /** Every line of both sides is shown, and whose it is: a command inside a multi-line reply does not end it. */
  readonly duplex?: boolean;
  /** What no log in this format tells; absent if it tells everything. */
  readonly lacks?: readonly Aspect[];
  /** One line as it looks. */
  readonly example: string;
  /**
   * Literal texts, one of which stands in every line that `detect` counts. A sample that holds none of them is not shown
   * to it, which is most of the work of recognition saved. Left out where nothing so plain can be said.
   */
  readonly marks?: readonly string[];
  /** 0 (not mine) … 1 (mine, all of it). */
  detect(sample: Sample): number;
  /** For what a tool prints of packets: the share of lines that it printed, whatever protocol they are of. */
  capture?(sample: Sample): number;
  open(options: DecoderOptions, emit: EventSink): Decoder;
}

/** A complete reply: one line, or `ddd-` … `ddd ` joined (RFC 959 §4.2). */
export interface Reply {
  readonly code: number;
  /** Lines joined by `\n`, codes stripped. */
  readonly text: string;
  readonly line: number;
  /** Wire lines. */
  readonly lines: number;
  readonly time: number;
}

/** Class of the last reply (first digit, RFC 959 §4.2), or what the log claims if it shows no code. */
export type Outcome = 'completed' | 'intermediate' | 'transient' | 'permanent' | 'unanswered' | 'preliminary';

/**
 * A command and its replies. The greeting and unasked replies answer the pseudo-command `''`.
 * `session` is the live session: its totals are those at the moment the exchange completes.
 */
export interface Exchange {
  readonly session: Session;
  /** Index into the list of sources. */
  readonly source: number;
  /** False for the greeting and for replies that no command asked for. An empty command line is asked, with verb `''`. */
  readonly asked: boolean;
  readonly verb: string;
  readonly arg: string;
  /** Of the command; of the reply where there is no command. */
  readonly line: number;
  readonly time: number;
  /** Any number of 1yz, then at most one other. */
  readonly replies: readonly Reply[];
  /** Of the last reply; 0 if none. */
  readonly code: number;
  readonly outcome: Outcome;
  /** The pair is in the command–reply table (RFC 959 §5.4 and successors). */
  readonly legal: boolean;
  /** First byte of the command to its final reply, in ms; -1 without times. */
  readonly latencyMs: number;
  readonly size: number;
  readonly inferred: boolean;
  readonly secret: SecretSort;
  /** Bit set of `protocol/deviations.ts`. */
  readonly deviations: number;
}

/**
 * How an attempt to log in ended. Only `password-refused` says that a password was tried.
 * - `name-refused`: refused at USER, before a password was asked for
 * - `password-refused`: a password was given, and did not fit as far as the log tells
 * - `account-refused`: the account may not log in: expired, locked, without shell or home directory
 * - `not-permitted`: nobody may so, from there or now: TLS required, limits, no anonymous users
 */
export type LoginKind = 'accepted' | 'name-refused' | 'password-refused' | 'account-refused' | 'not-permitted';

/** One attempt to log in, counted once however many lines state it. */
export interface Login {
  readonly session: Session;
  readonly source: number;
  readonly line: number;
  readonly time: number;
  /** As given with USER; '' if the log names none. */
  readonly user: string;
  readonly ok: boolean;
  readonly kind: LoginKind;
  /** Reply code; 0 if only the daemon's word is known. */
  readonly code: number;
  readonly anonymous: boolean;
  /** The server itself said that it knows no such user. */
  readonly unknownUser: boolean;
  /** What kind of password the log shows beside the login (vsftpd shows the anonymous one). */
  readonly secret: SecretSort;
  /** What the rules made of it: once for all of them, and gone with it. */
  fact: unknown;
  book: unknown;
}

export interface Transfer {
  readonly session: Session;
  readonly source: number;
  readonly line: number;
  readonly time: number;
  readonly direction: 'download' | 'upload';
  readonly path: string;
  /** Octets; -1 if unknown. */
  readonly bytes: number;
  readonly durationMs: number;
  readonly complete: boolean;
}

/** What a program says in words, without a code, of why something failed. */
export interface Remark {
  /** The session of the line before; undefined if there is none that is open. */
  readonly session: Session | undefined;
  readonly source: number;
  readonly line: number;
  readonly time: number;
  /** A meaning of `protocol/phrases.ts`. */
  readonly meaning: string;
  /** Which connection it is about: `data`, `control`, or '' where the words do not say it. */
  readonly about: '' | 'control' | 'data';
  /** The reply that it quotes; 0 if it quotes none. */
  readonly code: number;
}

/** `certain`: somebody says it. `likely`: a pattern that nothing else makes. `possible`: it could be something else. */
export type Certainty = 'certain' | 'likely' | 'possible';

export type Who = 'client' | 'server' | 'network' | 'host';

/** A record that can be read in more than one way, because its writer escapes nothing of what clients send. */
export interface Ambiguous {
  readonly source: number;
  readonly dialect: string;
  readonly line: number;
  readonly time: number;
  /** The client that all readings name; '' if they differ. */
  readonly client: string;
}

export type SessionEnd = '' | 'quit' | 'service-closing' | 'dropped' | 'evicted' | 'end-of-input';

/** Where the control connection stands (RFC 959 §6, RFC 4217). */
export type SessionState = 'connected' | 'ready' | 'need-password' | 'need-account' | 'logged-in' | 'closed';

/** Files moved, and their octets. */
export interface Traffic {
  downloads: number;
  uploads: number;
  /** Octets of those whose size is in the log. */
  bytesDown: number;
  bytesUp: number;
  /** Files without a size in the log. */
  unsizedDown: number;
  unsizedUp: number;
}

/** What a session counts; `counters.ts` says of each what tells it. */
export interface Counters extends Traffic {
  commands: number;
  replies: number;
  unanswered: number;
  failures: number;
  failedLogins: number;
}

/** One control connection. The tracker writes it; everyone else reads. */
export interface Session extends Counters {
  /** Unique within a run: `s` and the line it begins at, `@n` behind it from the second source on. */
  readonly id: string;
  /** As logged: pid, connection id; '' if the log has none. */
  readonly key: string;
  readonly dialect: string;
  /** Host on which the log was written, as what stands around its lines names it; '' if nothing does. */
  readonly host: string;
  /** Who wrote the log: a client may leave out lines that it sent, a server or the wire does not. */
  readonly side: Side;
  /** What the log does not tell of it. */
  lacks: Lacks;
  readonly source: number;
  readonly firstLine: number;
  readonly opened: number;
  /** Host of the user-PI; '' if unknown. IPv4-mapped IPv6 is written as IPv4. */
  client: string;
  clientPort: number;
  /** Host of the server-PI where the log names it: an address or a host name. */
  server: string;
  /** Port of the server-PI; 0 if unknown. */
  serverPort: number;
  user: string;
  state: SessionState;
  end: SessionEnd;
  closed: number;
  lastLine: number;
  /** The log shows the connection from its beginning (connect line or greeting). */
  sawStart: boolean;
  /** QUIT was sent. */
  sawQuit: boolean;
  /** Lines of several connections of one client seem to be mixed in it: pairs and order may be wrong. */
  mixed: boolean;
  loggedIn: boolean;
  anonymous: boolean;
  encrypted: boolean;
  /** The log says in words that there is no TLS. */
  clear: boolean;
  /** USER, PASS or a statement of the login stands in the log. */
  loginShown: boolean;
  /** Id of the session in another log that is the same control connection and was told first; '' if there is none. */
  joins: string;
  /** What rules remember of the session while it is open: bits of the slots, then slots and what is in them, in turn. */
  memory: unknown[] | undefined;
  /** What it did so far, as several rules ask for it; only `rules/engine/work.ts` knows what it is. */
  work: unknown;
  /** Its entry among those that logs are compared by; only `session/corroboration.ts` knows what it is. */
  witness: unknown;
  /** What may explain a failure of it; only `diagnoses/story.ts` knows what it is. */
  story: unknown;
}

/** A plain, unchanging picture of a session that ended; safe to keep, save and merge. */
export type SessionRecord = Readonly<Omit<Session, 'memory' | 'work' | 'witness' | 'story'>>;

/** How many places in the memory of sessions the folds of one analysis have taken. */
export interface Slots {
  taken: number;
}

/**
 * A mergeable aggregate; every table and every rule is one. Law: `merge` is associative and commutative with `init()`
 * as identity, so a log cut at session borders may be folded in shards and merged in any order. `S` is plain data (Map,
 * Set, array, number, string): it can be cloned, sent to another thread, or saved.
 */
export interface Fold<S, R> {
  /** `slots`: those of the analysis that the state is of. */
  init(slots: Slots): S;
  open?(state: S, session: Session): void;
  exchange?(state: S, exchange: Exchange): void;
  login?(state: S, login: Login): void;
  transfer?(state: S, transfer: Transfer): void;
  ambiguous?(state: S, record: Ambiguous): void;
  remark?(state: S, remark: Remark): void;
  /** The session ended; its totals are final. */
  session?(state: S, session: Session): void;
  merge(into: S, from: S): void;
  finish(state: S, context: FinishContext): R;
  /** Events that a bound kept out of the state; absent where there is no bound. */
  uncounted?(state: S): number;
}

/** The fold of a rule. */
export interface RuleFold<S> extends Fold<S, readonly Finding[]> {
  /** The slot in the memory of sessions: `session` is called for those only in which it is filled. */
  slotOf?(state: S): number;
  /** A login of a session of which the log shows no command: what USER and PASS would tell, it alone tells. */
  bareLogin?(state: S, login: Login): void;
}

/** What `finish` may ask for. */
export interface FinishContext {
  /** Rows per table; 0 means all. */
  readonly top: number;
  /** Names of the sources, by index. */
  readonly sources: readonly string[];
  /** Minutes east of UTC of the readers' local time, for a local time (ms as if it were UTC). */
  readonly offsetAt: (localMs: number) => number;
}

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** Whom a finding is about: as many as apply. */
export interface Subject {
  readonly client?: string;
  readonly user?: string;
  readonly session?: string;
  /** CIDR. */
  readonly network?: string;
}

/** A line of a source. */
export interface Place {
  readonly source: number;
  readonly line: number;
}

/** What a line of evidence is for: without a `trigger` there would be no finding; a `sample` is one of many like it. */
export type EvidenceRole = 'trigger' | 'sample';

/** A line that shows what a finding says. */
export interface EvidencePlace extends Place {
  readonly role: EvidenceRole;
  /** The session whose line it is; '' if none is known. */
  readonly session: string;
}

/** A thing worth a human's look, with its evidence, as a rule states it. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence, no final dot: what was seen. */
  readonly message: string;
  readonly subject: Subject;
  /** Events in the log, never the length of a list that was cut. */
  readonly count: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** Triggers, then first, worst and last, in the order of the log; at most 10. */
  readonly evidence: readonly EvidencePlace[];
  /** What makes two findings the same tomorrow, beside rule and subject; usually ''. */
  readonly identity: string;
  /** Index of the allow-list entry whose paths cover all of it; set by the configuration, not by rules. */
  readonly allowedBy?: number;
}

export interface RuleMeta {
  /** Kebab-case; file name and fixture name; never renamed, never reused. */
  readonly id: string;
  /** Trial rules run only when asked for. */
  readonly status: 'trial' | 'stable';
  readonly severity: Severity;
  readonly group:
    | 'authentication'
    | 'reconnaissance'
    | 'confidentiality'
    | 'integrity'
    | 'exfiltration'
    | 'availability'
    | 'protocol-conformance';
  /** What was seen. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
  /** When it fires without harm. */
  readonly falseAlarms: string;
  /** RFC section, CVE. */
  readonly references: readonly string[];
  /** ATT&CK technique ids. */
  readonly attack: readonly string[];
  /** CWE ids. */
  readonly cwe: readonly string[];
  /** Only exchanges of these verbs reach `exchange()`; absent: all do. */
  readonly verbs?: readonly string[];
  /** Thresholds by name, with their defaults; overridable by configuration. */
  readonly thresholds?: Readonly<Record<string, number>>;
}

export type Thresholds = Readonly<Record<string, number>>;

/** A rule: metadata, and a fold made for the thresholds in force. */
export interface Rule<S> {
  readonly meta: RuleMeta;
  create(thresholds: Thresholds): RuleFold<S>;
}

/** A cell of a table in a report. */
export type Cell = string | number | boolean | null;

export interface Column {
  /** Key of the cell in a row. */
  readonly key: string;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** How reports for people write the number. */
  readonly format?: 'count' | 'bytes' | 'ms' | 'share' | 'time';
  /** Reports for people leave it out where it holds nothing but zeros. */
  readonly rare?: true;
  /** Higher goes earlier when there is no room; without it the column stays. */
  readonly expendable?: number;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export type Row = Readonly<Record<string, Cell>>;

/** One statistic: a fold whose result is rows. */
export interface Table<S> extends Fold<S, readonly Row[]> {
  /** Key in the JSON report. */
  readonly id: string;
  readonly title: string;
  /** For those who read the schema. */
  readonly about?: string;
  /** What a row holds. */
  readonly row: { schema(parts: Map<string, JsonSchema>): JsonSchema };
  /** What of it people see. */
  readonly columns: readonly Column[];
  /** Rows there are, whatever `top` says; absent where `finish` always gives all of them. */
  size?(state: S): number;
}

/** What became of the input. Law: lines = blank + noise + unparsed + understood. */
export interface Tally {
  lines: number;
  blank: number;
  noise: number;
  unparsed: number;
  understood: number;
  bytes: number;
  clippedLines: number;
  clippedTexts: number;
  droppedCommands: number;
  evictedSessions: number;
  /** Of those understood: records that can be read in more than one way, from which nothing was taken. */
  ambiguous: number;
}
