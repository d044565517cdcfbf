/** This account may not log in. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';

const anonymousName = /^(anonymous|ftp)$/i;

export const loginNotAllowed: Diagnosis = {
  id: 'login-not-allowed',
  title: 'This account may not log in',
  cause: 'Name and password may be right, but the account is not allowed to use FTP.',
  who: 'server',
  place: 2,
  on: ['login-not-allowed', 'USER', 'PASS'],
  settle: 'The log of the server tells the reason; the client is told none.',
  cures: [
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Check userlist_file, /etc/ftpusers, and the PAM service of pam_service_name.',
    },
    { who: 'server', product: 'proftpd', text: 'Check RequireValidShell, UseFtpUsers and <Limit LOGIN>.' },
    { who: 'server', product: 'pure-ftpd', text: 'Check MinUID and the shell of the account.' },
    {
      who: 'server',
      product: '',
      text: 'Check lists of denied users, the shell, and whether the account is locked or expired.',
    },
  ],
  find(c) {
    const said = c
      .said('login-not-allowed')
      .filter((one) => !('verb' in one) || one.verb === 'USER' || one.verb === 'PASS' || one.verb === '');
    if (said.length > 0) return { certainty: 'certain', lines: placesOf(said) };
    const anonymous = c.units.filter(
      ({ verb, code, arg, how }) =>
        (verb === 'PASS' || verb === 'USER') && (code >= 500 || (how === 'broken' && anonymousName.test(arg))),
    );
    if (
      anonymous.length > 0 &&
      (anonymousName.test(c.session?.user ?? '') || anonymous.some(({ arg }) => anonymousName.test(arg)))
    )
      return { certainty: 'certain', lines: placesOf(anonymous) };
    const atName = c.units.find(({ verb, code }) => verb === 'USER' && (code === 530 || code === 550));
    if (atName === undefined || atName.meaning === 'limit' || atName.meaning === 'tls-required') return undefined;
    return { certainty: atName.meaning === 'denied' ? 'certain' : 'likely', lines: [atName.replyLine] };
  },
};
