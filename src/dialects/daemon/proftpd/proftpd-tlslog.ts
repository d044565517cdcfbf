/**
 * ProFTPD's TLSLog (mod_tls 2.9, recorded): which connections became encrypted. Its sentences stand for AUTH and PROT.
 *   2026-11-22 11:39:47,192 mod_tls/2.9.2[25943]: SSL/TLS-P requested, starting TLS handshake
 */

import { declared } from '../../../decoding/declared.ts';

export const proftpdTlslog = declared({
  id: 'proftpd-tlslog',
  title: "ProFTPD's TLSLog",
  evidence: 'recorded',
  side: 'server',
  identity: 'key',
  lacks: ['commands', 'logins', 'transfers'],
  example: '2026-11-22 11:39:47,192 mod_tls/2.9.2[25943]: TLS/TLS-C requested, starting TLS handshake',
  // OpenSSL's reasons stand below its error, indented.
  heads: ['{time:iso} mod_tls{version:plain}[{session:digits}]: ', '  ('],
  lines: [
    ['done', '{layer:plain} requested, starting TLS handshake{verb=AUTH}{path=TLS}{code=234}'],
    ['done', 'Protection set to P…{verb=PROT}{path=P}{code=200}', 'Protection set to C…{verb=PROT}{path=C}{code=200}'],
    ['noise', '…'],
  ],
  voice: 'records',
  marks: [' mod_tls'],
});
