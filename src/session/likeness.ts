/** What makes two logs' sessions, and the facts in them, the same; and who is found that is the same. */
import { addressClass } from '../protocol/host-port.ts';
import { digits, own } from '../text.ts';
import { isDated } from '../timestamp.ts';
import {
  clocksDifferMs,
  type Fact,
  factHash,
  kindOf,
  kinds,
  nearestFact,
  nearestSession,
  type Witness,
  type Witnesses,
  witnesses,
} from './witnesses.ts';

/** Names of hosts whose address is known from what two logs told. */
const aliasLimit = 16_384;
/** Numbers between which the processes of one vsftpd session lie. */
const nearProcesses = 16;

/** What one source tells in one dialect of one host. Plain data. */
export interface Log {
  readonly number: number;
  readonly source: number;
  readonly dialect: string;
  readonly host: string;
}

/** A host's name as hosts are compared by it; '' where it tells none from another. */
export function hostName(host: string): string {
  const name = own(host.toLowerCase());
  return name === 'localhost' || name === 'localhost.localdomain' ? '' : name;
}

/** What the logs of one analysis told. Plain data. */
export interface Told {
  readonly kept: Witnesses;
  readonly logs: Log[];
  /** Forms of sessions and their bits. */
  readonly bits: Map<string, number>;
  /** Nothing was left out because the part is one log that was read alone. */
  whole: boolean;
}

export function told(): Told {
  return { kept: witnesses(), logs: [], bits: new Map(), whole: true };
}

/** Finds among what was told what is the same as what a session tells. */
export class Likeness {
  readonly #kept: Witnesses;
  /** By number. */
  readonly #logs: readonly Log[];
  /** Sources of which this one began as a copy; by index. */
  readonly #copies: (source: number, of: number) => boolean;
  readonly #aliases = new Map<string, string>();
  /** Whose turn it is to be compared, and whether it is over. */
  #own: Witness | undefined;
  #ended = false;
  /** Equal but for what would tell a copy from another server. */
  #twin: Witness | undefined;

  constructor(kept: Witnesses, logs: readonly Log[], copies: (source: number, of: number) => boolean) {
    this.#kept = kept;
    this.#logs = logs;
    this.#copies = copies;
  }

  /** The session of which a fact is equal to the last one that was looked for, but in no log that is known for a copy. */
  get twin(): Witness | undefined {
    return this.#twin;
  }

  /** The name by which a client was known first. */
  nameOf(client: string): string {
    return this.#aliases.get(client) ?? client;
  }

  /** The session of which this one is the copy. */
  original(own: Witness): Witness | undefined {
    this.#own = own;
    return nearestSession(this.#kept, own, 'client', this.#isCopied);
  }

  /** Of a copy: nothing but its number, its client and its time says that it is one. */
  isDoubtful(own: Witness, one: Witness): boolean {
    return (own.host === '' || one.host === '') && !this.#copies(own.source, one.source);
  }

  /** The session that another log began at the same time. Only at its end a name is taken for an address. */
  session(own: Witness, ended: boolean): Witness | undefined {
    if (!isDated(own.opened)) return undefined;
    this.#own = own;
    this.#ended = ended;
    const kept = this.#kept;
    let same: Witness | undefined;
    if (own.key !== '' && own.program !== '') same = nearestSession(kept, own, 'number', this.#isSame);
    if (same === undefined && own.client !== '') same = nearestSession(kept, own, 'client', this.#isMet);
    if (same === undefined && (ended || own.greeting !== 0)) same = nearestSession(kept, own, 'any', this.#isMet);
    if (same === undefined && own.client !== '') same = nearestSession(kept, own, 'minute', this.#isInside);
    return same;
  }

  /** Number of the fact that another log told before; -1 if none did. `wanted` is as it was afterwards. */
  fact(own: Witness, wanted: Fact): number {
    this.#own = own;
    this.#twin = undefined;
    let found = nearestFact(this.#kept, wanted, this.#mayBeTold);
    if (found < 0 && kindOf(wanted.what) === kinds.upload && wanted.what !== unnamed) {
      // STOU: the server chose the name, and not every log tells it.
      const { what } = wanted;
      wanted.what = unnamed;
      found = nearestFact(this.#kept, wanted, this.#mayBeTold);
      wanted.what = what;
    }
    return found;
  }

  /** Both are one session. Name and address of one host are one: it is called as it was first. */
  join(own: Witness, one: Witness): void {
    own.of = one;
    if (!own.guessed) one.told |= own.told;
    if (one.client === '' || own.client === one.client) return;
    if (own.client !== '' && this.#aliases.size < aliasLimit) this.#aliases.set(own.client, one.client);
    own.client = one.client;
  }

  /** Two logs of one server call it by the same number. */
  readonly #isSame = (one: Witness): boolean => {
    const own = this.#own as Witness;
    if (one.key !== own.key || one.program !== own.program || one.of !== undefined || !isBefore(one, own)) return false;
    if ((one.told & own.told) !== 0 || !mayBeOne(one, own)) return false;
    return one.client === '' || own.client === '' || isOneClient(one.client, own.client, this.#aliases);
  };

  /** A log without words for the beginning of a connection shows it from the first command on. */
  readonly #isInside = (one: Witness): boolean => {
    const own = this.#own as Witness;
    const within =
      own.opened >= one.opened ? own.opened <= one.closed + clocksDifferMs : one.opened <= own.closed + clocksDifferMs;
    return within && this.#isMet(one);
  };

  readonly #isCopied = (one: Witness): boolean => {
    const own = this.#own as Witness;
    if (one.source === own.source || one.form !== own.form || one.of !== undefined) return false;
    if (one.client !== own.client || Math.abs(one.opened - own.opened) > 1000 || !mayBeOneServer(one, own))
      return false;
    return own.key !== '' ? one.key === own.key : this.#copies(own.source, one.source);
  };

  readonly #isMet = (one: Witness): boolean => {
    const own = this.#own as Witness;
    if (one.of !== undefined || !isBefore(one, own) || (one.told & own.told) !== 0 || !mayBeOne(one, own)) return false;
    // Of a client's log or a bare capture nothing is known but what the server said.
    if (one.client === '' || own.client === '') return own.greeting !== 0 && one.greeting === own.greeting;
    if (one.greeting !== own.greeting && one.greeting !== 0 && own.greeting !== 0) return false;
    return one.client === own.client || (this.#ended && isOneClient(one.client, own.client, this.#aliases));
  };

  readonly #mayBeTold = (one: Witness, told: number, last: number, apart: number): boolean => {
    const own = this.#own as Witness;
    if (one === own || one.log === own.log || !mayBeOneHost(one.host, own.host)) return false;
    if (one.form === own.form || (told & own.format) !== 0) {
      if (one.form === own.form && own.key !== '' && one.key !== '')
        return one.key === own.key && one.client === own.client;
      if (apart !== 0 || one.client !== own.client) return false;
      if (this.#isCopy(own, one.source) || this.#isCopy(own, this.#logs[last]?.source ?? -1)) return true;
      if (one.form === own.form) this.#twin = one;
      return false;
    }
    return mayBeOne(one, own) && isOneClient(one.client, own.client, this.#aliases);
  };

  #isCopy({ source }: Witness, of: number): boolean {
    return of !== source && this.#copies(source, of);
  }
}

/** An upload whose name is not told. */
const unnamed = factHash(kinds.upload, 0, '');

/** A session joins one that was told before it, never the other way round. */
export function isBefore(one: Witness, own: Witness): boolean {
  return one !== own && (own.at < 0 || one.at < own.at);
}

/** Whether two logs may tell of one connection, by all but its client and its time. */
function mayBeOne(one: Witness, own: Witness): boolean {
  if (one.log === own.log || !mayBeOneHost(one.host, own.host)) return false;
  if (one.port > 0 && own.port > 0 && one.port !== own.port) return false;
  // A connection has one client program, and one server.
  if (one.side === 'client' && own.side === 'client') return false;
  if (one.program === '' || own.program === '') return true;
  if (one.program !== own.program) return false;
  return one.key === '' || own.key === '' || isOneKey(one, own);
}

function isOneKey(one: Witness, own: Witness): boolean {
  if (one.key === own.key) return true;
  const [a, b] = [digits(one.key, 0, one.key.length), digits(own.key, 0, own.key.length)];
  // A number in one log and a name in the other say nothing of one another.
  if (a < 0 !== b < 0) return true;
  return one.program === 'vsftpd' && a >= 0 && Math.abs(a - b) <= nearProcesses;
}

/** Whether one server may have written both logs, which are in one format. */
function mayBeOneServer(one: Witness, own: Witness): boolean {
  return mayBeOneHost(one.host, own.host) && mayBeOneHost(one.server, own.server);
}

/** Not all logs write a host's domain, and its name says nothing of its address. */
function mayBeOneHost(one: string, own: string): boolean {
  if (one === own || one === '' || own === '') return true;
  if ((addressClass(one) !== '') !== (addressClass(own) !== '')) return true;
  return one.startsWith(`${own}.`) || own.startsWith(`${one}.`);
}

/** A name and an address may be one host, unless it is known under another. */
function isOneClient(one: string, own: string, aliases: ReadonlyMap<string, string>): boolean {
  if (one === own) return one !== '';
  if (one === '' || own === '') return true;
  const isAddress = addressClass(one) !== '';
  if (isAddress !== (addressClass(own) !== '')) return aliases.get(isAddress ? own : one) === undefined;
  return !isAddress && (one.startsWith(`${own}.`) || own.startsWith(`${one}.`));
}
