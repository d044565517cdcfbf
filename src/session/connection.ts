/**
 * One control connection while it lives: its queue of commands that wait for a reply, the reply that is being read, and
 * what the log said about logins and transfers. The rules of pairing stand in `pairing.ts`.
 */
import type { Concealed, Event, Exchange, Lacks, Reply, Session, Transfer } from '../model.ts';
import type { NamedCommand } from '../protocol/named-commands.ts';
import { own } from '../text.ts';
import { isDated } from '../timestamp.ts';
import type { OpenReply } from './multi-line.ts';

/**
 * A command that waits for its final reply: the exchange that it will be. Its `replies` are the 1yz so far, a shared empty
 * list until the first.
 */
export type Waiting = { -readonly [K in keyof Exchange]: Exchange[K] };

/** A command that was refused. */
export interface Refused {
  readonly verb: string;
  readonly arg: string;
}

/** A reply whose command is not settled yet. */
export interface Doubtful {
  readonly reply: Reply;
  /** Index of the source in which it stands. */
  readonly source: number;
  /** Departures noticed while it was read. */
  readonly deviations: number;
  /** Commands of the queue that had been sent when it came. */
  readonly after: number;
  readonly named: NamedCommand;
}

/** How many attempts to log in each witness has stated; an attempt counts once, whoever states it. */
export interface LoginCount {
  /** Who logs in: that of the first attempt, where a connection counts for itself. */
  readonly name: string;
  counted: number;
  reply: number;
  daemon: number;
  authenticator: number;
  summary: number;
  client: number;
}

/** Login counts that connections share, by outcome, client and user: those of late, and those before them. */
export interface Siblings {
  recent: Map<string, LoginCount>;
  older: Map<string, LoginCount>;
}

/** A transfer that waits for what another line may add to it. */
export interface HeldTransfer {
  readonly transfer: Transfer;
  /** It was concluded from a reply, so a daemon's own line may still come. */
  readonly fromReply: boolean;
}

/** What tells the open sessions of a log apart: an address, an id, or a process number. */
export type SessionKey = string | number;

/** What the log shows in one source: whether a command, and whether a reply, stands in it. */
export interface Shown {
  commands: boolean;
  replies: boolean;
}

export function noneShown(): Shown {
  return { commands: false, replies: false };
}

/** A session that is open. Only the tracker and its parts write it. */
export interface Connection extends Session {
  lacks: Lacks;
  /** Of the source in which it began. */
  shown: Shown;
  opened: number;
  /** Key under which it is kept now; differs from `key` after a handover. */
  mapKey: SessionKey;
  /** Commands without final reply, oldest first. */
  queue: Waiting[];
  open: OpenReply | undefined;
  /** The greeting has not been seen and may still come. */
  greetingDue: boolean;
  /** Commands never overtook replies so far. */
  synchronous: boolean;
  /** Every command so far was concluded from its reply: a reply that concludes none is no deviation. */
  concluded: boolean;
  /** The client never goes on before the answer. */
  serial: boolean;
  /** See `Dialect.duplex`. */
  duplex: boolean;
  /** A reply of one line was seen: `ddd-` means that more follow. */
  endsReplies: boolean;
  /** The client said that it connects anew while this connection owed it a reply. */
  next: Event | undefined;
  /** Times that the client said it connects, before any greeting. */
  announced: number;
  /** The connection before it had no end when this one began: its lines may still come. */
  suspect: boolean;
  /** The connection of the same client that had not ended when this one began, where the log names users and no connections. */
  aside: Connection | undefined;
  /** Replies came in a row for commands sent in a row: the client does not wait. */
  pipelined: boolean;
  /** Replies of which order alone does not tell the command: what comes next decides (`alignment.ts`). */
  doubt: Doubtful[] | undefined;
  /** The last data command that was given up without its reply: the code of the data connection may come late. */
  left: Waiting | undefined;
  /** Log time of the last line. */
  lastTime: number;
  /** The last thing answered was a transfer: a further 226 or 426 is an extra reply. */
  transferJustEnded: boolean;
  /** RNFR was answered 350 and no command came since. */
  renamePending: boolean;
  /** `user` came from the log's own column, not from USER. */
  userGiven: string;
  /** The account in the log's own column that is the name given, as Windows writes it; '' if none. */
  account: string;
  /** A line of the log named the user in a column of its own. */
  namedByLog: boolean;
  /** The last USER was answered 230: no password was wanted. */
  userSufficed: boolean;
  /** The last USER was refused, which was an attempt to log in. */
  userRefused: boolean;
  /** Names given with USER whose PASS is still to come, where the log does not tell connections apart. */
  names: string[] | undefined;
  failed: LoginCount | undefined;
  passed: LoginCount | undefined;
  /** Login counts shared with other connections of the log, by client and user; undefined where each counts for itself. */
  siblings: Siblings | undefined;
  /** Its login may still be stated under the number of another process. */
  awaitsLogin: boolean;
  held: HeldTransfer | undefined;
  /** The last command answered, if it was refused: some daemons refuse it twice. */
  refused: Refused | undefined;
  /** A transfer whose 226 came while ABOR waited: complete or aborted shows only when ABOR is answered. */
  unclear: Exchange | undefined;
  /** A part is missing from the log: what waits may have been answered there, what comes may answer what stood there. */
  torn: boolean;
  /** Secrets that the log showed, the latest of them; they can be found in texts and not be read. */
  secrets: Concealed[] | undefined;
  /** A USER whose name may end in the password: shown when the next line has told which it is. */
  unsure: Exchange | undefined;
  /** The last reply asked for a password, an account or security data. */
  asksSecret: boolean;
  /** QUIT was answered; kept for what may still come. */
  lingering: boolean;
  finished: boolean;
}

/** A queue for connections on which nothing waits; replaced by an own one on the first command. */
const nothingWaits: Waiting[] = [];

export function connection(
  id: string,
  { dialect, host, side, lacks, shown }: Pick<Connection, 'dialect' | 'host' | 'side' | 'lacks' | 'shown'>,
  source: number,
  event: Event,
  client: string,
): Connection {
  return {
    id,
    key: own(event.session),
    dialect,
    host,
    side,
    lacks,
    shown,
    source,
    firstLine: event.line,
    opened: event.time,
    client,
    clientPort: event.peerPort,
    server: '',
    serverPort: 0,
    user: '',
    state: 'connected',
    end: '',
    closed: event.time,
    lastLine: event.line,
    sawStart: false,
    sawQuit: false,
    mixed: false,
    loggedIn: false,
    anonymous: false,
    encrypted: false,
    clear: false,
    loginShown: false,
    commands: 0,
    replies: 0,
    unanswered: 0,
    failures: 0,
    failedLogins: 0,
    downloads: 0,
    uploads: 0,
    bytesDown: 0,
    bytesUp: 0,
    unsizedDown: 0,
    unsizedUp: 0,
    joins: '',
    memory: undefined,
    work: undefined,
    witness: undefined,
    story: undefined,
    mapKey: '',
    queue: nothingWaits,
    open: undefined,
    greetingDue: true,
    synchronous: true,
    concluded: true,
    serial: false,
    duplex: false,
    endsReplies: false,
    next: undefined,
    announced: 0,
    suspect: false,
    aside: undefined,
    pipelined: false,
    doubt: undefined,
    left: undefined,
    lastTime: event.time,
    transferJustEnded: false,
    renamePending: false,
    userGiven: '',
    account: '',
    namedByLog: false,
    userSufficed: false,
    userRefused: false,
    names: undefined,
    failed: undefined,
    passed: undefined,
    siblings: undefined,
    awaitsLogin: false,
    held: undefined,
    refused: undefined,
    unclear: undefined,
    torn: false,
    secrets: undefined,
    unsure: undefined,
    asksSecret: false,
    lingering: false,
    finished: false,
  };
}

/** Adds a command to the queue. */
export function enqueue(c: Connection, waiting: Waiting): void {
  if (c.queue === nothingWaits) c.queue = [waiting];
  else c.queue.push(waiting);
}

/** Takes the command at `at` out of the queue. The array and its room stay: nearly every command waits alone. */
export function dequeue(c: Connection, at: number): void {
  if (c.queue.length === 1) c.queue.pop();
  else c.queue.splice(at, 1);
}

/** Text that is kept until replies come, in UTF-16 units. */
export function waitingChars({ queue, open, doubt, left }: Connection): number {
  let chars = left?.arg.length ?? 0;
  for (const { reply } of doubt ?? []) chars += reply.text.length;
  if (open !== undefined) chars += open.text.length + open.candidateText.length;
  for (const { arg, replies } of queue) {
    chars += arg.length;
    for (const r of replies) chars += r.text.length;
  }
  return chars;
}

/** A line of the connection bears this time. */
export function seen(c: Connection, time: number): void {
  c.lastTime = time;
  // Lines may be out of order, and what has no date is earlier than all that has one.
  if (Number.isNaN(c.opened) || (time < c.opened && isDated(time) === isDated(c.opened))) c.opened = time;
  if (!(c.closed > time && isDated(time) === isDated(c.closed))) c.closed = time;
}

/** Nothing but its existence is known of the connection yet. */
export function isFresh(c: Connection): boolean {
  return c.commands === 0 && c.replies === 0 && c.queue.length === 0 && c.open === undefined;
}

/** Whether `HOST\\Alice` or `Alice` is the account to which Windows takes the name `alice`. */
export function isAccountOf(account: string, name: string): boolean {
  if (name === '' || account.length < name.length) return false;
  const bare = account.length === name.length ? account : account.slice(account.lastIndexOf('\\') + 1);
  return bare.toLowerCase() === name.toLowerCase();
}

/** The names USER takes for a login without an account (RFC 1635). */
export function isAnonymous(user: string): boolean {
  if (user.length !== 9 && user.length !== 3) return false;
  const name = user.toLowerCase();
  return name === 'anonymous' || name === 'ftp';
}
