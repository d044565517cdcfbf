/**
 * `journalctl -o export`: a field a line, an empty line behind each entry (systemd.io/JOURNAL_EXPORT_FORMATS).
 *   __REALTIME_TIMESTAMP=1795341533973616
 *   SYSLOG_IDENTIFIER=vsftpd
 *   MESSAGE=CONNECT: Client "192.0.2.7"
 */
import type { Envelope } from '../model.ts';
import { journalEnvelope } from './journald-json.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

/** An entry with more fields than this is no entry. */
const fieldLimit = 256;

function isField(text: string): boolean {
  const mark = text.indexOf('=');
  if (mark < 1 || mark > 64) return false;
  for (let i = 0; i < mark; i++) {
    const c = text.charCodeAt(i);
    if (!((c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95)) return false;
  }
  return true;
}

function open(): Peel {
  const fields = new Map<string, string>();
  return (text: string, outer: Envelope): Peeled | 'noise' | 'part' | undefined => {
    if (text === '') {
      const message = fields.get('MESSAGE');
      const envelope = journalEnvelope(
        (names) => names.map((name) => fields.get(name) ?? '').find((value) => value !== '') ?? '',
        outer,
      );
      fields.clear();
      return message === undefined ? 'noise' : once(message, envelope);
    }
    if (!isField(text)) return undefined;
    const mark = text.indexOf('=');
    if (fields.size < fieldLimit) fields.set(text.slice(0, mark), text.slice(mark + 1));
    return 'part';
  };
}

export const journaldExport: Wrapper = {
  id: 'journald-export',
  title: 'journalctl -o export',
  evidence: 'documented',
  example: '__REALTIME_TIMESTAMP=1795341533973616',
  wears: (lines) => lines.some((line) => line.startsWith('__REALTIME_TIMESTAMP=')),
  open,
};
