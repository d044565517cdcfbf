/**
 * Servers that number their sessions and write into one line for each thing said or done: a command, a line of a reply,
 * or a sentence about the connection. Which it is shows in its words; who the client is stands in the first of them.
 */
import type { EventSink, Understanding } from '../model.ts';
import { replyCode } from '../protocol/reply-line.ts';
import { isDigit, own } from '../text.ts';
import { bareOrigin, closeEvent, commandEvent, loginEvent, type Origin, openEvent, replyLine } from './event.ts';
import { UnmarkedSides } from './unmarked-side.ts';

/** Sessions whose client is remembered. */
const sessionLimit = 4096;

/** Beginnings of sentences that say that the connection began, ended. */
export interface Sentences {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

export class SessionNotes {
  readonly #emit: EventSink;
  readonly #sides: UnmarkedSides;
  readonly #sentences: Sentences;
  readonly #peers = new Map<string, string>();
  readonly #origin = bareOrigin();

  constructor(emit: EventSink, sentences: Sentences) {
    this.#emit = emit;
    this.#sides = new UnmarkedSides(emit);
    this.#sentences = sentences;
  }

  /** `said` by or about the session; a sentence without meaning here is noise. */
  take(line: number, time: number, session: string, said: string): Understanding {
    const at = this.#at(line, time, session);
    const sentence = isSentence(said) && replyCode(said) === 0 ? this.#sentence(at, said) : undefined;
    if (sentence === 'event' || this.#sides.take(at, said)) return 'event';
    return sentence ?? this.#sentence(at, said);
  }

  /** What the log itself calls a command or a reply, whatever its words are. */
  takeSide(line: number, time: number, session: string, said: string, isCommand: boolean): Understanding {
    const at = this.#at(line, time, session);
    this.#emit(isCommand ? commandEvent(at, said) : replyLine(at, said));
    return 'event';
  }

  #at(line: number, time: number, session: string): Origin {
    const at = this.#origin;
    at.line = line;
    at.time = time;
    at.session = session;
    at.peer = this.#peers.get(session) ?? '';
    return at;
  }

  #sentence(at: Origin, said: string): Understanding {
    if (begins(said, this.#sentences.opened)) return this.#opened(at, said);
    if (begins(said, this.#sentences.closed)) {
      this.#sides.forget(at.session);
      this.#peers.delete(at.session);
      this.#emit(closeEvent(at, said));
      return 'event';
    }
    return this.#login(at, said);
  }

  #opened(at: Origin, said: string): Understanding {
    const peer = addressIn(said);
    // One connection may be stated twice, first without its client.
    if (peer === '') return 'noise';
    this.#sides.forget(at.session);
    if (this.#peers.size >= sessionLimit) {
      for (const oldest of this.#peers.keys()) {
        this.#peers.delete(oldest);
        break;
      }
    }
    this.#peers.set(own(at.session), own(peer));
    this.#emit(openEvent({ ...at, peer }));
    return 'event';
  }

  /** `User 'alice' logged in.`, `User alice logged in`, and the opposite. */
  #login(at: Origin, said: string): Understanding {
    if (!said.startsWith('User ')) return 'noise';
    const quoted = said.charCodeAt(5) === 39 || said.charCodeAt(5) === 34;
    const start = quoted ? 6 : 5;
    const end = quoted ? said.indexOf(said.charAt(5), start) : said.indexOf(' ', start);
    if (end <= start) return 'noise';
    const rest = said.slice(quoted ? end + 1 : end);
    const ok = rest.startsWith(' logged in') || rest.startsWith(' login successful');
    const failed = rest.startsWith(' login failed') || rest.startsWith(' failed to log') || rest.includes('incorrect');
    if (!ok && !failed) return 'noise';
    this.#emit(loginEvent({ ...at, user: said.slice(start, end) }, ok));
    return 'event';
  }
}

/** `Connected from`, `FTP connection`, `User 'alice'`: a word and a small letter behind it, unlike a command. */
function isSentence(said: string): boolean {
  const capital = said.charCodeAt(0) >= 65 && said.charCodeAt(0) <= 90;
  const small = said.charCodeAt(1) >= 97 && said.charCodeAt(1) <= 122;
  return (capital && small) || said.startsWith('FTP connection ') || said.startsWith('FTPS connection ');
}

function begins(said: string, beginnings: readonly string[]): boolean {
  for (const beginning of beginnings) if (said.startsWith(beginning)) return true;
  return false;
}

/** The address behind ` from `, brackets and port taken off; '' if none stands there. */
function addressIn(said: string): string {
  const from = said.indexOf(' from ') + 6;
  if (from < 6) return '';
  let end = from;
  while (end < said.length && isAddressPart(said, end)) end++;
  const colon = said.indexOf(':', from);
  // `192.0.2.7:50123`
  if (colon > 0 && colon < end && said.lastIndexOf('.', colon) > from && said.indexOf(':', colon + 1) < 0) end = colon;
  while (end > from && (said.charCodeAt(end - 1) === 46 || said.charCodeAt(end - 1) === 58)) end--;
  return end - from < 2 ? '' : said.slice(from, end);
}

function isAddressPart(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return isDigit(text, at) || c === 46 || c === 58 || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
}
