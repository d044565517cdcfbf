/**
 * Packets of one connection in the order in which their octets were sent, by the numbers of TCP (RFC 9293 §3.4) as far
 * as a view shows them: what was sent again counts once, what overtook another waits for it, what is missing is told.
 */
import { digits, own } from '../../text.ts';

/** What a view shows of TCP's header; -1 for a number that it does not show. */
export interface TcpNumbers {
  /** Of the first octet. */
  readonly seq: number;
  /** Of the octet that is expected from the other side. */
  readonly ack: number;
  /** Octets that the packet carries. */
  readonly octets: number;
  /** The tool marks the packet as one that was sent again. */
  readonly again: boolean;
  /** The tool says that octets before the packet are missing: of its own side, or of the other one. */
  readonly lost: '' | 'own' | 'other';
}

export const unnumbered: TcpNumbers = { seq: -1, ack: -1, octets: -1, again: false, lost: '' };

/** The numbers as a view writes them, in decimal; '' for what it does not show. */
export function numbersOf(seq: string, ack: string, octets: string): TcpNumbers {
  const from = digits(seq, 0, seq.length);
  const many = digits(octets, 0, octets.length);
  if (many < 0) return unnumbered;
  if (from < 0) return { ...unnumbered, octets: many };
  return { seq: from, ack: digits(ack, 0, ack.length), octets: many, again: false, lost: '' };
}

/** A packet that has its place in a connection. */
export interface Placed {
  readonly tcp: TcpNumbers;
  readonly fromServer: boolean;
  /** Octets of the text that is shown, if that is all the packet carries; -1 if there may be more. */
  readonly shown: number;
  /** What is shown. */
  readonly text: string;
}

/** Who reads the packets of one connection. */
export interface PacketReader<P extends Placed> {
  /** The next packet; its first `skip` octets were read before. */
  ordered(p: P, skip: number): void;
  /** Octets of a side are missing. `p` is the packet that shows it. */
  gap(p: P, fromServer: boolean): void;
}

interface Sent {
  readonly seq: number;
  readonly octets: number;
  /** The begin of what is shown. */
  readonly text: string;
}

interface Side<P> {
  /** Number of the next octet; -1 if no packet has told. */
  next: number;
  /** The last packets, to know those that come again. */
  readonly sent: Sent[];
  /** Packets that came before their turn. */
  readonly held: P[];
}

const sentLimit = 8;
/** Characters of a packet that are remembered. */
const sentChars = 64;
const heldLimit = 8;
/** A control connection sends less than this between two packets: a farther number is one of another counting. */
const farOctets = 1 << 20;

function side<P>(): Side<P> {
  return { next: -1, sent: [], held: [] };
}

export class PacketOrder<P extends Placed> {
  readonly #client: Side<P> = side();
  readonly #server: Side<P> = side();
  /** A packet that acknowledges what was not seen yet. */
  #early: P | undefined;
  /** The numbers contradict what is shown: the view has them from elsewhere. */
  #untrue = false;

  /** Takes the next packet of the view and passes on what can be read now. */
  push(p: P, reader: PacketReader<P>): void {
    const { tcp, fromServer } = p;
    const mine = fromServer ? this.#server : this.#client;
    if (tcp.seq < 0 || tcp.octets < 1 || this.#untrue) {
      if (tcp.again && mine.sent.some((s) => isSame(s.text, p.text))) return;
      if (tcp.lost !== '') reader.gap(p, (tcp.lost === 'own') === fromServer);
      remember(mine, p);
      reader.ordered(p, 0);
      return;
    }
    if (mine.next < 0) mine.next = tcp.seq;
    this.#place(p, mine, reader);
  }

  /** No more packets: what waits is read, with the gaps before it. */
  end(reader: PacketReader<P>): void {
    this.#overdue(reader);
    while (this.#client.held.length > 0) this.#giveUp(this.#client, reader);
    while (this.#server.held.length > 0) this.#giveUp(this.#server, reader);
  }

  #place(p: P, mine: Side<P>, reader: PacketReader<P>): void {
    const { tcp, fromServer } = p;
    const other = fromServer ? this.#client : this.#server;
    if (Math.abs(distance(tcp.seq, mine.next)) > farOctets) {
      // tcpdump prints the first numbers of a connection that it meets in the middle as they are, others counted from there.
      this.end(reader);
      mine.next = tcp.seq;
      mine.sent.length = 0;
      other.next = -1;
    }
    if (other.next < 0 && tcp.ack >= 0) other.next = tcp.ack;
    const early = this.#early;
    if (early !== undefined && tcp.seq === mine.next && early.fromServer !== fromServer) {
      this.#early = undefined;
      this.#take(p, mine, reader);
      this.#take(early, other, reader);
      return;
    }
    this.#overdue(reader);
    // Of a side that said nothing yet, only the other's word on the next number is known.
    if (mine.sent.length === 0 && distance(tcp.seq, mine.next) < 0) mine.next = tcp.seq;
    const ahead = distance(tcp.seq, mine.next);
    const misfit = p.shown >= 0 && p.shown !== tcp.octets;
    if (ahead < 0 && this.#isOld(p, mine, reader)) return;
    if (ahead > 0 && !misfit && !this.#untrue) {
      hold(mine, p);
      if (mine.held.length > heldLimit) this.#giveUp(mine, reader);
      return;
    }
    if (other.held.length > 0 && tcp.ack >= 0 && distance(tcp.ack, other.next) > 0) this.#giveUp(other, reader);
    const unseen = tcp.ack >= 0 && other.next >= 0 && !this.#untrue ? distance(tcp.ack, other.next) : 0;
    // One octet may be the end of the connection, which has a number, too.
    if (unseen > 1 && unseen <= farOctets && ahead === 0 && !misfit) {
      this.#early = p;
      return;
    }
    this.#take(p, mine, reader);
  }

  /** The octets were sent before: true if nothing is left to do. */
  #isOld(p: P, mine: Side<P>, reader: PacketReader<P>): boolean {
    const { seq, octets } = p.tcp;
    if (contradicts(mine, p)) {
      this.#untrue = true;
      this.end(reader);
      return false;
    }
    const old = distance(mine.next, seq);
    if (old >= octets) return true;
    mine.next = (seq + octets) >>> 0;
    remember(mine, p);
    reader.ordered(p, old);
    this.#drain(mine, reader);
    return true;
  }

  #take(p: P, mine: Side<P>, reader: PacketReader<P>): void {
    mine.next = (p.tcp.seq + p.tcp.octets) >>> 0;
    remember(mine, p);
    reader.ordered(p, 0);
    this.#drain(mine, reader);
  }

  /** Reads the packets that waited for those before them. */
  #drain(mine: Side<P>, reader: PacketReader<P>): void {
    for (let p = mine.held[0]; p !== undefined; p = mine.held[0]) {
      const ahead = distance(p.tcp.seq, mine.next);
      if (ahead > 0) return;
      mine.held.shift();
      const end = (p.tcp.seq + p.tcp.octets) >>> 0;
      if (distance(end, mine.next) <= 0) continue;
      mine.next = end;
      remember(mine, p);
      reader.ordered(p, -ahead);
    }
  }

  /** What the first packet held waits for is missing. */
  #giveUp(mine: Side<P>, reader: PacketReader<P>): void {
    const first = mine.held[0];
    if (first === undefined) return;
    mine.next = first.tcp.seq;
    reader.gap(first, first.fromServer);
    this.#drain(mine, reader);
  }

  /** What the early packet acknowledges did not come: it is missing. */
  #overdue(reader: PacketReader<P>): void {
    const early = this.#early;
    if (early === undefined) return;
    this.#early = undefined;
    reader.gap(early, !early.fromServer);
    const mine = early.fromServer ? this.#server : this.#client;
    const other = early.fromServer ? this.#client : this.#server;
    other.next = early.tcp.ack;
    this.#take(early, mine, reader);
    this.#drain(other, reader);
  }
}

function remember<P extends Placed>({ sent }: Side<P>, p: P): void {
  if (sent.length >= sentLimit) sent.shift();
  sent.push({ seq: p.tcp.seq, octets: p.tcp.octets, text: own(p.text.slice(0, sentChars)) });
}

/** Where the same octets were sent before another text was shown: then the numbers are not those of this text. */
function contradicts<P extends Placed>({ sent }: Side<P>, p: P): boolean {
  if (p.text === '' || p.tcp.octets === 1) return false;
  for (const s of sent) {
    const offset = distance(p.tcp.seq, s.seq);
    if (offset >= 0 && offset < s.text.length && !isSame(s.text.slice(offset), p.text)) return true;
  }
  return false;
}

/** One is the begin of the other: a packet that is sent again may be cut or go on elsewhere. */
function isSame(a: string, b: string): boolean {
  return a.length < b.length ? b.startsWith(a) : a.startsWith(b);
}

/** Puts a packet among those that wait, by its number; once. */
function hold<P extends Placed>(mine: Side<P>, p: P): void {
  let at = mine.held.length;
  while (at > 0 && distance(mine.held[at - 1]?.tcp.seq ?? 0, p.tcp.seq) > 0) at--;
  if (mine.held[at - 1]?.tcp.seq !== p.tcp.seq) mine.held.splice(at, 0, p);
}

/** How far one number is ahead of another; numbers go round after 2^32. */
function distance(a: number, b: number): number {
  return (a - b) | 0;
}
