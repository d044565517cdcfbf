import { describe, expect, it } from 'vitest';
import { commandOf, verbs } from '../../src/protocol/commands.ts';
import { secretSort } from '../../src/protocol/secret-sort.ts';
import { maskArgument, secretStart, sortFrom } from '../../src/protocol/secrets.ts';
import { maskUserinfo as maskUrls } from '../../src/protocol/userinfo.ts';

describe('maskArgument', () => {
  it.each([
    ['PASS', 'Wond3r!land', '***'],
    ['pass', 'Wond3r!land', '***'],
    ['Pass', 'two words', '***'],
    ['PASS', '', ''],
    ['ACCT', 'x', '***'],
    ['ADAT', 'dG9rZW4=', '***'],
    ['MIC', 'UEFTUyB4', '***'],
    ['CONF', 'UEFTUyB4', '***'],
    ['enc', 'UEFTUyB4', '***'],
    ['ADMIN_LOGIN', 'x', '***'],
    ['òPASS', 'x', '***'],
    ['PASSWD', 'x', '***'],
    ['SITE', 'PSWD old new', 'PSWD ***'],
    ['site', 'pswd old new', 'pswd ***'],
    ['SITE', '  PSWD  old new', '  PSWD  ***'],
    ['SITE', 'CHPASS bob s3cret', 'CHPASS bob ***'],
    ['SITE', 'CHPASS bob', 'CHPASS bob'],
    ['SITE', 'GADDUSER grp bob s3cret ident@1.2.3.4', 'GADDUSER grp bob ***'],
    ['SITE', 'SETBLOWFISH key', 'SETBLOWFISH ***'],
    ['SITE', 'NEWPASSWORD x', 'NEWPASSWORD ***'],
    ['SITE PSWD', 'old new', '***'],
    ['SITE CHPASS', 'bob s3cret', 'bob ***'],
    ['RETR', 'ftp://u:p@h/a', 'ftp://u:***@h/a'],
    ['USER', 'bob:s3cret', 'bob:***'],
    ['USER', 'bob@host.example:s3cret', 'bob@host.example:***'],
    ['USER', 'bob PASS s3cret', 'bob PASS ***'],
    // An argument that swallowed further lines, or is a line of something else.
    ['USER', 'bob\nftp_password = s3cret\nPASS s3cret', 'bob\nftp_password = ***\nPASS ***'],
    ['SITE', 'CHPASS ftp://u:p@h s3cret', 'CHPASS ftp://u:***@h ***'],
    ['HOST', 'ftpd[7]: Authorization: Basic Ym9iOnMzY3JldA==', 'ftpd[7]: Authorization: ***'],
    ['CWD', 'a Proxy-Authorization: Bearer Ym9iOnMzY3JldA', 'a Proxy-Authorization: ***'],
    ['RETR', 'a Cookie: sid=Ym9iOnMzY3JldA', 'a Cookie: ***'],
    ['HOST', 'ftpd[7]: PASS s3cret', 'ftpd[7]: PASS ***'],
    ['HOST', 'ftpd[7]: ftpput: cmd PASS s3cret', 'ftpd[7]: ftpput: cmd PASS ***'],
    ['TYPE', 'I PASS s3cret', 'I PASS ***'],
    ['STAT', 'ftpd[7]: PASS s3cret', 'ftpd[7]: PASS ***'],
  ])('%s %j becomes %j', (verb, arg, masked) => {
    expect(maskArgument(verb, arg)).toBe(masked);
  });

  it.each([
    ['RETR', 'PASS word.txt'],
    ['RETR', 'my PASS word.txt'],
    ['TYPE', 'A N'],
    ['HELP', 'SITE CHMOD'],
    ['CLNT', 'FileZilla 3.68'],
    ['USER', 'alice'],
    ['USER', 'alice@host.example:2121'],
    ['USER', 'alice smith'],
    ['USER', 'alice PASS'],
    ['SITE', 'CHMOD 644 a.txt'],
    ['SITE', 'HELP PSWD'],
    ['SITE', ''],
    ['SITE', 'PSWD'],
    ['XYZZY', 'a b'],
    ['HELP', 'PASS'],
  ])('leaves %s %j alone', (verb, arg) => {
    expect(maskArgument(verb, arg)).toBe(arg);
  });

  it('hides the argument of every command the table calls secret', () => {
    for (const verb of verbs) {
      if ((commandOf(verb)?.secretFrom ?? 0) === 0) continue;
      expect(maskArgument(verb, 'one two three four five'), verb).not.toContain('five');
    }
  });
});

describe('maskUrls', () => {
  it.each([
    ['get ftp://bob:s3cret@host/x', 'get ftp://bob:***@host/x'],
    ['ftp://bob:p@ss@host/', 'ftp://bob:***@host/'],
    ['ftp://bob:pa/ss@host/', 'ftp://bob:***@host/'],
    ['ftp://bob:s3cret@h and http://eve:x@h', 'ftp://bob:***@h and http://eve:***@h'],
    ['<ftps://a:b@h>', '<ftps://a:***@h>'],
  ])('%j becomes %j', (text, masked) => {
    expect(maskUrls(text)).toBe(masked);
  });

  it.each([
    '226 Transfer complete.',
    'ftp://host/a@b:c',
    'ftp://host:21/a@b',
    'ftp://bob@host:21/',
    'ftp://bob:***@host/',
    'ftp://bob:@host/',
    'http://[2001:db8::1]:80/a@b',
    'see http://pureftpd.org/ or mail a:b@c',
    '://',
    '',
  ])('leaves %j alone', (text) => {
    expect(maskUrls(text)).toBe(text);
  });

  it('stays linear on a line made of schemes', () => {
    const text = '://a:b/'.repeat(20_000);
    expect(maskUrls(text)).toBe(text);
  });
});

describe('secretSort', () => {
  it.each([
    ['', ''],
    ['***', 'masked'],
    ['**************', 'masked'],
    ['XXXX', 'masked'], // as BSD ftp writes it
    ['###', 'masked'],
    [' ???', 'masked'],
    ['(hidden)', 'masked'],
    ['<password>', 'masked'],
    ['<*>', 'masked'],
    ['**** (password omitted)', 'masked'],
    ['****', 'masked'],
    ['*', 'masked'],
    ['XXXX (hidden)', 'masked'], // the same with a remark
    ['"********"', 'masked'],
    ['[PROTECTED]', 'masked'],
    ['REDACTED', 'masked'],
    ['(password was supplied)', 'masked'],
    ['password was supplied', 'masked'],
    ['<password>', 'masked'],
    ['[not logged]', 'masked'],
    ['{password}', 'masked'],
    ['••••••', 'masked'],
    ['*hidden*', 'masked'],
    ['turtle power!', 'masked'],
    ['xxxhunter', 'exposed'],
    ['xx', 'exposed'],
    ['(hunter2)', 'exposed'],
    ['[Tr0ub4dor]', 'exposed'],
    ['protected', 'exposed'],
    ['my hidden dog', 'exposed'],
    ['111222', 'exposed'],
    ['aaa1', 'exposed'],
    ['password', 'exposed'],
    ['pa***', 'exposed'],
    ['hunter2', 'exposed'],
    ['alice@example.org', 'exposed'],
    ['IEUser@', 'scanner'],
    ['Qgpuser@home.com', 'scanner'],
    ['-satan', 'scanner'],
  ])('calls %j %j', (arg, sort) => {
    expect(secretSort(arg)).toBe(sort);
  });
});

describe('sortFrom', () => {
  it.each([
    ['PASS', 'hunter2', 'exposed'],
    ['PASS', '***', 'masked'],
    ['pass', '<password>', 'masked'],
    ['PASS', 'IEUser@', 'scanner'],
    ['PASS', '', ''],
    ['USER', 'alice', ''],
    ['SITE', 'PSWD old new', 'exposed'],
    ['SITE', 'PSWD ***', 'masked'],
    ['SITE', 'CHMOD 644 a', ''],
    ['RETR', '***', ''],
  ])('%s %j: %j', (verb, arg, sort) => {
    expect(sortFrom(arg, secretStart(verb, arg))).toBe(sort);
  });
});
