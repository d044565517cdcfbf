/** Name or password is wrong. */
import type { Diagnosis } from './diagnosis.ts';
import { placesOf } from './judge.ts';
import type { Unit } from './story.ts';

/** A refusal that says nothing else; a log that shows no text does not say that the password was wrong. */
function isRefusal({ code, text, how, meaning }: Unit): boolean {
  if (meaning !== '' && meaning !== 'login-wrong') return false;
  return how === 'reply' ? code >= 400 && code !== 421 && text !== '' : code === 0 && how === 'broken';
}

export const loginWrong: Diagnosis = {
  id: 'login-wrong',
  title: 'Name or password is wrong',
  cause: 'The server refused name and password.',
  who: 'client',
  place: 2,
  on: ['login-wrong', 'PASS', 'ACCT'],
  settle: 'Type both by hand once.',
  cures: [
    {
      who: 'client',
      product: '',
      text: 'Type name and password by hand once; in a URL write special characters with %.',
    },
    {
      who: 'server',
      product: 'vsftpd',
      text: 'Check local_enable=YES and that /etc/pam.d holds the file that pam_service_name names.',
    },
  ],
  find(c) {
    if (c.session?.loggedIn === true) return undefined;
    const refused = c.units.filter((unit) => (unit.verb === 'PASS' || unit.verb === 'ACCT') && isRefusal(unit));
    const said = c.said('login-wrong');
    if (c.said('limit').length > 0) return undefined;
    if (refused.length === 0 && said.length === 0) return undefined;
    const isVague = /^wget/.test(c.story.dialect) || (c.session === undefined && said.every((one) => one.code === 0));
    return { certainty: isVague ? 'possible' : 'likely', lines: placesOf([...refused, ...said]) };
  },
};
