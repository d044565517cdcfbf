/**
 * ProFTPD's TLSLog (mod_tls 2.9, recorded): which connections became encrypted. Its sentences stand for AUTH and PROT.
 *   2026-11-22 11:39:47,192 mod_tls/2.9.2[25943]: SSL/TLS-P requested, starting TLS handshake
 */

import { share } from '../../../decoding/detect.ts';
import { exchangeEvent, type Origin } from '../../../decoding/event.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../../model.ts';
import { Clock } from '../../../timestamp.ts';

function open(options: DecoderOptions, emit: EventSink): Decoder {
  const clock = new Clock(options);
  return {
    line(text: string, line: number): Understanding {
      // OpenSSL's reasons stand below its error, indented.
      if (text.startsWith('  (')) return 'noise';
      const open = text.indexOf('[', 24);
      const close = text.indexOf(']: ', open);
      if (!text.startsWith('mod_tls', 24) || open < 0 || close < 0) return 'unparsed';
      const at: Origin = { line, time: clock.iso(text), session: text.slice(open + 1, close), peer: '', user: '' };
      if (text.endsWith(' requested, starting TLS handshake')) return said(at, 'AUTH', 'TLS', 234);
      if (text.startsWith('Protection set to ', close + 3)) return said(at, 'PROT', text.charAt(close + 21), 200);
      return 'noise';
    },
  };

  function said(at: Origin, verb: string, arg: string, code: number): Understanding {
    emit(exchangeEvent(at, verb, arg, code, { inferred: true }));
    return 'event';
  }
}

export const proftpdTlslog: Dialect = {
  id: 'proftpd-tlslog',
  title: "ProFTPD's TLSLog",
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'logins', 'transfers'],
  example: '2026-11-22 11:39:47,192 mod_tls/2.9.2[25943]: TLS/TLS-C requested, starting TLS handshake',
  marks: [' mod_tls/'],
  detect: (sample) =>
    share(sample, (text) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} mod_tls\/[\w.]+\[\d+\]: /.test(text)),
  open,
};
