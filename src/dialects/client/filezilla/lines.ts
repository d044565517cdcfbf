/**
 * What FileZilla's log file and its message pane share: labels in any language, and what a labelled line says. Labels
 * that the table does not hold are learned: a line whose rest is a reply or a command tells what its label means.
 */

import { Conversation } from '../../../decoding/conversation.ts';
import type { Origin } from '../../../decoding/event.ts';
import { looksLikeCommand, wordEnd } from '../../../decoding/wire-line.ts';
import { lazy } from '../../../lazy.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { isVerb } from '../../../protocol/commands.ts';
import { parseEndpoint } from '../../../protocol/host-port.ts';
import { codeAt, replyCode } from '../../../protocol/reply-line.ts';
import { isDigit, own, skipBlanks } from '../../../text.ts';
import { fileZillaLabels, type LabelSort } from './labels.ts';

interface Label {
  readonly text: string;
  readonly sort: LabelSort;
}

/** Labels of one log are six; more can only come from a hostile one. */
const labelLimit = 24;
const longestLabel = 40;

/** First characters of the labels of all languages: most lines of other logs begin with none of them. */
const firstOfLabel = lazy(() => new Set(fileZillaLabels().map(([label]) => label.charCodeAt(0))));

/** Finds the label at the front of a line. */
export class Labels {
  /** Index behind the label found last. */
  end = 0;
  readonly #known: Label[] = [];
  readonly #learnAnywhere: boolean;

  /** `learnAnywhere`: unknown labels may be learned from lines without a tab. */
  constructor(learnAnywhere: boolean) {
    this.#learnAnywhere = learnAnywhere;
  }

  /** True as soon as one label was found. */
  get any(): boolean {
    return this.#known.length > 0;
  }

  /** The sort of the label at `at`; '' if none is known. */
  find(text: string, at: number): LabelSort | '' {
    const known = this.#known;
    for (let i = 0; i < known.length; i++) {
      const label = known[i] as Label;
      if (text.startsWith(label.text, at) && endsAt(text, at + label.text.length)) {
        this.end = at + label.text.length;
        return label.sort;
      }
    }
    return this.#lookUp(text, at);
  }

  #lookUp(text: string, at: number): LabelSort | '' {
    if (!firstOfLabel().has(text.charCodeAt(at))) return this.#learn(text, at);
    // French puts a no-break space before the colon.
    const head = text.slice(at, at + longestLabel).replace(/[\u00a0\u202f]/g, ' ');
    for (const [label, sort] of fileZillaLabels()) {
      if (head.startsWith(label) && endsAt(head, label.length)) return this.#keep(text, at, label.length, sort);
    }
    return this.#learn(text, at);
  }

  #learn(text: string, at: number): LabelSort | '' {
    const limit = Math.min(text.length, at + longestLabel);
    for (let i = at + 1; i < limit; i++) {
      const c = text.charCodeAt(i);
      if (c !== 9 && !(this.#learnAnywhere && c === 32)) continue;
      const messageAt = skipBlanks(text, i);
      const sort = sortOf(text.slice(messageAt));
      if (sort !== '') return this.#keep(text, at, i - at, sort);
    }
    return '';
  }

  #keep(text: string, at: number, length: number, sort: LabelSort): LabelSort {
    this.end = at + length;
    if (this.#known.length < labelLimit) this.#known.push({ text: own(text.slice(at, at + length)), sort });
    return sort;
  }
}

function endsAt(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return at >= text.length || c === 32 || c === 9;
}

function sortOf(message: string): LabelSort | '' {
  if (replyCode(message) > 0) return 'response';
  if (!looksLikeCommand(message)) return '';
  return isVerb(message.slice(0, wordEnd(message, 0))) ? 'command' : '';
}

/** Words that FileZilla's SFTP backend takes where FTP has its verbs. */
const sftpWords: ReadonlySet<string> = new Set([
  'open',
  'proxy',
  'keyfile',
  'cd',
  'pwd',
  'ls',
  'get',
  'put',
  'reget',
  'reput',
  'mkdir',
  'rmdir',
  'rm',
  'mv',
  'chmod',
  'chmtime',
  'mtime',
  'Pass:',
]);

/** What one engine (connection slot) of FileZilla says. */
export class Engine {
  readonly #conversation: Conversation;
  #foreign = false;
  #server = '';
  #connectAt: Origin | undefined;

  constructor(emit: EventSink) {
    this.#conversation = new Conversation(emit);
  }

  say(sort: LabelSort, message: string, at: Origin): Understanding {
    if (sort === 'command') return this.#command(message, at);
    if (sort === 'response') return this.#response(message, at);
    if (sort === 'status') return this.#status(message, at);
    return sort === 'error' ? this.#error(message, at) : 'noise';
  }

  #command(message: string, at: Origin): Understanding {
    const end = wordEnd(message, 0);
    const isFtp = looksLikeCommand(message) && isVerb(message.slice(0, end));
    if (isFtp && !message.includes(' HTTP/1.')) this.#foreign = false;
    else if (message.includes(' HTTP/1.') || sftpWords.has(firstWord(message))) this.#foreign = true;
    if (this.#foreign) return 'noise';
    this.#begin();
    this.#conversation.command(at, message);
    return 'event';
  }

  #response(message: string, at: Origin): Understanding {
    const conversation = this.#conversation;
    if (conversation.openCode === 0 && (conversation.interrupted === 0 || codeAt(message) >= 0)) {
      const code = codeAt(message);
      if (code === 220) this.#foreign = false;
      // `fzSftp started, protocol_version=11`, `HTTP/1.1 200 OK`, `New directory is: "/srv"`
      else if (code < 0 && (message.startsWith('fzSftp') || message.startsWith('HTTP/'))) {
        this.#foreign = true;
        this.#connectAt = undefined;
      }
      if (this.#foreign || code < 0) return 'noise';
    }
    this.#begin();
    conversation.reply(at, message);
    return 'event';
  }

  #status(message: string, at: Origin): Understanding {
    const server = connectTarget(message);
    if (server !== '') {
      this.#server = own(server);
      this.#connectAt = at;
      this.#foreign = false;
      return 'event';
    }
    if (this.#connectAt !== undefined) {
      // `Connection attempt failed with "ECONNREFUSED - …"`, `Connected to 192.0.2.7` (SFTP names the host again)
      if (message.includes('"E')) this.#connectAt = undefined;
      else if (message.includes(parseEndpoint(this.#server).host)) {
        this.#connectAt = undefined;
        this.#foreign = true;
      } else {
        this.#begin();
        return 'event';
      }
      return 'noise';
    }
    if (message.startsWith('Disconnected from server')) return this.#over(message, at);
    return this.#conversation.note(at, message);
  }

  #error(message: string, at: Origin): Understanding {
    this.#connectAt = undefined;
    if (
      message.startsWith('Connection closed by server') ||
      message.startsWith('Connection timed out') ||
      message.startsWith('Disconnected from server')
    ) {
      return this.#over(message, at);
    }
    return 'noise';
  }

  #over(message: string, at: Origin): Understanding {
    return this.#conversation.closed(at, message) ? 'event' : 'noise';
  }

  /** The connection that was announced exists. */
  #begin(): void {
    if (this.#connectAt === undefined) return;
    this.#conversation.opened(this.#connectAt, this.#server);
    this.#connectAt = undefined;
  }
}

function firstWord(message: string): string {
  const end = message.indexOf(' ');
  return end < 0 ? message : message.slice(0, end);
}

/**
 * The server that a status line in any language announces: `Connecting to 192.0.2.7:21...`; '' if it is another line.
 * The name keeps its port.
 */
function connectTarget(message: string): string {
  if (!message.endsWith('...') && !message.endsWith('…')) return '';
  if (message.includes('"')) return '';
  for (let colon = message.indexOf(':'); colon >= 0; colon = message.indexOf(':', colon + 1)) {
    if (!isDigit(message, colon + 1)) continue;
    let end = colon + 1;
    while (isDigit(message, end)) end++;
    if (end - colon > 6 || message.charCodeAt(end) === 58) continue;
    const bracket = message.charCodeAt(colon - 1) === 93 ? message.lastIndexOf('[', colon) : -1;
    let start = bracket >= 0 ? bracket : colon;
    if (bracket < 0) while (start > 0 && isHostChar(message.charCodeAt(start - 1))) start--;
    if (start < colon) return message.slice(start, end);
  }
  return '';
}

function isHostChar(c: number): boolean {
  return c === 45 || c === 46 || c === 95 || (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}
