/**
 * Perl's Net::FTP with `Debug` (3.14, recorded): `Net::FTP=GLOB(0x55d…)>>> ` a command, `<<< ` each reply line. The address
 * names the object; a subclass names itself. Net::SMTP, Net::NNTP and Net::POP3 print the same way and are not FTP.
 */

import { declared } from '../../decoding/declared.ts';

export const perlNetFtp = declared({
  id: 'perl-net-ftp',
  title: 'Perl Net::FTP, Debug',
  evidence: 'recorded',
  side: 'client',
  identity: 'key',
  duplex: true,
  serial: true,
  example: 'Net::FTP=GLOB(0x55dec5392e58)>>> USER alice',
  foreign: ['Net::SMTP', 'Net::NNTP', 'Net::POP3'],
  heads: ['{class:host}=GLOB({session:host})'],
  lines: [
    ['command', '>>> {said}'],
    ['reply', '<<< {said}'],
  ],
  bare: [
    // `My::FTP>>> Net::FTP(3.14)`: versions of the modules.
    ['noise', 'Net::FTP>>> …', '{class:host}>>> {module:plain})'],
    ['noise', 'Net::FTP: Unexpected EOF on command channel…', 'Timeout at …'],
  ],
  voice: 'conversation',
  marks: [')>>> ', ')<<< '],
  needs: [/^(?!Net::(?:SMTP|NNTP|POP3))\S+=GLOB\(0x[0-9a-f]+\)(?:>>>|<<<) /i],
});
