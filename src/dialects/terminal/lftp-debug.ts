/** lftp's `debug` output (4.9.2, recorded): `---> ` command, `<--- ` every reply line, `---- ` note, `**** ` failure. */
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';
import { count, share } from '../detect.ts';
import { lftpLine } from './lftp.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  return {
    line(text: string, line: number): Understanding {
      const what = lftpLine(text, 0, { line, time: Number.NaN, session: '', peer: '', user: '' }, emit);
      // Listings and what `cat` prints stand between the marks when both go to a terminal.
      return what === 'unparsed' ? 'noise' : what;
    },
  };
}

function isMark(text: string): boolean {
  return text.startsWith('---> ') || text.startsWith('<--- ') || text.startsWith('---- ') || text.startsWith('**** ');
}

function detect(sample: Sample): number {
  if (count(sample, (text) => text.startsWith('<--- ')) === 0) return 0;
  return share(sample, isMark);
}

export const lftpDebug: Dialect = {
  id: 'lftp-debug',
  title: 'lftp -d',
  evidence: 'recorded',
  side: 'client',
  identity: 'order',
  example: '---> USER alice',
  detect,
  open,
};
