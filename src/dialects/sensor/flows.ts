/**
 * The two directions of control connections, from what packets held: lines are joined over segments, sides are told by
 * what the tool marks, by port 21, or by who greets. Nothing of a connection is emitted before its sides are known.
 */
import type { EventSink } from '../../model.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { commandEvent, type Origin, openEvent, replyLine } from '../event.ts';
import { startsWithVerb, withoutTelnet } from '../wire-line.ts';

/** One end of a connection; port 0 where the tool does not show it. */
export interface End {
  readonly host: string;
  readonly port: number;
}

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

interface Flow {
  readonly session: string;
  readonly client: End;
  readonly server: End;
  /** What has no line end yet. */
  fromClient: string;
  fromServer: string;
  openCode: number;
  /** Encryption was agreed upon: octets that are no text follow. */
  encrypted: boolean;
  greeted: boolean;
  /** The client sent something that the tool does not show. */
  unshown: boolean;
}

const flowLimit = 4096;
const partialLimit = 64 * 1024;

export class Flows {
  readonly #emit: EventSink;
  readonly #flows = new Map<string, Flow>();
  /** The segment before, and its connection: most follow one of the same. */
  #lastSegment: Segment | undefined;
  #lastFlow: Flow | undefined;
  /** Without ports nothing but a greeting tells connections of two hosts apart. */
  readonly #greetingOpens: boolean;

  constructor(emit: EventSink, greetingOpens = false) {
    this.#emit = emit;
    this.#greetingOpens = greetingOpens;
  }

  /** Takes a segment that holds one line, given without its end; false if it says nothing. */
  whole(s: Segment, line: string): boolean {
    const flow = this.#flowOf(s, line);
    if (flow === undefined) return false;
    const fromServer = s.side === '' ? sameEnd(s.from, flow.server) : s.side === 'server';
    const before = fromServer ? flow.fromServer : flow.fromClient;
    if (before !== '') {
      if (fromServer) flow.fromServer = '';
      else flow.fromClient = '';
    }
    this.#line(flow, s, before === '' ? line : before + line, fromServer);
    return true;
  }

  /** Takes the text of a segment, line ends as LF or CR LF; false if it says nothing. */
  segment(s: Segment, text: string): boolean {
    const flow = this.#flowOf(s, text);
    if (flow === undefined) return false;
    const fromServer = s.side === '' ? sameEnd(s.from, flow.server) : s.side === 'server';
    if (!fromServer && flow.unshown) {
      flow.unshown = false;
      // The end of that line, not an empty one.
      if (text === '\n' || text === '\r\n') return true;
    }
    let rest = (fromServer ? flow.fromServer : flow.fromClient) + text;
    let any = rest !== '';
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.charCodeAt(end - 1) === 13 ? rest.slice(0, end - 1) : rest.slice(0, end);
      rest = rest.slice(end + 1);
      any = this.#line(flow, s, line, fromServer) || any;
    }
    if (rest.length > partialLimit || (flow.encrypted && !isText(rest))) rest = '';
    if (fromServer) flow.fromServer = rest;
    else flow.fromClient = rest;
    return any;
  }

  /** A segment whose text the tool does not show. */
  unshown(s: Segment): void {
    const flow = this.#flows.get(s.stream === '' ? keyOf(s.from, s.to) : s.stream);
    if (flow !== undefined && sameEnd(s.from, flow.client)) flow.unshown = true;
  }

  #line(flow: Flow, s: Segment, text: string, fromServer: boolean): boolean {
    const at: Origin = { line: s.line, time: s.time, session: flow.session, peer: flow.client.host, user: '' };
    if (!fromServer) {
      const wire = withoutDots(withoutTelnet(text));
      if (flow.encrypted && !isText(wire)) return false;
      this.#emit(commandEvent(at, wire, flow.client.port));
      return true;
    }
    const code = replyCode(text);
    if (code === 0 && flow.encrypted && (flow.openCode === 0 || !isText(text))) return false;
    if (code === 220 && flow.openCode === 0 && (this.#greetingOpens || !flow.greeted))
      this.#emit(openEvent(at, flow.client.port, flow.server.host));
    flow.greeted = true;
    if (code === 234) flow.encrypted = true;
    if (flow.openCode === 0) flow.openCode = code > 0 && text.charCodeAt(3) === 45 ? code : 0;
    else if (code === flow.openCode && text.charCodeAt(3) !== 45) flow.openCode = 0;
    this.#emit(replyLine(at, text));
    return true;
  }

  #flowOf(s: Segment, text: string): Flow | undefined {
    const last = this.#lastSegment;
    if (last !== undefined && last.stream === s.stream && (s.stream !== '' || sameEnds(s, last))) return this.#lastFlow;
    const flow = this.#found(s, text);
    this.#lastSegment = flow === undefined ? undefined : s;
    this.#lastFlow = flow;
    return flow;
  }

  #found(s: Segment, text: string): Flow | undefined {
    const key = s.stream === '' ? keyOf(s.from, s.to) : s.stream;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const fromServer = isFromServer(s, text);
    if (fromServer === undefined) return undefined;
    const client = fromServer ? s.to : s.from;
    const server = fromServer ? s.from : s.to;
    const session =
      s.stream !== '' ? s.stream : client.port > 0 ? `${client.host}:${client.port}` : `${client.host}>${server.host}`;
    const flow: Flow = {
      session,
      client,
      server,
      fromClient: '',
      fromServer: '',
      openCode: 0,
      encrypted: false,
      greeted: false,
      unshown: false,
    };
    if (this.#flows.size >= flowLimit) {
      for (const oldest of this.#flows.keys()) {
        this.#flows.delete(oldest);
        break;
      }
    }
    this.#flows.set(key, flow);
    return flow;
  }
}

/** Telnet codes in front of a verb, shown as dots: `....ABOR`. */
function withoutDots(text: string): string {
  if (text.charCodeAt(0) !== 46) return text;
  let at = 1;
  while (text.charCodeAt(at) === 46) at++;
  const rest = text.slice(at);
  return startsWithVerb(rest) ? rest : text;
}

/** Which side a first segment is of; undefined if nothing tells. */
function isFromServer(s: Segment, text: string): boolean | undefined {
  if (s.side !== '') return s.side === 'server';
  if (s.from.port === 21 || s.to.port === 21) return s.from.port === 21;
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
  const code = replyCode(first);
  if (code >= 100 && first.length > 3) return true;
  return startsWithVerb(first) ? false : undefined;
}

function keyOf(a: End, b: End): string {
  const one = `${a.host} ${a.port}`;
  const other = `${b.host} ${b.port}`;
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** The same two ends, either way round. */
function sameEnds(a: Segment, b: Segment): boolean {
  return (sameEnd(a.from, b.from) && sameEnd(a.to, b.to)) || (sameEnd(a.from, b.to) && sameEnd(a.to, b.from));
}

function sameEnd(a: End, b: End): boolean {
  return a.port === b.port && a.host === b.host;
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
