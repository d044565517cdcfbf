/**
 * wput with `-v -v` or `-d` (0.6.2, recorded; socketlib.c): `---->` before a command, replies as `[code] 'text'`, the lines
 * of a reply before its last one as `# text`, all glued to whatever stands in front of them. PASS is not shown.
 *   Logging in as alice ... ---->USER alice
 *   connected# Welcome
 *   [220] 'ready'
 */

import { Beginnings } from '../../decoding/beginnings.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import { closeEvent, commandEvent, inferredCommand, type Origin, openEvent, replyEvent } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { digits, isBlank } from '../../text.ts';

const textLimit = 8192;
const none: Origin = { line: 0, time: Number.NaN, session: '', peer: '', user: '' };

const notes = new Beginnings(`
  Added … processing queue… File: … URL : … IP of … PRE_GUESS… POST_GUESS… remote_path: … Searching for … --… ␣␣␣␣=> …
  starting again… initiating … Checking whether … ! … ==> … encrypted… Logging in… Logged in… Receive-Error…
  Send-Error… Error: … Warning: … Waiting … Closing … Freeing … Connection … Skipping… Length: … done… FINISHED…
  Transfered … Nothing done… Transmission of … Failed to … Transferred … previous directory: … local_fsize: …
  target_fsize: … resume_table: … Portmode: … Remote server data port: … c_sock: … Disabling resuming … failed…
`);

class Wput implements Decoder {
  readonly #emit: EventSink;
  #alive = false;
  /** A reply whose closing quote has not come. */
  #code = 0;
  #text = '';
  #at: Origin = none;
  /** Lines of a reply whose last one has not come, each with its line end. */
  #inner = '';
  /** USER was answered 331, and no command came since. */
  #named = false;
  /** A 1yz came: it is the data connection that is closed. */
  #moving = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  line(text: string, line: number): Understanding {
    const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
    if (this.#code > 0) return this.#further(text);
    const mark = text.indexOf('---->');
    if (mark >= 0) {
      this.#named = false;
      this.#inner = '';
      this.#emit(commandEvent(at, text.slice(mark + 5)));
      return 'event';
    }
    const hash = text.startsWith('connected# ') ? 9 : 0;
    if (text.charCodeAt(hash) === 35 && text.charCodeAt(hash + 1) === 32) {
      if (this.#inner.length + text.length < textLimit) this.#inner += `${text.slice(hash + 2)}\n`;
      return 'event';
    }
    const start = text.indexOf("] '");
    const code = start >= 4 && text.charCodeAt(start - 4) === 91 ? digits(text, start - 3, start) : -1;
    if (code >= 100 && code < 700) return this.#reply(text, start + 3, code, at);
    return this.#note(text, at);
  }

  end(): void {
    this.#close();
  }

  #reply(text: string, from: number, code: number, at: Origin): Understanding {
    if (this.#named) this.#emit(inferredCommand(at, 'PASS', ''));
    this.#named = code === 331;
    this.#moving = code < 200;
    this.#code = code;
    this.#text = this.#inner + text.slice(from);
    this.#inner = '';
    this.#at = at;
    if (text.endsWith("'") && text.length > from) this.#close();
    return 'event';
  }

  #further(text: string): Understanding {
    if (this.#text.length + text.length < textLimit) this.#text += `\n${text}`;
    if (text.endsWith("'")) this.#close();
    return 'event';
  }

  #close(): void {
    if (this.#code === 0) return;
    const text = this.#text;
    this.#emit(replyEvent(this.#at, this.#code, text.endsWith("'") ? text.slice(0, -1) : text));
    this.#code = 0;
    this.#text = '';
  }

  #note(text: string, at: Origin): Understanding {
    if (text.startsWith('Connecting to ')) {
      this.#alive = true;
      this.#emit(openEvent(at, 0, text.slice(14)));
      return 'event';
    }
    if (text.startsWith('Closing socket') && this.#alive && !this.#moving) {
      this.#alive = false;
      this.#emit(closeEvent(at, 'closed by the client'));
      return 'event';
    }
    return isBlank(text) || notes.begin(text) || isProgress(text) ? 'noise' : 'unparsed';
  }
}

/** `    0K Checking …`, `15:45:27 (n.txt) - `224.5K/s' [18]` */
function isProgress(text: string): boolean {
  return /^ +\d+K |^\d\d:\d\d:\d\d \(.*\) - /.test(text);
}

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return new Wput(emit);
}

function detect(sample: Sample): number {
  const commands = count(sample, (text) => /---->[A-Z]{3,4}\b/.test(text));
  const replies = count(sample, (text) => /\[\d{3}\] '/.test(text));
  return commands === 0 || replies === 0 ? 0 : understoodShare(sample, open);
}

export const wputVerbose: Dialect = {
  id: 'wput-verbose',
  title: 'wput -v -v',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: 'Logging in as alice ... ---->USER alice',
  marks: ['---->'],
  detect,
  open,
};
