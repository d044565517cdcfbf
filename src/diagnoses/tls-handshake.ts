/** TLS could not be agreed on. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const tlsHandshake: Diagnosis = {
  id: 'tls-handshake',
  title: 'TLS could not be agreed on',
  cause:
    'Client and server found no common TLS version or cipher, or one does not accept the certificate of the other.',
  who: 'server',
  place: 1,
  on: [
    'tls-no-common',
    'tls-certificate',
    'tls-client-certificate',
    'tls-server-key',
    'tls-wrong-version',
    'tls-failed',
  ],
  settle: 'openssl s_client -starttls ftp -connect SERVER:21 shows version, cipher and certificate.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set ssl_ciphers=HIGH, and check rsa_cert_file and rsa_private_key_file.',
    },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Check TLSProtocol, TLSCipherSuite and TLSRSACertificateFile; TLSLog tells the reason.',
    },
    { who: 'server', product: 'pure-ftpd', text: 'Check TLSCipherSuite and CertFile.' },
    {
      who: 'client',
      product: 'curl',
      text: 'Give the certificate of the authority with --cacert, allow the version with --tlsv1.2 or --tls-max.',
    },
    { who: 'client', product: 'lftp', text: 'Give the certificate of the authority with ssl:ca-file.' },
    { who: 'client', product: '', text: 'Trust the certificate of the server, or its authority.' },
  ],
  find(c) {
    const said = c.said(
      'tls-no-common',
      'tls-certificate',
      'tls-client-certificate',
      'tls-server-key',
      'tls-wrong-version',
      'tls-failed',
    );
    const isControl = c.story.passive + c.story.extended === 0 && c.tries.length === 0;
    if (said.length === 0 || !isControl || c.session?.loggedIn === true) return undefined;
    const [first] = said;
    const who =
      first?.meaning === 'tls-client-certificate' || first?.meaning === 'tls-certificate' ? 'client' : 'server';
    const isPlain = first?.meaning === 'tls-failed' || first?.meaning === 'tls-wrong-version';
    return {
      certainty:
        first?.meaning === 'tls-failed' && c.session?.side === 'server' ? 'possible' : isPlain ? 'likely' : 'certain',
      lines: placesOf(said),
      who,
      variant: first?.meaning ?? '',
    };
  },
};
