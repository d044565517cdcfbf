/**
 * npm basic-ftp with `client.ftp.verbose` (6.2, recorded and source). `> ` a command, `< ` what came in one piece: further
 * lines of it are bare, then comes an empty line. Listings are printed bare, too.
 *   > MLSD pub
 *   < 125 Data connection already open. Transfer starting.
 *   226 Transfer complete.
 */

import { Conversation } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import { startsWithVerb } from '../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { isBlank } from '../../text.ts';

const notes: readonly string[] = [
  'Login security: ',
  'Control socket is using: ',
  'Trying to find optimal transfer strategy...',
  'Optimal transfer strategy found.',
  'Downloading from ',
  'Uploading to ',
  'Invalid filename from server listing, ',
  'Deprecated call using send',
  'Warning: ',
  '(node:',
  '(Use `node ',
  // FTP-Deploy-Action, the program that shows such logs most.
  'Run SamKirkland',
  '-----',
  '\u{1F680} ',
  'If you found this project helpful',
  'by giving it a ',
  'or add a badge ',
  'Using the following excludes',
  'Creating local state',
  'Local state created',
  'Failed to connect, are you sure',
  'Last published on',
  'Calculating differences',
  'Server Files:',
  'Local Files:',
  'Beginning sync',
  'Making changes to',
  'No file found on the server',
  'Sync complete',
  'uploading "',
  'upload progress for ',
  'replacing "',
  'creating folder "',
  'removing ',
  'changing dir to ',
  'Upload: ',
  'Replace: ',
  'Delete: ',
  'Create: ',
  'Total time:',
  'Time spent ',
];

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversation = new Conversation(emit);
  let inPiece = false;
  return {
    line(text: string, line: number): Understanding {
      const at: Origin = { line, time: Number.NaN, session: '', peer: '', user: '' };
      if (text.startsWith('< ')) {
        inPiece = true;
        conversation.reply(at, text.slice(2));
        return 'event';
      }
      if (text.startsWith('> ') && (conversation.openCode === 0 || startsWithVerb(text.slice(2)))) {
        inPiece = false;
        conversation.command(at, text.slice(2));
        return 'event';
      }
      if (isBlank(text)) {
        inPiece = false;
        return 'noise';
      }
      if (isNote(text)) return conversation.note(at, text);
      if (inPiece || conversation.openCode > 0) {
        conversation.reply(at, text);
        return 'event';
      }
      if (text.startsWith('Connected to ')) {
        conversation.opened(at, serverOf(text));
        return 'event';
      }
      return listsFile(text) ? 'noise' : 'unparsed';
    },
  };
}

function isNote(text: string): boolean {
  for (const note of notes) if (text.startsWith(note)) return true;
  return false;
}

/** `Connected to 192.0.2.7:21 (No encryption)` */
function serverOf(text: string): string {
  return text.slice(13);
}

/** `-rw-r--r-- 1 …`, `modify=20230328104000;size=24; a.txt`, `10-02-23  11:21PM` */
function listsFile(text: string): boolean {
  const c = text.charCodeAt(0);
  const third = text.charCodeAt(2);
  if (c === 45 || c === 100 || c === 108) {
    const second = text.charCodeAt(1);
    if ((second === 45 || second === 114) && (third === 45 || third === 119)) return true;
  }
  if (third === 45 && text.charCodeAt(5) === 45) return true;
  const equals = text.indexOf('=');
  return equals > 2 && equals < 16 && text.indexOf(';', equals) > 0;
}

const mark =
  /^(> PASS ###|Login security: |Control socket is using: |Connected to \S+ \((No encryption|TLS)|Optimal transfer strategy found|(Down|Up)loading (from|to) \S+ \((No encryption|TLS))/;

function detect(sample: Sample): number {
  if (count(sample, (text) => mark.test(text)) === 0) return 0;
  if (count(sample, (text) => /^< (\d{3}[ -]|$| )/.test(text) || /^> [A-Z]{3,}/.test(text)) === 0) return 0;
  return understoodShare(sample, open);
}

export const basicFtpVerbose: Dialect = {
  id: 'basic-ftp-verbose',
  title: 'npm basic-ftp, verbose',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  serial: true,
  example: '> PASS ###',
  marks: [
    '> PASS ###',
    'Login security: ',
    'Control socket is using: ',
    'Optimal transfer strategy found',
    ' (No encryption',
    ' (TLS',
  ],
  detect,
  open,
};
