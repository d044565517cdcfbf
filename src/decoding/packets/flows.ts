/**
 * Control connections, from what packets held: whatever a tool prints of them comes through here or through
 * `field-packets.ts` of Wireshark. Octets are put in order (`order.ts`), lines are joined over segments, sides are told by what
 * the tool marks, by port 21, or by who greets. Nothing of a connection is emitted before its sides are known.
 */
import type { DecoderOptions, EventSink } from '../../model.ts';
import { beginsConnection } from '../../protocol/greeting.ts';
import { codeAt } from '../../protocol/reply-line.ts';
import { mayTell } from '../../protocol/secrets.ts';
import { hash32 } from '../../text.ts';
import { commandEvent, gapEvent, type Origin, openEvent, replyEvent, replyLine } from '../event.ts';
import { isCapitalVerb, startsWithVerb, withoutTelnet } from '../wire-line.ts';
import { ControlSides, type End, endsKey, sameEnd } from './control-sides.ts';
import { PacketOrder, type PacketReader, type Placed, type TcpNumbers, unnumbered } from './order.ts';

export type { End } from './control-sides.ts';

/** A segment: where it came from, and which side said it where the tool knows. */
export interface Segment {
  readonly line: number;
  readonly time: number;
  /** The tool's own number of the connection; '' if it has none. */
  readonly stream: string;
  readonly from: End;
  readonly to: End;
  readonly side: 'client' | 'server' | '';
}

/** How much of a segment a tool shows: all its octets, only its first line, that there is a line, or nothing. */
export type View = 'octets' | 'first-line' | 'line' | 'nothing';

/** Where the lines of a segment stand in the log: pairs of an index behind a piece of its text and the line it is from. */
export type Places = readonly number[];

/** A segment with its text, line ends as LF or CR LF. */
export interface Packet extends Placed {
  readonly segment: Segment;
  readonly text: string;
  readonly view: View;
  readonly places: Places;
  /** Its connection; undefined until that is known for one. */
  readonly flow: Flow | undefined;
}

/** A reply of which a view of first lines shows the begin: more of it may come, but need not. */
interface OpenReply {
  readonly at: Origin;
  readonly code: number;
  text: string;
}

interface Flow {
  readonly session: string;
  readonly client: End;
  readonly server: End;
  readonly order: PacketOrder<Packet>;
  /** What has no line end yet. */
  fromClient: string;
  fromServer: string;
  /** Behind a gap: the rest of a line whose begin is missing may come. */
  tornClient: boolean;
  tornServer: boolean;
  /** The begin of a verb, where the end of a line is not shown: the next segment may have the rest. */
  piece: string;
  openCode: number;
  held: OpenReply | undefined;
  /** Verb of the oldest command without a reply; '' if none waits. */
  waiting: string;
  /** Commands since the last reply. */
  asked: number;
  /** Encryption was agreed upon: octets that are no text follow. */
  encrypted: boolean;
  /** Yet text came: the tool decrypts, or CCC ended it (RFC 4217 §6). */
  clear: boolean;
  /** Code of the last reply; 0 before the first. */
  replied: number;
  /** Hashes of what was sent of late, and how often something was, where segments have no numbers. */
  readonly recent: Int32Array;
  sent: number;
  /** Something of it was emitted. */
  begun: boolean;
  /** The client sent something that the tool does not show. */
  unshown: boolean;
}

const flowLimit = 4096;
const partialLimit = 64 * 1024;
const noPlaces: Places = [];
const recentCount = 16;
/** What a report says of a capture with gaps. */
export const gapsAssumed =
  'parts of the capture are missing: commands and replies that stood there are not in this report';

export class Flows implements PacketReader<Packet> {
  readonly #emit: EventSink;
  readonly #options: DecoderOptions;
  readonly #flows = new Map<string, Flow>();
  readonly #sides = new ControlSides<Packet>();
  /** The segment before, and its connection: most follow one of the same. */
  #lastSegment: Segment | undefined;
  #lastFlow: Flow | undefined;
  /** Without ports nothing but a greeting tells connections of two hosts apart. */
  readonly #greetingOpens: boolean;

  constructor(options: DecoderOptions, emit: EventSink, greetingOpens = false) {
    this.#options = options;
    this.#emit = emit;
    this.#greetingOpens = greetingOpens;
  }

  /** Takes a segment of which only the first line is shown, without its end; false if it says nothing. */
  whole(s: Segment, line: string, tcp: TcpNumbers = unnumbered): boolean {
    return this.segment(s, `${line}\n`, tcp, 'first-line');
  }

  /** Takes the text of a segment, line ends as LF or CR LF; false if it says nothing. */
  segment(
    s: Segment,
    text: string,
    tcp: TcpNumbers = unnumbered,
    view: View = 'octets',
    places: Places = noPlaces,
  ): boolean {
    const flow = this.#flowOf(s, text, tcp, view, places);
    if (flow === undefined) return false;
    const fromServer = isFromServer(flow, s);
    if (flow.encrypted) return this.#read(flow, s, text, fromServer, view, places, 0);
    if (tcp.seq < 0) {
      if (view !== 'octets' && this.#isAgain(flow, text, tcp.again)) return false;
      if (tcp.lost !== '') this.#torn(flow, s, (tcp.lost === 'own') === fromServer);
      return this.#read(flow, s, text, fromServer, view, places, 0);
    }
    flow.order.push(packetOf(flow, s, text, tcp, view, places, fromServer), this);
    return true;
  }

  /** Without numbers the mark of the tool tells that a segment was sent again, if the same text came of late. */
  #isAgain(flow: Flow, text: string, marked: boolean): boolean {
    const hash = hash32(text);
    if (marked && flow.recent.includes(hash | 0)) return true;
    flow.recent[flow.sent++ % recentCount] = hash;
    return false;
  }

  /** A segment whose text the tool does not show; `line`: it says that it is a line. */
  unshown(s: Segment, tcp: TcpNumbers, line: boolean): void {
    const flow = this.#flows.get(keyOf(s));
    if (flow === undefined || flow.encrypted) return;
    flow.order.push(packetOf(flow, s, '', tcp, line ? 'line' : 'nothing', noPlaces, isFromServer(flow, s)), this);
  }

  /** A connection begins: what was known of its ends belongs to one that is over. */
  begins(s: Segment): void {
    const key = keyOf(s);
    const flow = this.#flows.get(key);
    if (flow !== undefined) this.#finish(flow);
    this.#flows.delete(key);
    this.#sides.forget(key);
    this.#lastSegment = undefined;
    this.#lastFlow = undefined;
  }

  /** The tool itself says that octets of this side are missing. */
  missing(s: Segment): void {
    const flow = this.#flows.get(keyOf(s));
    if (flow !== undefined) this.#torn(flow, s, isFromServer(flow, s));
  }

  /** No more packets. */
  end(): void {
    for (const flow of this.#flows.values()) this.#finish(flow);
  }

  ordered(p: Packet, skip: number): void {
    const { flow, segment, view } = p;
    if (flow === undefined) return;
    // The line that is shown was read before; what is new behind it is not shown.
    if (skip > 0 && view !== 'octets') this.#torn(flow, segment, p.fromServer);
    else this.#read(flow, segment, p.text, p.fromServer, view, p.places, skip);
  }

  gap(p: Packet, fromServer: boolean): void {
    if (p.flow !== undefined) this.#torn(p.flow, p.segment, fromServer);
  }

  #torn(flow: Flow, s: Segment, fromServer: boolean): void {
    if (flow.encrypted) return;
    this.#options.assume(gapsAssumed);
    this.#release(flow);
    if (fromServer) {
      flow.fromServer = '';
      flow.openCode = 0;
      flow.tornServer = true;
    } else {
      flow.fromClient = '';
      flow.tornClient = true;
    }
    flow.waiting = '';
    flow.asked = 0;
    if (flow.begun) this.#emit(gapEvent(originOf(flow, s, s.line)));
  }

  #finish(flow: Flow): void {
    flow.order.end(this);
    this.#release(flow);
  }

  /** Reads the lines of a packet, without the octets that were read before; false if it says nothing. */
  #read(flow: Flow, s: Segment, text: string, fromServer: boolean, view: View, places: Places, skip: number): boolean {
    let from = skip === 0 ? 0 : charsOf(text, skip);
    if (flow.encrypted && !flow.clear) {
      if (!isClear(text, fromServer)) return false;
      flow.clear = true;
    }
    if (view === 'line' || view === 'nothing') {
      if (!fromServer && view === 'line') flow.unshown = true;
      return true;
    }
    if (!fromServer && flow.unshown) {
      flow.unshown = false;
      // The end of that line, not an empty one.
      if (text === '\n' || text === '\r\n') return true;
    }
    let before = fromServer ? flow.fromServer : flow.fromClient;
    let any = before !== '' || from < text.length;
    for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
      let line = text.slice(from, end);
      if (before !== '') line = before + line;
      before = '';
      if (line.charCodeAt(line.length - 1) === 13) line = line.slice(0, -1);
      any = this.#line(flow, s, lineAt(s, places, end), line, fromServer, view) || any;
      from = end + 1;
    }
    if (from < text.length) before += text.slice(from);
    if (before.length > partialLimit || (flow.encrypted && !isText(before))) before = '';
    if (fromServer) flow.fromServer = before;
    else flow.fromClient = before;
    return any;
  }

  #line(flow: Flow, s: Segment, line: number, text: string, fromServer: boolean, view: View): boolean {
    const at = originOf(flow, s, line);
    return fromServer ? this.#replied(flow, at, text, view) : this.#commanded(flow, at, text, view);
  }

  #commanded(flow: Flow, at: Origin, text: string, view: View): boolean {
    let wire = withoutDots(withoutTelnet(text));
    if (flow.piece !== '') {
      if (startsWithVerb(flow.piece + wire)) wire = flow.piece + wire;
      else this.#sent(flow, at, flow.piece);
      flow.piece = '';
    }
    if (view === 'first-line' && isPiece(wire)) {
      flow.piece = wire;
      return true;
    }
    if (flow.tornClient) {
      flow.tornClient = false;
      if (!startsWithVerb(wire)) return false;
    }
    if (flow.encrypted && !isText(wire)) return false;
    this.#sent(flow, at, wire);
    return true;
  }

  #sent(flow: Flow, at: Origin, wire: string): void {
    this.#release(flow);
    const event = commandEvent(at, wire, flow.client.port);
    if (flow.asked === 0) flow.waiting = event.verb;
    flow.asked++;
    flow.begun = true;
    this.#sides.announced(event.verb, event.arg);
    this.#emit(event);
  }

  #replied(flow: Flow, at: Origin, text: string, view: View): boolean {
    const code = codeAt(text);
    if (flow.piece !== '') {
      this.#sent(flow, at, flow.piece);
      flow.piece = '';
    }
    if (flow.tornServer) {
      flow.tornServer = false;
      if (code < 0) return this.#passedOver(at, text);
    }
    if (code < 0 && flow.encrypted && (flow.openCode === 0 || !isText(text))) return this.#passedOver(at, text);
    const goesOn = code >= 0 && text.charCodeAt(3) === 45;
    const inner = flow.openCode !== 0;
    if (!inner) this.#greeted(flow, at, code, text);
    if (view === 'first-line') return this.#firstLine(flow, at, code, text, goesOn);
    if (!inner) flow.openCode = goesOn ? code : 0;
    else if (code === flow.openCode && !goesOn) flow.openCode = 0;
    if (flow.openCode === 0) answered(flow, code);
    this.#emit(replyLine(at, text));
    return true;
  }

  /** The line is no part of the conversation. A secret in it may come back in what is. */
  #passedOver(at: Origin, text: string): false {
    if (mayTell(text) && isText(text)) this.#emit(replyLine(at, text));
    return false;
  }

  /** A reply begins: does a connection begin with it? */
  #greeted(flow: Flow, at: Origin, code: number, text: string): void {
    if (code < 0) return;
    if (code === 227 || code === 229) this.#sides.announced(String(code), text);
    if (code === 234) flow.encrypted = true;
    const opens = this.#greetingOpens
      ? flow.replied !== 120 && (flow.replied > 0 || !flow.begun) && flow.held?.code !== code
      : !flow.begun;
    if (opens && beginsConnection(code, flow.waiting)) {
      // A `221-Goodbye` of which the rest is not shown belongs to the connection before.
      this.#release(flow);
      flow.encrypted = flow.clear && !this.#greetingOpens;
      flow.clear = flow.encrypted;
      flow.waiting = '';
      flow.asked = 0;
      this.#emit(openEvent(at, flow.client.port, flow.server.host));
    }
    flow.begun = true;
  }

  /**
   * Of `230-Welcome` no more may be shown, since the rest is in the same segment: whatever comes next ends it, unless it
   * is a line without a code, or of the same code, as servers send them that write each line for itself.
   */
  #firstLine(flow: Flow, at: Origin, code: number, text: string, goesOn: boolean): boolean {
    const { held } = flow;
    // A number alone is a value inside the reply, as Pure-FTPd's STAT sends it in a segment of its own.
    const isInner = code < 0 || (text.length === 3 && flow.asked <= 1);
    if (held !== undefined && (isInner || (code === held.code && flow.asked <= 1))) {
      if (held.text.length < partialLimit) held.text += `\n${isInner ? text : text.slice(4)}`;
      if (!isInner && !goesOn) this.#release(flow);
      return true;
    }
    this.#release(flow);
    if (goesOn) {
      flow.held = { at, code, text: text.slice(4) };
      return true;
    }
    answered(flow, code);
    this.#emit(replyLine(at, text));
    return true;
  }

  #release(flow: Flow): void {
    const { held } = flow;
    if (held === undefined) return;
    flow.held = undefined;
    answered(flow, held.code);
    this.#emit(replyEvent(held.at, held.code, held.text));
  }

  #flowOf(s: Segment, text: string, tcp: TcpNumbers, view: View, places: Places): Flow | undefined {
    const last = this.#lastSegment;
    if (last !== undefined && last.stream === s.stream && sameEnds(s, last)) return this.#lastFlow;
    const flow = this.#found(s, text, tcp, view, places);
    this.#lastSegment = flow === undefined ? undefined : s;
    this.#lastFlow = flow;
    return flow;
  }

  #found(s: Segment, text: string, tcp: TcpNumbers, view: View, places: Places): Flow | undefined {
    const key = keyOf(s);
    const known = this.#flows.get(key);
    if (known !== undefined) {
      if (sameEnd(s.from, known.client) || sameEnd(s.from, known.server)) return known;
      // The number of another capture's connection.
      this.begins(s);
    }
    const verdict = this.#sides.of(key, s, text, () => packetOf(undefined, s, text, tcp, view, places, false));
    if (verdict === undefined) return undefined;
    const flow = this.#opened(key, s, verdict.fromServer);
    for (const p of verdict.before) {
      const fromServer = isFromServer(flow, p.segment);
      flow.order.push({ ...p, fromServer, flow }, this);
    }
    return flow;
  }

  #opened(key: string, s: Segment, fromServer: boolean): Flow {
    const client = fromServer ? s.to : s.from;
    const server = fromServer ? s.from : s.to;
    const session =
      s.stream !== '' ? s.stream : client.port > 0 ? `${client.host}:${client.port}` : `${client.host}>${server.host}`;
    const flow: Flow = {
      session,
      client,
      server,
      order: new PacketOrder(),
      fromClient: '',
      fromServer: '',
      tornClient: false,
      tornServer: false,
      piece: '',
      openCode: 0,
      held: undefined,
      waiting: '',
      asked: 0,
      encrypted: server.port === implicitTls,
      clear: false,
      replied: 0,
      recent: new Int32Array(recentCount),
      sent: 0,
      begun: false,
      unshown: false,
    };
    if (this.#flows.size >= flowLimit) {
      for (const [oldest, old] of this.#flows) {
        this.#finish(old);
        this.#flows.delete(oldest);
        break;
      }
    }
    this.#flows.set(key, flow);
    return flow;
  }
}

/** Letters that are no verb, too few for one: `US`. */
function isPiece(wire: string): boolean {
  if (wire.length === 0 || wire.length > 3 || wire.includes(' ')) return false;
  return isCapital(wire) && !startsWithVerb(wire);
}

function isCapital(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 65 || c > 90) return false;
  }
  return true;
}

/** A reply is complete: the command that it answers waits no more, unless it was preliminary. */
function answered(flow: Flow, code: number): void {
  if (code < 0) return;
  flow.replied = code;
  if (code < 200) return;
  flow.waiting = '';
  flow.asked = 0;
}

/** ftps: encrypted from the first octet on. */
const implicitTls = 990;

function keyOf(s: Segment): string {
  return s.stream === '' ? endsKey(s.from, s.to) : s.stream;
}

function isFromServer(flow: Flow, s: Segment): boolean {
  return s.side === '' ? sameEnd(s.from, flow.server) : s.side === 'server';
}

function packetOf(
  flow: Flow | undefined,
  segment: Segment,
  text: string,
  tcp: TcpNumbers,
  view: View,
  places: Places,
  fromServer: boolean,
): Packet {
  const numbered = tcp.seq >= 0;
  return {
    segment,
    text,
    tcp,
    view,
    places,
    flow,
    fromServer,
    shown: numbered && view === 'octets' ? Buffer.byteLength(text) : -1,
  };
}

function originOf(flow: Flow, s: Segment, line: number): Origin {
  return { line, time: s.time, session: flow.session, peer: flow.client.host, user: '' };
}

/** The line of the log that holds the text at `index`. */
function lineAt(s: Segment, places: Places, index: number): number {
  for (let i = 0; i < places.length; i += 2) if (index < (places[i] as number)) return places[i + 1] as number;
  return s.line;
}

/** How many characters these first octets are. */
function charsOf(text: string, octets: number): number {
  let n = 0;
  let left = octets;
  while (left > 0 && n < text.length) {
    const c = text.codePointAt(n) as number;
    left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    n += c < 0x10000 ? 1 : 2;
  }
  return n;
}

/** Telnet codes in front of a verb, shown as dots: `....ABOR`. */
function withoutDots(text: string): string {
  if (text.charCodeAt(0) !== 46) return text;
  let at = 1;
  while (text.charCodeAt(at) === 46) at++;
  const rest = text.slice(at);
  return startsWithVerb(rest) ? rest : text;
}

/** The same two ends, either way round. */
function sameEnds(a: Segment, b: Segment): boolean {
  return (sameEnd(a.from, b.from) && sameEnd(a.to, b.to)) || (sameEnd(a.from, b.to) && sameEnd(a.to, b.from));
}

/** Text where octets of an encrypted connection are expected: a line of the side from its first octet on, and nothing else. */
function isClear(text: string, fromServer: boolean): boolean {
  if (!text.endsWith('\n')) return false;
  const end = text.indexOf('\n');
  const first = text.slice(0, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
  if (fromServer ? codeAt(first) < 0 : !isCapitalVerb(first)) return false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c < 32 && c !== 9 && c !== 10 && c !== 13) || c === 127 || c === 0xfffd) return false;
  }
  return true;
}

/** No control octets, no octets that were no text. */
function isText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c < 32 && c !== 9) || c === 127 || c === 0xfffd) return false;
  }
  const first = text.charCodeAt(0);
  return !(first === 92 && text.charCodeAt(1) >= 48 && text.charCodeAt(1) <= 51);
}
