import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/explain-command.ts';
import { runCommand } from '../support/command.ts';

/** The page that explained 214 and 221 side by side, statement by statement. Lines are joined before the search. */
const founding: readonly (readonly [argv: string, statement: RegExp])[] = [
  ['214', /^214 Help message/],
  ['214', /2yz, positive completion reply/],
  ['214', /Group x1z, information/],
  ['214', /information on the implementation status of the server/],
  ['214', /list of the commands it recognises, or help for one specific command/],
  ['214', /After HELP, with or without a command name, and after SITE HELP/],
  ['214', /No fix needed: it is informational/],
  ['214', /discover which commands the server supports/],
  ['214', /Session stays open|The session stays open/],
  ['214', /Fix needed no/],
  ['214', /anywhere in a session, even before login/],
  ['214', /many lines/],
  ['214', /CrushFTP .* even when SITE CHMOD, CHOWN or CHGRP failed/],
  ['214', /ebftpd answers HELP with 200/],
  ['221', /^221 Service closing control connection/],
  ['221', /2yz, positive completion reply/],
  ['221', /Group x2z, connections/],
  ['221', /logs the user out and closes the session, in response to QUIT/],
  ['221', /After QUIT, as the last reply of a session/],
  ['221', /No fix needed: the session ended normally/],
  ['221', /reconnect and start a new session/],
  ['221', /totals of what was transferred/],
  ['221', /FileZilla Server 1\.x answers "STAT path"/],
  ['221', /wu-ftpd without QUIT/],
  ['221', /Pure-FTPd without QUIT/],
  ['214 221', /Both are 2yz/],
  ['214 221', /no fix is needed for either/],
  ['214 221', /Both may have many lines/],
  ['214 221', /214 gives information and the session stays open; 221 ends the session/],
  ['214 221', /214 is the answer to HELP, 221 the answer to QUIT/],
  ['214 221', /1 is information, 2 is connections/],
  ['214 221', /After 214 the next command can be sent at once; after 221 a new connection is needed/],
  ['214 221', /when someone wants to know what the server can do/],
  ['214 221', /when the client is done and leaves properly/],
  ['214 221', /HELP may be answered with 211 as well \(RFC 959 §5\.4\); ebftpd uses 200/],
  ['214 221', /CrushFTP answers many SITE subcommands with 214/],
  ['214 221', /FileZilla Server 1\.x answers "STAT path" with "221-Status of \.\.\."/],
  ['214 221', /wu-ftpd and Pure-FTPd send 221 without QUIT/],
  ['214 221', /BSD ftp and tnftp print a "421 Service not available/],
  ['214 221', /A session may end without any 221/],
];

async function page(argv: string): Promise<string> {
  const { status, out } = await runCommand(explain, argv.split(' '));
  expect(status).toBe(0);
  return out;
}

describe('the founding page', () => {
  it.each(founding)('explain %s says %s', async (argv, statement) => {
    expect((await page(argv)).replaceAll(/\s+/g, ' ')).toMatch(statement);
  });

  it('shows name, digits, answers, next step, place and shape of both in one table', async () => {
    const text = await page('214 221');
    for (const aspect of [
      'Name',
      'Second digit',
      'Answers',
      'Session afterwards',
      'Next step',
      'Place in a log',
      'Usual shape',
    ]) {
      expect(text).toMatch(new RegExp(`^ {2}${aspect} `, 'm'));
    }
  });

  it('reads the same the other way round', async () => {
    const text = await page('221 214');
    expect(text).toMatch(/^221 and 214/);
    expect(text).toMatch(/^ {2}Answers +QUIT +HELP/m);
  });
});
