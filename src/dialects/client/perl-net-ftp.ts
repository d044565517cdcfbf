/**
 * Perl's Net::FTP with `Debug` (3.14, recorded): `Net::FTP=GLOB(0x55d…)>>> ` a command, `<<< ` each reply line. The address
 * names the object; a subclass names itself. Net::SMTP, Net::NNTP and Net::POP3 print the same way and are not FTP.
 */

import { Conversations } from '../../decoding/conversation.ts';
import { count, understoodShare } from '../../decoding/detect.ts';
import type { Origin } from '../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../model.ts';

function open(_options: DecoderOptions, emit: EventSink): Decoder {
  const conversations = new Conversations(emit);
  return {
    line(text: string, line: number): Understanding {
      const globAt = text.indexOf('=GLOB(0x');
      if (globAt <= 0) {
        // Versions of the modules: `Net::FTP>>>   Net::Cmd(3.14)`.
        if (text.startsWith('Net::FTP>>> ')) return 'noise';
        if (text.startsWith('Net::FTP: Unexpected EOF on command channel') || text.startsWith('Timeout at '))
          return 'noise';
        return isVersion(text) ? 'noise' : 'unparsed';
      }
      const keyEnd = text.indexOf(')', globAt);
      if (keyEnd < 0 || isForeign(text, globAt)) return 'unparsed';
      const session = text.slice(globAt + 6, keyEnd);
      const at: Origin = { line, time: Number.NaN, session, peer: '', user: '' };
      if (text.startsWith('>>> ', keyEnd + 1)) {
        conversations.of(session).command(at, text.slice(keyEnd + 5));
        return 'event';
      }
      if (!text.startsWith('<<< ', keyEnd + 1)) return 'unparsed';
      conversations.of(session).reply(at, text.slice(keyEnd + 5));
      return 'event';
    },
  };
}

/** `My::FTP>>> Net::FTP(3.14)`: no blank before the mark, a version at the end. */
function isVersion(text: string): boolean {
  const mark = text.indexOf('>>> ');
  return mark > 0 && text.indexOf(' ') === mark + 3 && text.endsWith(')');
}

function isForeign(text: string, end: number): boolean {
  return (
    text.startsWith('Net::SMTP') ||
    text.startsWith('Net::NNTP') ||
    text.startsWith('Net::POP3') ||
    text.indexOf(' ') < end
  );
}

function detect(sample: Sample): number {
  const marked = count(sample, (text) => /^(?!Net::(SMTP|NNTP|POP3))\S+=GLOB\(0x[0-9a-f]+\)(>>>|<<<) /i.test(text));
  return marked === 0 ? 0 : understoodShare(sample, open);
}

export const perlNetFtp: Dialect = {
  id: 'perl-net-ftp',
  title: 'Perl Net::FTP, Debug',
  evidence: 'recorded',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: 'Net::FTP=GLOB(0x55dec5392e58)>>> USER alice',
  marks: [')>>> ', ')<<< '],
  detect,
  open,
};
