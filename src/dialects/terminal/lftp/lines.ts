/**
 * A line of lftp's debug output behind whatever stands in front of it; shared by its two dialects (4.9.2, recorded).
 * `---> ` command, `<--- ` every reply line, `---- ` note, `**** ` failure. The replies to `quote` carry no mark, and the
 * blanks in front of their inner lines are gone:
 *   ---> HELP
 *   214-The following commands are recognized.
 *   ABOR ACCT ALLO
 *   214 Help OK.
 */

import { Beginnings } from '../../../decoding/beginnings.ts';
import {
  closeEvent,
  commandEvent,
  type Origin,
  openEvent,
  replyLine,
  statementEvent,
} from '../../../decoding/event.ts';
import { isListingLine, longestRun } from '../../../decoding/wire-line.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { codeAt, isPreliminary, replyCode } from '../../../protocol/reply-line.ts';
import { isBlank, isDigit } from '../../../text.ts';

/** Beginnings of what lftp itself says between the marked lines. */
const notes = new Beginnings(`
  Loaded … WARNING: … GNUTLS: … gnutls_… Certificate depth… Certificate: … Issued by: … ␣Issued by: …
  Checking against: … Trusted… Not trusted… ERROR: Certificate… lftp: … Total: … New: … Modified: … Removed: …
  To be removed: … Transferring file … Making directory … Removing old … Getting file list… Finished … Retrying …
  Overwriting old file … source: … Interrupt… Usage: … Unknown command … Try \`help… cwd=… rm ok… mkdir ok… cd ok…
  open: … set …
`);

export class LftpLine {
  readonly #emit: EventSink;
  /** A 1yz came and no final reply: a listing or a file may stand between. */
  #moving = false;
  /** Commands whose reply did not come yet. */
  #waiting = 0;
  #alive = false;
  /** Commands are shown: from `debug 5` on. Below that, replies without mark may stand anywhere. */
  #commands = false;
  /** Code of the multi-line reply that is open. */
  #openCode = 0;
  /** Lines without mark inside the open reply, or of data. */
  #run = 0;
  /** The open reply has no marks. */
  #unmarked = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  /** Reads the mark at `at` and what follows it; nothing is told of a line without. */
  read(text: string, at: number, origin: Origin): Understanding {
    const first = text.charCodeAt(at);
    if (first === 60) return text.startsWith('<--- ', at) ? this.#reply(text.slice(at + 5), origin, false) : 'unparsed';
    if (first !== 45 && first !== 42) return 'unparsed';
    if (text.startsWith('---> ', at)) {
      this.#openCode = 0;
      this.#waiting++;
      this.#commands = true;
      this.#emit(commandEvent(origin, text.slice(at + 5)));
      return 'event';
    }
    if (text.startsWith('---- ', at)) return this.#note(text, at + 5, origin);
    return text.startsWith('**** ', at) ? this.#failure(text, at + 5, origin) : 'unparsed';
  }

  /** A line without mark: a reply to `quote`, data on its way to the terminal, or lftp's own words. */
  bare(text: string, origin: Origin): Understanding {
    // What comes while a command waits is the server's, whatever its code.
    const code = this.#waiting > 0 ? codeAt(text) : replyCode(text) || -1;
    if (this.#openCode > 0 && this.#unmarked && ++this.#run < longestRun) return this.#reply(text, origin, true);
    if (code >= 0 && (this.#waiting > 0 || !this.#commands) && !this.#moving) return this.#reply(text, origin, true);
    if (this.#alive && !this.#moving && text.startsWith('Certificate: ')) {
      this.#emit(statementEvent(origin, 'tls'));
      return 'event';
    }
    if ((this.#moving && ++this.#run < longestRun) || isBlank(text) || isListingLine(text) || isNote(text))
      return 'noise';
    return 'unparsed';
  }

  inData(): boolean {
    return this.#moving;
  }

  #reply(wire: string, origin: Origin, unmarked: boolean): Understanding {
    const code = codeAt(wire);
    const last = wire.charCodeAt(3) !== 45;
    if (this.#openCode > 0) {
      if (code === this.#openCode && last) this.#openCode = 0;
    } else if (code >= 0) {
      if (!last) this.#openCode = code;
      this.#unmarked = unmarked;
      this.#moving = isPreliminary(code);
      this.#run = 0;
      if (!this.#moving && this.#waiting > 0) this.#waiting--;
    }
    this.#alive = true;
    this.#emit(replyLine(origin, wire));
    return 'event';
  }

  #note(text: string, at: number, origin: Origin): Understanding {
    if (text.startsWith('Connecting to ', at) || isConnecting(text, at)) {
      this.#reset();
      this.#alive = true;
      this.#emit(openEvent(origin, 0, hostOf(text, at)));
      return 'event';
    }
    return text.startsWith('Closing control socket', at) ? this.#closed(origin, 'closed by the client') : 'noise';
  }

  #failure(text: string, at: number, origin: Origin): Understanding {
    if (text.startsWith('Peer closed connection', at) || text.startsWith('Timeout - reconnecting', at)) {
      return this.#closed(origin, text.slice(at));
    }
    return 'noise';
  }

  /** Once for each connection: lftp repeats `**** Timeout - reconnecting`. */
  #closed(origin: Origin, reason: string): Understanding {
    this.#reset();
    if (!this.#alive) return 'noise';
    this.#alive = false;
    this.#emit(closeEvent(origin, reason));
    return 'event';
  }

  #reset(): void {
    this.#moving = false;
    this.#waiting = 0;
    this.#openCode = 0;
  }
}

function isNote(text: string): boolean {
  if (notes.begin(text)) return true;
  if (text.endsWith(' transferred') || text.endsWith(']')) return text.includes(' bytes ') || text.charCodeAt(0) === 96;
  return isCommandNote(text);
}

/** `get: Access failed: 550 …`, `cd: …`, `mirror: …`: a subcommand of lftp, a colon, a blank. */
function isCommandNote(text: string): boolean {
  const colon = text.indexOf(': ');
  if (colon < 2 || colon > 12) return false;
  for (let i = 0; i < colon; i++) {
    const c = text.charCodeAt(i);
    if (c < 97 || c > 122) return false;
  }
  return true;
}

/**
 * The same note in another tongue: `Conectándose a ftp.example.net (192.0.2.7) port 21`. In front of the address of a data
 * socket stands no host.
 */
function isConnecting(text: string, at: number): boolean {
  const open = text.indexOf(' (', at);
  if (open < 0 || !isDigit(text, text.length - 1) || text.startsWith('Connecting ', at)) return false;
  const host = text.slice(text.lastIndexOf(' ', open - 1) + 1, open);
  return host === 'localhost' || host.indexOf('.') > 0;
}

/** Index behind lftp's prompt (`lftp alice@192.0.2.7:~> `), 0 if there is none. */
export function promptEnd(text: string): number {
  if (!text.startsWith('lftp ')) return 0;
  const end = text.indexOf('> ', 5);
  return end < 0 ? (text.endsWith('>') ? text.length : 0) : end + 2;
}

/** `host (192.0.2.7) port 21` → the address. */
function hostOf(text: string, from: number): string {
  if (text.startsWith('Connecting to ', from)) return text.slice(from + 14);
  const open = text.indexOf(' (', from);
  return text.slice(open < 0 ? from : open + 1);
}
