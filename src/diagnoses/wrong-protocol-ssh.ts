/** This is no FTP server. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import { whenSaid } from './signs.ts';

const webWords = /^(GET|POST|HEAD|HOST:|USER-AGENT:|ACCEPT:)$/;

export const wrongProtocolSsh: Diagnosis = {
  id: 'wrong-protocol-ssh',
  title: 'This is no FTP server',
  cause: 'The other side speaks SSH or HTTP, not FTP.',
  who: 'client',
  place: 1,
  on: ['ssh', 'http', 'GET', 'POST', 'HEAD', 'HOST:', 'USER-AGENT:', 'ACCEPT:'],
  settle: 'nc SERVER PORT shows the first line that the server sends.',
  cures: [
    {
      who: 'client',
      product: '',
      text: 'Choose the protocol that the server speaks: SFTP is port 22, FTP is port 21.',
    },
  ],
  find(c) {
    const said = whenSaid(c, 'ssh', 'http');
    if (said !== undefined) return said;
    const web = c.story.units.filter(({ verb }) => webWords.test(verb));
    return web.length < 2
      ? undefined
      : { certainty: 'certain', lines: placesOf(web.map((unit) => ({ ...unit, replyLine: unit.line }))) };
  },
};
