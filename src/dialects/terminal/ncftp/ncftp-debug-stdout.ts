/** NcFTP on a terminal after `debug 1` (3.2.6, recorded): its trace without times, prompts and listings in between. */

import { count, understoodShare } from '../../../decoding/detect.ts';
import { isListingLine } from '../../../decoding/wire-line.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { Ncftp } from './lines.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const ncftp = new Ncftp(emit);
  return {
    line(text: string, line: number): Understanding {
      // A status line that was wiped: `Logging in...          ␍220: (vsFTPd 3.0.3)`.
      const from = text.lastIndexOf('\r') + 1;
      const what = ncftp.read(text, from, { line, time: Number.NaN, session: '', peer: '', user: '' });
      // `a.bin:  ETA:   0:00   19.53/ 19.53 kB␍a.bin:      `: a meter that was wiped.
      if (what === 'unparsed' && (isListingLine(text) || text.includes('ETA:'))) return 'noise';
      return what;
    },
    end(): void {
      ncftp.flush();
    },
  };
}

function detect(sample: Sample): number {
  const commands = count(sample, (text) => text.startsWith('Cmd: '));
  const replies = count(sample, (text) => /(?:^|\r)\d{3}: /.test(text));
  return commands === 0 || replies === 0 ? 0 : understoodShare(sample, open);
}

export const ncftpDebugStdout: Dialect = {
  id: 'ncftp-debug-stdout',
  title: 'NcFTP on a terminal, debug 1',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  example: 'Cmd: USER alice',
  marks: ['Cmd: '],
  detect,
  open,
};
