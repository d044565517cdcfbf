/** Logs whose stamps have no year, and what their text tells of it. */
import { expect, it } from 'vitest';
import { yearInText } from '../src/recognition/year.ts';

it.each([
  [2005, ['Jun 17 07:07:00 box ftpd[29504]: connection from 192.0.2.16 (a.example) at Fri Jun 17 07:07:00 2005 ']],
  [2005, ['<30>Jun 17 07:07:00 box wu-ftpd[2]: connection from a [192.0.2.16] at Fri Jun 17 07:07:01 EDT 2005']],
  [
    2005,
    ['a.log:Jun 17 07:07:00 box proftpd[9]: a (b[192.0.2.16]) - FTP session closed, opened on 2005-06-17 07:06:00'],
  ],
  [2005, ['Jun 17 07:07:00 box proftpd[9]: session closed (17/Jun/2005:07:00:00 +0000)']],
  [2005, ['Jan  1 00:07:00 box ftpd[29504]: session closed (since Fri, 31 Dec 2004 23:06:00 +0000)']],
  [2005, ['Jun  7 07:07:00 box ftpd[2]: connection from 192.0.2.16 at Jun 7 2005 07:07:00']],
])('is %i', (year, lines) => {
  expect(yearInText(lines)).toBe(year);
});

it('is that of the first line, which may be the year before', () => {
  const lines = ['Dec 31 23:00:00 box ftpd[1]: FTP LOGIN FROM a as anna'];
  expect(yearInText([...lines, 'Jan  1 00:07:00 box ftpd[2]: connection from a at Sat Jan  1 00:07:00 2005'])).toBe(
    2004,
  );
});

it.each([
  [
    'a date of the program',
    'Jun 17 07:07:00 box proftpd[2]: ProFTPD 1.3.5 (built Thu Nov 6 2003 10:00:00 CET) STARTUP',
  ],
  ['what a client sent', 'Jun 17 07:07:00 box proftpd[2]: RETR x at Fri Jun 17 07:07:00 1999'],
  ['a name given', "Jun 17 07:07:00 box ftpd[2]: FTP LOGIN FROM a as 'x at Fri Jun 17 07:07:00 1999'"],
  ['a date that no calendar has', 'Feb 31 07:07:00 box ftpd[2]: connection from a at Fri Feb 31 07:07:00 2005'],
  ['a stamp with a year', 'Fri Jun 17 07:07:00 2005 [pid 2] CONNECT: Client "192.0.2.7"'],
])('is not that of %s', (_, line) => {
  expect(yearInText([line])).toBe(0);
});

it('is not known where two records disagree', () => {
  const at = (year: number): string => `Jun 17 07:07:00 box ftpd[2]: connection from a at Fri Jun 17 07:07:00 ${year}`;
  expect(yearInText([at(2005), at(2005)])).toBe(2005);
  expect(yearInText([at(2005), at(2006)])).toBe(0);
});
