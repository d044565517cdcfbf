/**
 * SFTPGo's log (internal/logger, 2.6 pasted), as JSON or as text: what the FTP library heard and said (level debug),
 * what was transferred and done, who logged in. Other protocols in the same log are noise.
 */

import {
  closeEvent,
  commandEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyLine,
  statementEvent,
  transferEvent,
} from '../../../decoding/event.ts';
import type { EventSink, Understanding } from '../../../model.ts';
import { numberIn } from '../../../number.ts';
import { parseEndpoint } from '../../../protocol/host-port.ts';
import { digits } from '../../../text.ts';

/** The value of a field; '' if the record has none. */
export type Field = (name: string) => string;

/** What was done to a file, by the name of the record's sender. */
const done: ReadonlyMap<string, string> = new Map([
  ['Rename', 'RNTO'],
  ['Rmdir', 'RMD'],
  ['Mkdir', 'MKD'],
  ['Remove', 'DELE'],
]);

export class Sftpgo {
  readonly #emit: EventSink;
  /** Commands and replies are logged: they say what other records repeat. */
  #wire = false;

  constructor(emit: EventSink) {
    this.#emit = emit;
  }

  read(sender: string, message: string, field: Field, line: number, time: number): Understanding {
    const client = field('clientId');
    if (client !== '' && sender === 'ftpserverlib')
      return this.#library(message, field, {
        line,
        time,
        session: `${field('server_id')}_${client}`,
        peer: '',
        user: '',
      });
    const session = field('connection_id');
    const at: Origin = { line, time, session, peer: parseEndpoint(field('remote_addr')).host, user: field('username') };
    if (sender === 'connection_failed') return this.#failed(field, at);
    if (!session.startsWith('FTP_')) return 'noise';
    if (sender === 'Upload' || sender === 'Download') {
      const size = numberIn(field('size_bytes'));
      const path = field('virtual_path') || field('file_path');
      this.#emit(
        transferEvent(
          at,
          sender === 'Upload' ? 'STOR' : 'RETR',
          path,
          field('error') === '',
          size,
          numberIn(field('elapsed_ms')),
        ),
      );
      return 'event';
    }
    if (message.startsWith('User "') && message.includes('" logged in with ')) return this.#loggedIn(message, at);
    if (message.startsWith('connection removed, ')) {
      const address = quotedBehind(message, 'remote address ');
      this.#emit(closeEvent(address === '' ? at : { ...at, peer: parseEndpoint(address).host }));
      return 'event';
    }
    const verb = done.get(sender);
    if (verb === undefined || this.#wire) return 'noise';
    const path = field('virtual_target_path') || field('target_path') || field('virtual_path') || field('file_path');
    this.#emit(exchangeEvent(at, verb, path, 0, { ok: true, inferred: true }));
    return 'event';
  }

  /** `User "ann" logged in with "password" from ip "192.0.2.7", TLS enabled? false` */
  #loggedIn(message: string, at: Origin): Understanding {
    const mark = message.indexOf('" logged in with ');
    const peer = quotedBehind(message, ' from ip ', mark) || at.peer;
    const who = { ...at, peer, user: message.slice(6, mark) };
    const tls = message.indexOf(', TLS enabled? ', mark);
    if (tls > 0) this.#emit(statementEvent(who, message.startsWith('true', tls + 15) ? 'tls' : 'clear'));
    this.#emit(loginEvent(who, true));
    return 'event';
  }

  /** ftpserverlib: `Client connected`, `Received line`, `Sending answer`, `Client disconnected`. */
  #library(message: string, field: Field, at: Origin): Understanding {
    const said = field('line');
    switch (message) {
      case 'Client connected': {
        const address = field('clientIp');
        const colon = address.lastIndexOf(':');
        this.#emit(
          openEvent(
            { ...at, peer: parseEndpoint(address).host },
            Math.max(0, digits(address, colon + 1, address.length)),
          ),
        );
        return 'event';
      }
      case 'Client disconnected':
        this.#emit(closeEvent(at));
        return 'event';
      case 'Received line':
        this.#wire = true;
        this.#emit(commandEvent(at, said));
        return 'event';
      case 'Sending answer':
        this.#wire = true;
        for (const one of said.split('\n')) this.#emit(replyLine(at, one.endsWith('\r') ? one.slice(0, -1) : one));
        return 'event';
      default:
        return 'noise';
    }
  }

  /** A refused login; where the conversation is logged, its 530 says so already. */
  #failed(field: Field, at: Origin): Understanding {
    if (field('protocol') !== 'FTP' || this.#wire) return 'noise';
    const peer = field('client_ip');
    const reason = field('error');
    this.#emit(
      loginEvent(
        { ...at, session: at.session || peer, peer },
        false,
        'daemon',
        reason.includes('not found') ? 'unknown user' : reason,
      ),
    );
    return 'event';
  }
}

/** The quoted text behind some words; '' if there is none. */
function quotedBehind(message: string, words: string, from = 0): string {
  const mark = message.indexOf(`${words}"`, from);
  if (mark < 0) return '';
  const start = mark + words.length + 1;
  const end = message.indexOf('"', start);
  return end < 0 ? '' : message.slice(start, end);
}
