/**
 * Packets given as Wireshark's fields: verb and argument, or code and text. What the wire had between code and text is
 * lost, so whether a reply goes on shows in what follows: rows without a code belong to it until its code comes again;
 * without such rows, the same code again with no second command waiting belongs to it too.
 */
import type { EventSink } from '../../model.ts';
import { commandOfParts, type Origin, openEvent, replyEvent, verbOf } from '../event.ts';

/** What one packet says. The lists are as long as the packet has lines of the kind. */
export interface FieldPacket {
  readonly line: number;
  readonly time: number;
  readonly stream: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  readonly targetPort: number;
  readonly commands: readonly string[];
  readonly args: readonly string[];
  readonly codes: readonly string[];
  readonly texts: readonly string[];
}

interface Held {
  readonly at: Origin;
  readonly code: number;
  text: string;
  /** Rows without a code came: only its own code ends it. */
  many: boolean;
  /** Its code came again behind such rows. */
  ended: boolean;
}

interface Flow {
  readonly session: string;
  client: string;
  clientPort: number;
  held: Held | undefined;
  waiting: number;
}

const flowLimit = 4096;
const textLimit = 64 * 1024;

export class FieldPackets {
  readonly #emit: EventSink;
  readonly #flows = new Map<string, Flow>();

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** False for a packet that says nothing. */
  take(p: FieldPacket): boolean {
    if (p.commands.length > 0) return this.#requests(p);
    if (p.codes.length > 0 || p.texts.length > 0) return this.#responses(p);
    return false;
  }

  /** No more packets: replies that might have gone on are complete. */
  end(): void {
    for (const flow of this.#flows.values()) this.#release(flow);
  }

  #requests(p: FieldPacket): boolean {
    const flow = this.#flowOf(p, p.source, p.sourcePort, p.target, p.targetPort);
    if (flow.client === '') {
      flow.client = p.source;
      flow.clientPort = p.sourcePort;
    }
    this.#release(flow);
    const at: Origin = { line: p.line, time: p.time, session: flow.session, peer: flow.client, user: '' };
    let any = false;
    p.commands.forEach((word, i) => {
      if (!isWord(word)) return;
      any = true;
      flow.waiting++;
      this.#emit(commandOfParts(at, verbOf(word), p.args[i] ?? '', flow.clientPort));
    });
    return any;
  }

  #responses(p: FieldPacket): boolean {
    const flow = this.#flowOf(p, p.target, p.targetPort, p.source, p.sourcePort);
    const at: Origin = { line: p.line, time: p.time, session: flow.session, peer: flow.client, user: '' };
    if (p.codes.length === 0) return this.#goesOn(flow, p.texts.join('\n'));
    // As many codes as texts: each code has its text. Otherwise the texts without code are inner lines.
    p.codes.forEach((shown, i) => {
      const code = Number(shown);
      const last = i === p.codes.length - 1;
      const text =
        p.texts.length <= p.codes.length ? (p.texts[i] ?? '') : last ? p.texts.slice(i).join('\n') : (p.texts[i] ?? '');
      this.#response(flow, at, code, text);
    });
    return true;
  }

  #goesOn(flow: Flow, text: string): boolean {
    const held = flow.held;
    if (held === undefined || held.ended) return false;
    held.many = true;
    if (held.text.length < textLimit) held.text += `\n${text}`;
    return true;
  }

  #response(flow: Flow, at: Origin, code: number, text: string): void {
    if (!(code >= 100 && code <= 999)) return;
    const held = flow.held;
    if (held !== undefined && !held.ended) {
      const same = held.code === code;
      if (held.many || (same && flow.waiting <= 1)) {
        if (held.text.length < textLimit) held.text += `\n${same ? text : `${code} ${text}`}`;
        if (same && held.many) held.ended = true;
        return;
      }
    }
    this.#release(flow);
    if (code === 220 && flow.waiting === 0) this.#emit(openEvent(at, flow.clientPort));
    flow.held = { at, code, text, many: false, ended: false };
  }

  #release(flow: Flow): void {
    const held = flow.held;
    if (held === undefined) return;
    flow.held = undefined;
    if (held.code >= 200 && flow.waiting > 0) flow.waiting--;
    this.#emit(replyEvent(held.at, held.code, held.text));
  }

  #flowOf(p: FieldPacket, client: string, clientPort: number, server: string, serverPort: number): Flow {
    const key =
      p.stream !== '' ? p.stream : clientPort > 0 ? `${client}:${clientPort}` : `${client}>${server}:${serverPort}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    if (this.#flows.size >= flowLimit) {
      for (const [oldest, flow] of this.#flows) {
        this.#release(flow);
        this.#flows.delete(oldest);
        break;
      }
    }
    const flow: Flow = { session: key, client, clientPort, held: undefined, waiting: 0 };
    this.#flows.set(key, flow);
    return flow;
  }
}

/** A verb begins with a letter; octets of an encrypted connection do not pass. */
function isWord(word: string): boolean {
  if (word === '') return false;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if (c < 33 || c === 127 || c === 0xfffd) return false;
  }
  const c = word.charCodeAt(0) | 32;
  return (c >= 97 && c <= 122) || word.charCodeAt(0) > 127;
}
