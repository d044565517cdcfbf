/**
 * NcFTPd's general log (log_misc): free text behind the head; of it the refused logins are read.
 *
 *   2011-01-13 00:03:11 #u1     | Password wrong for user alice from 192.0.2.7.
 */

import { count, share } from '../../../decoding/detect.ts';
import { loginEvent } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Sample, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';
import { ncftpdHead, ncftpdTime } from './head.ts';

const refused = /^(Password wrong for user|Unknown user|No such user|User unknown:?) (.*) from (\S+?)\.?$/;

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      const start = ncftpdHead(text);
      if (start < 0) return 'unparsed';
      const said = text.slice(start);
      const found = said.includes(' from ') ? refused.exec(said) : null;
      if (found === null) return 'noise';
      const [, what = '', user = '', peer = ''] = found;
      emit(
        loginEvent(
          { line, time: ncftpdTime(text, clock), session: '', peer, user },
          false,
          'daemon',
          what.startsWith('Password') ? '' : 'unknown user',
        ),
      );
      return 'event';
    },
  };
}

/** Only with a refused login: the head alone says nothing of what the text is. */
function detect(sample: Sample): number {
  const mine = count(sample, (text) => ncftpdHead(text) > 0 && refused.test(text.slice(ncftpdHead(text))));
  return mine === 0 ? 0 : share(sample, (text) => ncftpdHead(text) > 0) * 0.8;
}

export const ncftpdMisc: Dialect = {
  id: 'ncftpd-misc',
  title: 'NcFTPd, messages',
  evidence: 'pasted',
  side: 'server',
  identity: 'peer',
  lacks: ['commands', 'replies', 'transfers'],
  example: '2011-01-13 00:03:11 #u1     | Password wrong for user alice from 192.0.2.7.',
  marks: ['| Password wrong for user ', '| Unknown user ', '| No such user ', '| User unknown'],
  detect,
  open,
};
