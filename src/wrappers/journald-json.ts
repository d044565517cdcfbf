/** `journalctl -o json`: an object a line (systemd.journal-fields(7)); a MESSAGE that is not UTF-8 is an array of octets. */
import type { Envelope } from '../model.ts';
import { epochTime } from '../timestamp.ts';
import { type JsonObject, jsonObject, textOf } from './json-line.ts';
import { octetsAsText } from './octets.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

function peel(text: string, outer: Envelope): Peeled | 'noise' | undefined {
  const entry = jsonObject(text);
  if (entry === undefined || !(Object.hasOwn(entry, 'MESSAGE') || Object.hasOwn(entry, '__REALTIME_TIMESTAMP')))
    return undefined;
  const message = messageOf(entry);
  return message === undefined
    ? 'noise'
    : once(
        message,
        journalEnvelope((names) => textOf(entry, names), outer),
      );
}

/** What a journal entry says about its line; `field` gives the first of some fields. */
export function journalEnvelope(field: (names: readonly string[]) => string, outer: Envelope): Envelope {
  const time = epochTime(field(['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP']), 6);
  const program = field(['SYSLOG_IDENTIFIER', '_COMM']);
  return within(
    outer,
    time,
    field(['CONTAINER_ID_FULL', 'CONTAINER_ID', '_HOSTNAME']),
    program,
    field(['SYSLOG_PID', '_PID']),
  );
}

function messageOf(entry: JsonObject): string | undefined {
  const message = entry['MESSAGE'];
  if (typeof message === 'string') return message;
  if (!Array.isArray(message)) return undefined;
  const octets = message.filter((octet): octet is number => typeof octet === 'number');
  return octetsAsText(octets.map((octet) => String.fromCharCode(octet & 0xff)).join(''));
}

export const journaldJson: Wrapper = {
  id: 'journald-json',
  title: 'journalctl -o json',
  evidence: 'documented',
  example: '{"__REALTIME_TIMESTAMP":"1795341533973616","SYSLOG_IDENTIFIER":"vsftpd","MESSAGE":"…"}',
  open: (): Peel => peel,
};
