/**
 * FlashFXP (pasted, 3 and 4.2): `[L] ` and `[R] ` name the pane, which is the connection. In a transfer from server to
 * server both take turns: PASV on the one side, PORT with the same numbers on the other.
 */

import { type Conversation, Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { isReplyLine, startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank, isDigit, own } from '../../text.ts';
import { Clock, isClock } from '../../timestamp.ts';

const untagged: readonly string[] = [
  'FlashFXP ',
  'Support Forums ',
  'Winsock ',
  'WinSock ',
  'Transferred: ',
  'Transfer queue completed',
  'List Complete: ',
];
const endings: readonly string[] = [
  'Connection failed',
  'Connection lost',
  'Connection closed',
  'Disconnected',
  'Logged off',
  'Timeout ',
];

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const conversations = new Conversations(emit);
  /** Commands that the other pane sent for this one. */
  const sentFor = new Map([
    ['L', 0],
    ['R', 0],
  ]);
  let server = '';

  function note(text: string, at: Origin, conversation: Conversation): Understanding {
    if (text.startsWith('Connecting to ')) server = own(serverOf(text));
    else if (text.startsWith('Connected to ')) {
      conversation.opened(at, server);
      return 'event';
    } else {
      for (const ending of endings) {
        if (text.startsWith(ending)) return conversation.closed(at, text) ? 'event' : 'noise';
      }
      return conversation.note(at, text);
    }
    return 'noise';
  }

  /**
   * The conversation that a line of this pane is part of. Where one pane only sends and the other only receives they are
   * the two sides of one connection: a pane that connected receives before it sends.
   */
  function sideOf(pane: string, rest: string): string {
    const other = pane === 'L' ? 'R' : 'L';
    const own = conversations.of(pane);
    const theirs = conversations.of(other);
    if (own.isLive || !startsWithVerb(rest)) return pane;
    return theirs.isLive && theirs.waiting === 0 && theirs.commands === sentFor.get(other) ? sent(other) : pane;
  }

  function sent(pane: string): string {
    sentFor.set(pane, (sentFor.get(pane) ?? 0) + 1);
    return pane;
  }

  return {
    line(text: string, line: number): Understanding {
      const tagAt = afterTime(text);
      if (!hasTag(text, tagAt)) return isBlank(text) || isUntagged(text, tagAt) ? 'noise' : 'unparsed';
      const time = tagAt > 0 ? clock.timeOfDay(text, text.charCodeAt(0) === 91 ? 1 : 0) : Number.NaN;
      const pane = text.charAt(tagAt + 1);
      const rest = text.slice(tagAt + 4);
      const session = sideOf(pane, rest);
      const at: Origin = { line, time, session, peer: '', user: '' };
      const conversation = conversations.of(session);
      return conversation.unmarked(at, rest) ? 'event' : note(rest, at, conversation);
    },
  };
}

/** Index behind `[12:34:56] `; 0 if no time stands there. */
function afterTime(text: string): number {
  if (text.charCodeAt(0) === 91 && text.charCodeAt(9) === 93 && isClock(text, 1)) return 11;
  return isDigit(text, 0) && text.charCodeAt(8) === 32 && isClock(text, 0) ? 9 : 0;
}

/** `[L] `, `[R] ` */
function hasTag(text: string, at: number): boolean {
  const side = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 91 && (side === 76 || side === 82) && text.startsWith('] ', at + 2);
}

function isUntagged(text: string, at: number): boolean {
  for (const start of untagged) if (text.startsWith(start, at)) return true;
  return isDigit(text, at) && (text.includes(' File') || text.includes(' Folder')) && !isReplyLine(text.slice(at));
}

/** `Connecting to ftp.example.net -> DNS=ftp.example.net IP=192.0.2.7 PORT=21` */
function serverOf(text: string): string {
  const ip = text.indexOf('IP=');
  return ip < 0 ? text.slice(14) : text.slice(ip + 3);
}

function detect(sample: Sample): number {
  const spoken = count(sample, (text) => {
    const at = afterTime(text);
    const rest = text.slice(at + 4);
    return hasTag(text, at) && (isReplyLine(rest) || startsWithVerb(rest));
  });
  return spoken === 0 ? 0 : understoodShare(sample, open);
}

export const flashFxp: Dialect = {
  id: 'flashfxp',
  title: 'FlashFXP',
  evidence: 'pasted',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: '[L] USER alice',
  marks: ['[L] ', '[R] '],
  detect,
  open,
};
