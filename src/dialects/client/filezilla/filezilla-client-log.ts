/**
 * FileZilla's log file (3.63, recorded): `2026-11-22 11:40:20 10231 1 Response: 220 ready`. Process and engine name the
 * connection slot; one slot connects many times. The label is translated.
 */

import { understoodShare } from '../../../decoding/detect.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { own, skipDigits } from '../../../text.ts';
import { Clock } from '../../../timestamp.ts';
import { Engine, Labels } from './lines.ts';

const engineLimit = 256;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  const labels = new Labels(true);
  const engines = new Map<string, Engine>();

  function engineOf(key: string): Engine {
    const known = engines.get(key);
    if (known !== undefined) return known;
    if (engines.size >= engineLimit) {
      for (const oldest of engines.keys()) {
        engines.delete(oldest);
        break;
      }
    }
    const fresh = new Engine(emit);
    engines.set(own(key), fresh);
    return fresh;
  }

  return {
    line(text: string, line: number): Understanding {
      const labelAt = afterIds(text);
      if (labelAt < 0) return 'unparsed';
      const sort = labels.find(text, labelAt);
      if (sort === '') return 'noise';
      const time = clock.iso(text);
      const session = text.slice(20, labelAt - 1);
      const at = { line, time, session, peer: '', user: '' };
      return engineOf(session).say(sort, text.slice(labels.end + 1), at);
    },
  };
}

/** Index of the label behind `2026-11-22 11:40:20 10231 1 `; -1 if the line does not begin so. */
function afterIds(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(10) !== 32 || text.charCodeAt(13) !== 58) return -1;
  if (text.charCodeAt(16) !== 58 || text.charCodeAt(19) !== 32 || skipDigits(text, 0) !== 4) return -1;
  const pidEnd = skipDigits(text, 20);
  if (pidEnd === 20 || text.charCodeAt(pidEnd) !== 32) return -1;
  const engineEnd = skipDigits(text, pidEnd + 1);
  if (engineEnd === pidEnd + 1 || text.charCodeAt(engineEnd) !== 32) return -1;
  return engineEnd + 1;
}

function detect(sample: Sample): number {
  const labels = new Labels(true);
  const known = sample.texts.some((text) => {
    const at = afterIds(text);
    return at > 0 && labels.find(text, at) !== '';
  });
  return known ? understoodShare(sample, open) : 0;
}

export const fileZillaClientLog: Dialect = {
  id: 'filezilla-client-log',
  title: 'FileZilla, log file',
  evidence: 'recorded',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: '2026-11-22 11:40:20 10231 1 Response: 220 ProFTPD Server ready',
  detect,
  open,
};
