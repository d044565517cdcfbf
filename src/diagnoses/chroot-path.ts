/** The path is seen from outside the root. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { firstPart } from './story.ts';

const systemRoots = /^\/(var|home|srv|www|usr|data|public_html|htdocs|mnt|opt|root)(\/|$)|^[A-Z]:\\/i;

export const chrootPath: Diagnosis = {
  id: 'chroot-path',
  title: 'The path is seen from outside the root',
  cause: 'The account is locked into a directory, and the path begins above it.',
  who: 'client',
  place: 7,
  on: ['outside-root', 'absolute'],
  settle: 'PWD and LIST show the path as the server sees it.',
  cures: [
    { who: 'client', product: '', text: 'Use the path as PWD and LIST show it: it begins at the root of the account.' },
    { who: 'server', product: 'vsftpd', text: 'Check local_root and chroot_local_user.' },
    { who: 'server', product: 'proftpd', text: 'Check DefaultRoot.' },
  ],
  find(c) {
    const said = c.said('outside-root');
    if (said.length > 0) return { certainty: 'certain', lines: placesOf(said) };
    const isLocked = c.story.pwd === '/' || (c.story.pwd === '' && c.story.side === 'client');
    const outside = c.units.filter(
      ({ arg, code }) => code >= 550 && systemRoots.test(arg) && !c.story.roots.includes(firstPart(arg)),
    );
    return outside.length === 0
      ? undefined
      : { certainty: isLocked ? 'likely' : 'possible', lines: [...placesOf(outside), c.story.pwdLine] };
  },
};
