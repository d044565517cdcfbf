/**
 * Which connections of a capture are control connections, and which end of them is the server: port 21 and 990, what the
 * tool marks, a greeting, or a command and a reply of two ends. Data connections carry files, which may say anything:
 * those from port 20 and those to a port that a control connection named are none.
 */

import { isGreeting } from '../../protocol/greeting.ts';
import { parseEprt, parsePort } from '../../protocol/host-port.ts';
import { replyCode } from '../../protocol/reply-line.ts';
import { digits, skipDigits } from '../../text.ts';
import { isCapitalVerb, startsWithVerb } from '../wire-line.ts';

/** One end of a connection; port 0 where the tool does not show it. */
export interface End {
  readonly host: string;
  readonly port: number;
}

/** What tells the side of a segment. */
export interface Sent {
  readonly from: End;
  readonly to: End;
  readonly side: 'client' | 'server' | '';
}

/** The segment is of a control connection: of its server, or not; and those that came while that was unclear. */
export interface Verdict<P> {
  readonly fromServer: boolean;
  readonly before: readonly P[];
}

interface Candidate<P> {
  readonly from: End;
  /** A reply or a command came from there. */
  readonly server: boolean;
  readonly packets: P[];
}

const candidateLimit = 256;
const packetLimit = 8;
const portLimit = 4096;
const control = 21;
const controlTls = 990;
const data = 20;

export class ControlSides<P> {
  readonly #candidates = new Map<string, Candidate<P>>();
  /** Ports that commands and replies named for data connections. */
  readonly #dataPorts = new Set<number>();

  /** PORT and EPRT with their argument, 227 and 229 with their line: they name the port of a data connection. */
  announced(what: string, text: string): void {
    const port =
      what === 'PORT' || what === '227'
        ? (parsePort(text)?.port ?? 0)
        : what === 'EPRT'
          ? (parseEprt(text)?.port ?? 0)
          : what === '229'
            ? extendedPort(text)
            : 0;
    if (port === 0) return;
    if (this.#dataPorts.size >= portLimit) {
      for (const oldest of this.#dataPorts) {
        this.#dataPorts.delete(oldest);
        break;
      }
    }
    this.#dataPorts.add(port);
  }

  forget(key: string): void {
    this.#candidates.delete(key);
  }

  /** Whose this first segment of a connection is; undefined if it is none of a control connection, or none yet. */
  of(key: string, s: Sent, text: string, packet: () => P): Verdict<P> | undefined {
    if (s.side !== '') return { fromServer: s.side === 'server', before: [] };
    if (isControl(s.from.port) || isControl(s.to.port)) return { fromServer: isControl(s.from.port), before: [] };
    if (this.#isData(s.from.port) || this.#isData(s.to.port)) return undefined;
    const first = firstLine(text);
    const code = replyCode(first);
    const server = code > 0 && first.length > 3;
    if (!server && !startsWithVerb(first)) return undefined;
    const before = this.#candidates.get(key);
    if (before === undefined) {
      if (server && isGreeting(code)) return { fromServer: true, before: [] };
      this.#keep(key, { from: s.from, server, packets: [packet()] });
      return undefined;
    }
    const turned = !sameEnd(before.from, s.from);
    if (turned ? before.server !== server : !server && isCapitalVerb(first)) {
      this.#candidates.delete(key);
      return { fromServer: server, before: before.packets };
    }
    if (before.packets.length < packetLimit) before.packets.push(packet());
    return undefined;
  }

  #isData(port: number): boolean {
    return port === data || this.#dataPorts.has(port);
  }

  #keep(key: string, candidate: Candidate<P>): void {
    if (this.#candidates.size >= candidateLimit) {
      for (const oldest of this.#candidates.keys()) {
        this.#candidates.delete(oldest);
        break;
      }
    }
    this.#candidates.set(key, candidate);
  }
}

function isControl(port: number): boolean {
  return port === control || port === controlTls;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
}

/** `229 Entering Extended Passive Mode (|||6446|)` */
function extendedPort(text: string): number {
  const at = text.indexOf('|||') + 3;
  return at < 3 ? 0 : Math.max(0, digits(text, at, skipDigits(text, at)));
}

/** A name for the connection of two ends, the same from either. */
export function endsKey(a: End, b: End): string {
  const one = `${a.host} ${a.port}`;
  const other = `${b.host} ${b.port}`;
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

export function sameEnd(a: End, b: End): boolean {
  return a.port === b.port && a.host === b.host;
}
