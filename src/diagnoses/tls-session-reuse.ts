/** The data connection did not resume the TLS session. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

export const tlsSessionReuse: Diagnosis = {
  id: 'tls-session-reuse',
  title: 'The data connection did not resume the TLS session',
  cause:
    'The server demands that the data connection resumes the TLS session of the control connection; the client does not.',
  who: 'client',
  place: 3,
  on: ['tls-not-resumed', 'tls-data-failed', 'data'],
  settle: 'The same transfer with a client that resumes, such as curl or FileZilla.',
  cures: [
    {
      who: 'client',
      product: 'curl',
      text: 'Use a current version; for old ones --tls-max 1.2. Never --no-sessionid.',
    },
    { who: 'client', product: 'lftp', text: 'Leave ftp:ssl-copy-sid at yes.' },
    {
      who: 'client',
      product: 'ftplib',
      text: 'Use a subclass of FTP_TLS whose ntransfercmd passes session=self.sock.session to wrap_socket.',
    },
    { who: 'client', product: 'fluentftp', text: 'Use FluentFTP.GnuTLS.' },
    { who: 'client', product: '', text: 'Use a client that resumes TLS sessions on data connections.' },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Set require_ssl_reuse=NO.',
      weakens: 'It then is not proved that both connections come from one client.',
    },
    {
      who: 'server',
      product: 'proftpd',
      text: 'Set TLSOptions NoSessionReuseRequired.',
      weakens: 'It then is not proved that both connections come from one client.',
    },
  ],
  find(c) {
    const said = c.said('tls-not-resumed');
    if (said.length > 0) {
      const isProved =
        said.some((one) => !('verb' in one)) || said.some((one) => 'text' in one && /resum/i.test(one.text));
      return { certainty: isProved ? 'certain' : 'likely', lines: placesOf(said) };
    }
    if (c.session === undefined) {
      const loose = c.said('tls-data-failed');
      return loose.length === 0 ? undefined : { certainty: 'possible', lines: placesOf(loose) };
    }
    if (!c.isEncrypted || c.story.prot !== 'P') return undefined;
    const failed = c.said('tls-data-failed');
    const hidden = c.tries.filter(({ code }) => code === 425);
    if (failed.length === 0 && hidden.length > 0 && /proftpd/i.test(c.story.banner + c.story.dialect))
      return { certainty: 'possible', lines: hidden.map((one) => one.failed) };
    return failed.length === 0 ? undefined : { certainty: 'likely', lines: placesOf(failed) };
  },
};
