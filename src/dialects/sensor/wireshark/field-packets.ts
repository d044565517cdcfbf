/**
 * Packets given as Wireshark's fields: verb and argument, or code and text. Wireshark (packet-ftp.c) shows only the
 * first line of a segment so, and neither its end nor the hyphen behind a code. Whether a reply goes on shows in what
 * follows: rows without a code belong to it until its code comes again; without such rows, the same code again with no
 * second command waiting belongs to it too. A further reply at once, to no command that is shown, answers one behind the
 * first of its segment; which one, only the reply may tell.
 */

import {
  commandOfParts,
  gapEvent,
  inferredCommand,
  type Origin,
  openEvent,
  replyEvent,
  verbOf,
} from '../../../decoding/event.ts';
import { answeredArgument, answeredVerb } from '../../../decoding/inference.ts';
import { gapsAssumed } from '../../../decoding/packets/flows.ts';
import { PacketOrder, type PacketReader, type Placed, type TcpNumbers } from '../../../decoding/packets/order.ts';
import type { DecoderOptions, EventSink } from '../../../model.ts';
import { numberIn } from '../../../number.ts';
import { accepts, isVerb } from '../../../protocol/commands.ts';
import { beginsConnection } from '../../../protocol/greeting.ts';
import { isPreliminary } from '../../../protocol/reply-line.ts';

/** What one packet says. The lists are as long as the packet has lines of the kind. */
export interface FieldPacket {
  readonly line: number;
  readonly time: number;
  readonly stream: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  readonly targetPort: number;
  readonly tcp: TcpNumbers;
  readonly commands: readonly string[];
  readonly args: readonly string[];
  readonly codes: readonly string[];
  readonly texts: readonly string[];
}

/** A packet with its place in its connection. */
interface FlowPacket extends Placed {
  readonly packet: FieldPacket;
  readonly flow: Flow;
}

interface Held {
  readonly at: Origin;
  readonly code: number;
  text: string;
  /** When its last line came. */
  time: number;
  /** Rows without a code came: only its own code ends it. */
  many: boolean;
  /** Its code came again behind such rows. */
  ended: boolean;
}

interface Flow {
  readonly session: string;
  readonly order: PacketOrder<FlowPacket>;
  /** Its number or its ports tell it from others of the same hosts. */
  readonly named: boolean;
  client: string;
  clientPort: number;
  held: Held | undefined;
  /** Verbs of commands without a reply. */
  waiting: string[];
  /** The verb that the last final reply answered, and when; '' before the first. */
  answered: string;
  answeredAt: number;
  /** A reply fitted the last of several commands: if a command follows, the others got none. */
  undecided: boolean;
  pipelined: boolean;
  encrypted: boolean;
  /** Yet text came: the tool decrypts, or CCC ended it. */
  clear: boolean;
  /** Something of it was emitted, and a reply. */
  begun: boolean;
  replied: boolean;
  /** The last segment of the client was longer than the one command that is shown of it; undefined without its length. */
  more: boolean | undefined;
  /** A reply told of a command behind the first of a segment: this client sends several at once. */
  several: boolean;
  /** A word that may be the begin of a verb whose end comes in the next segment. */
  piece: { readonly at: Origin; readonly word: string } | undefined;
  /** A packet of the client in which nothing was shown: an empty line, if a refusal follows. */
  empty: Origin | undefined;
}

const flowLimit = 4096;
const textLimit = 64 * 1024;
const waitingLimit = 256;
/** A line that comes later than this belongs to no reply that began before. */
const replyMs = 5000;
/** Replies to commands of one segment come closer together than this. */
const pipelineMs = 1000;
/** Octets of a line end. */
const lineEnd = 2;
const noArgs: readonly string[] = [''];

export class FieldPackets implements PacketReader<FlowPacket> {
  readonly #emit: EventSink;
  readonly #options: DecoderOptions;
  readonly #flows = new Map<string, Flow>();
  /** Packets that carry nothing are shown too. */
  #unfiltered = false;

  constructor(options: DecoderOptions, emit: EventSink) {
    this.#options = options;
    this.#emit = emit;
  }

  /** False for a packet that says nothing. */
  take(p: FieldPacket): boolean {
    const asks = p.commands.length > 0;
    const fromServer = !asks && (p.codes.length > 0 || p.texts.length > 0);
    if (!asks && !fromServer && (p.args[0] ?? '') === '') return this.#nothing(p);
    const flow = fromServer
      ? this.#flowOf(p, p.target, p.targetPort, p.source, p.sourcePort)
      : this.#flowOf(p, p.source, p.sourcePort, p.target, p.targetPort);
    if (p.tcp.seq < 0 || flow.encrypted) return this.#read(p, flow, fromServer);
    const text = fromServer ? `${p.codes.join()} ${p.texts.join()}` : `${p.commands.join()} ${p.args.join()}`;
    flow.order.push({ packet: p, flow, tcp: p.tcp, fromServer, shown: -1, text }, this);
    return true;
  }

  ordered(p: FlowPacket, skip: number): void {
    // Only the first line of a segment is shown: if that was seen before, what is new is not.
    if (skip === 0) this.#read(p.packet, p.flow, p.fromServer);
    else this.gap(p);
  }

  gap({ packet, flow }: FlowPacket): void {
    if (flow.encrypted) return;
    this.#options.assume(gapsAssumed);
    this.#finish(flow);
    flow.waiting = [];
    flow.undecided = false;
    flow.answered = '';
    if (flow.begun) this.#emit(gapEvent(originOf(packet, flow)));
  }

  #read(p: FieldPacket, flow: Flow, fromServer: boolean): boolean {
    if (fromServer) return this.#responses(p, flow);
    if (p.commands.length > 0) return this.#requests(p, flow, p.commands, p.args);
    // `  NOOP`: the blank in front of it ends the verb.
    return this.#requests(p, flow, [(p.args[0] ?? '').trim()], noArgs);
  }

  /** No more packets: replies that might have gone on are complete. */
  end(): void {
    for (const flow of this.#flows.values()) {
      flow.order.end(this);
      this.#finish(flow);
    }
  }

  #finish(flow: Flow): void {
    this.#release(flow);
    this.#releasePiece(flow);
  }

  /** A packet without command and reply: an empty line, or no FTP at all where packets of any kind are shown. */
  #nothing(p: FieldPacket): boolean {
    if (this.#unfiltered) return false;
    const flow = this.#flows.get(keyOf(p, p.source, p.sourcePort, p.target, p.targetPort));
    if (flow === undefined || flow.client !== p.source || flow.clientPort !== p.sourcePort) {
      this.#unfiltered = true;
      return false;
    }
    flow.empty = originOf(p, flow);
    return false;
  }

  #requests(p: FieldPacket, flow: Flow, commands: readonly string[], args: readonly string[]): boolean {
    if (flow.client === '') {
      flow.client = p.source;
      flow.clientPort = p.sourcePort;
    }
    this.#release(flow);
    if (flow.undecided) {
      flow.undecided = false;
      flow.waiting = [];
    }
    flow.empty = undefined;
    const at = originOf(p, flow);
    let any = false;
    commands.forEach((shown, i) => {
      const word = withoutTelnet(shown);
      const arg = args[i] ?? '';
      if (word === '' || !isCommand(word, arg, flow)) return;
      any = true;
      this.#command(flow, at, word, arg);
    });
    const { octets } = p.tcp;
    const one = commands.length === 1;
    if (octets < 0) flow.more = one ? undefined : false;
    else flow.more = one && octets > Buffer.byteLength(`${commands[0]} ${args[0] ?? ''}`) + lineEnd;
    return any;
  }

  #command(flow: Flow, at: Origin, word: string, arg: string): void {
    const { piece } = flow;
    const known = isVerb(word.toUpperCase());
    if (piece !== undefined && !known && isVerb((piece.word + word).toUpperCase())) {
      flow.piece = undefined;
      this.#send(flow, at, piece.word + word, arg);
      return;
    }
    this.#releasePiece(flow);
    if (!known && arg === '' && word.length < 4) flow.piece = { at, word };
    else this.#send(flow, at, word, arg);
  }

  #releasePiece(flow: Flow): void {
    const { piece } = flow;
    if (piece === undefined) return;
    flow.piece = undefined;
    this.#send(flow, piece.at, piece.word, '');
  }

  #send(flow: Flow, at: Origin, word: string, arg: string): void {
    const verb = verbOf(word);
    if (flow.waiting.length >= waitingLimit) flow.waiting.shift();
    flow.waiting.push(verb);
    flow.begun = true;
    this.#emit(commandOfParts(at, verb, arg, flow.clientPort));
  }

  #responses(p: FieldPacket, flow: Flow): boolean {
    const at = originOf(p, flow);
    if (p.codes.length === 0) return this.#goesOn(flow, p.texts.join('\n'), p.time);
    // As many codes as texts: each code has its text. Otherwise the texts without code are inner lines.
    p.codes.forEach((shown, i) => {
      const code = numberIn(shown);
      const last = i === p.codes.length - 1;
      const text =
        p.texts.length <= p.codes.length ? (p.texts[i] ?? '') : last ? p.texts.slice(i).join('\n') : (p.texts[i] ?? '');
      if (flow.encrypted && !flow.clear) {
        if (!isText(text, 32)) return;
        flow.clear = true;
      }
      this.#response(flow, at, code, text);
    });
    return true;
  }

  #goesOn(flow: Flow, text: string, time: number): boolean {
    const { held } = flow;
    if (held === undefined || held.ended || (flow.encrypted && !isText(text, 32))) return false;
    held.many = true;
    held.time = time;
    if (held.text.length < textLimit) held.text += `\n${text}`;
    return true;
  }

  #response(flow: Flow, at: Origin, code: number, text: string): void {
    if (!(code >= 0 && code <= 999)) return;
    const { held } = flow;
    if (held !== undefined && belongs(flow, held, code, at.time, text)) {
      const same = held.code === code;
      if (held.text.length < textLimit) held.text += `\n${same ? text : `${code} ${text}`}`;
      if (same && held.many) held.ended = true;
      held.time = at.time;
      return;
    }
    this.#release(flow);
    if (this.#opens(flow, code)) this.#emit(openEvent(at, flow.clientPort));
    flow.begun = true;
    flow.replied = true;
    flow.held = { at, code, text, time: at.time, many: false, ended: false };
  }

  /** A number or ports tell connections apart: then only the first reply may begin one. */
  #opens(flow: Flow, code: number): boolean {
    if (!beginsConnection(code, flow.waiting[0] ?? '')) return false;
    return flow.named ? !flow.begun : flow.replied || !flow.begun;
  }

  #release(flow: Flow): void {
    const { held } = flow;
    if (held === undefined) return;
    flow.held = undefined;
    if (flow.waiting.length === 0 && (held.code < 504 || held.code === 530)) this.#releasePiece(flow);
    if (flow.waiting.length === 0 && held.code >= 500 && flow.empty !== undefined) {
      if (!this.#unfiltered) this.#send(flow, flow.empty, '', '');
      flow.empty = undefined;
    }
    if (held.code === 234) flow.encrypted = true;
    if (!isPreliminary(held.code)) this.#answer(flow, held);
    this.#emit(replyEvent(held.at, held.code, held.text));
  }

  #answer(flow: Flow, held: Held): void {
    const { code, at } = held;
    const [first] = flow.waiting;
    if (first === undefined) flow.answered = this.#unseen(flow, held);
    else flow.answered = first;
    flow.answeredAt = at.time;
    answer(flow, code);
  }

  /** The verb that a reply answers although its command is not shown, said before the reply; '' if nothing tells. */
  #unseen(flow: Flow, { code, text, at }: Held): string {
    if (flow.answered === '' || !(at.time - flow.answeredAt < pipelineMs)) return '';
    const wire = `${code} ${text}`;
    let verb = '';
    if (flow.answered === 'USER' && (code === 230 || code === 530)) verb = 'PASS';
    else if (code === 221) verb = flow.answered !== 'QUIT' && (flow.more ?? flow.several) ? 'QUIT' : '';
    else if (code === 530) verb = namedLast(text);
    else if (code < 400 && !spokenUnasked(code, text)) {
      verb = answeredVerb(code, wire, flow.answered === 'RNFR');
      if (verb !== '') flow.several = true;
    }
    if (verb !== '') this.#emit(inferredCommand(at, verb, answeredArgument(verb, wire)));
    return verb || 'UNSEEN';
  }

  #flowOf(p: FieldPacket, client: string, clientPort: number, server: string, serverPort: number): Flow {
    const key = keyOf(p, client, clientPort, server, serverPort);
    const known = this.#flows.get(key);
    if (known !== undefined) {
      if (
        clientPort === 0 ||
        known.clientPort === 0 ||
        clientPort === known.clientPort ||
        serverPort === known.clientPort
      )
        return known;
      // The number of another capture's connection.
      this.#finish(known);
    }
    if (this.#flows.size >= flowLimit) {
      for (const [oldest, flow] of this.#flows) {
        this.#finish(flow);
        this.#flows.delete(oldest);
        break;
      }
    }
    const flow: Flow = {
      session: key,
      order: new PacketOrder(),
      named: p.stream !== '' || clientPort > 0,
      client,
      clientPort,
      held: undefined,
      waiting: [],
      answered: '',
      answeredAt: Number.NaN,
      undecided: false,
      pipelined: false,
      encrypted: false,
      clear: false,
      begun: false,
      replied: false,
      more: false,
      several: false,
      piece: undefined,
      empty: undefined,
    };
    this.#flows.set(key, flow);
    return flow;
  }
}

function keyOf(p: FieldPacket, client: string, clientPort: number, server: string, serverPort: number): string {
  if (p.stream !== '') return p.stream;
  return clientPort > 0 ? `${client}:${clientPort}` : `${client}>${server}:${serverPort}`;
}

function originOf(p: FieldPacket, flow: Flow): Origin {
  return { line: p.line, time: p.time, session: flow.session, peer: flow.client, user: '' };
}

/** Whether a line with this code is one of the held reply. */
function belongs(flow: Flow, held: Held, code: number, time: number, text: string): boolean {
  if (held.ended || time - held.time > replyMs) return false;
  if (held.many) return true;
  if (held.code !== code) return false;
  // Pure-FTPd, when the client has gone, with the code it used last; behind QUIT it ends the 221.
  if (code !== 221 && text === 'Logout.') return false;
  // `230- ` (netkit): the hyphen is not shown, the blank is; a last line has none.
  if (held.text.charCodeAt(0) === 32) return true;
  if (code >= 400 || (code === 200 && flow.waiting.length === 0)) return false;
  return flow.waiting.length <= 1;
}

/** A greeting, a goodbye, the second word on a transfer: servers say these unasked too. */
function spokenUnasked(code: number, text: string): boolean {
  return code === 220 || code === 221 || code === 226 || code === 331 || text === 'Logout.';
}

/** The command that a final reply answers waits no more. */
function answer(flow: Flow, code: number): void {
  const { waiting } = flow;
  if (flow.undecided) {
    flow.undecided = false;
    flow.pipelined = true;
    waiting.shift();
  }
  if (waiting.length > 1 && !flow.pipelined && accepts(waiting[waiting.length - 1] as string, code)) {
    flow.undecided = true;
    return;
  }
  waiting.shift();
}

/** `Command requires authentication: MKD`: the command that a refusal names at its end; '' if it does not. */
function namedLast(text: string): string {
  const last = text.slice(text.lastIndexOf(' ') + 1);
  return isVerb(last) ? last : '';
}

/** Telnet codes in front of a verb: `��NOOP`; nothing is left of a packet that holds only them. */
function withoutTelnet(word: string): string {
  let at = 0;
  while (word.charCodeAt(at) >= 0x80) at++;
  if (at === 0) return word;
  return at === word.length || isVerb(word.slice(at).toUpperCase()) ? word.slice(at) : word;
}

/** A verb begins with a letter; octets of an encrypted connection do not pass. */
function isCommand(word: string, arg: string, flow: Flow): boolean {
  if (!isText(word, 33)) return false;
  const c = word.charCodeAt(0) | 32;
  if (!((c >= 97 && c <= 122) || word.charCodeAt(0) > 127)) return false;
  if (!flow.encrypted) return true;
  if (!flow.clear && !(isVerb(word) && isText(arg, 32))) return false;
  flow.clear = true;
  return isText(arg, 32);
}

function isText(text: string, least: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < least || c === 127 || c === 0xfffd) return false;
  }
  return true;
}
