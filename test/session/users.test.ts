/** A session has one user, however the log's own column writes the name. */
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyze.ts';

const fields =
  '#Fields: date time c-ip cs-username s-ip s-port cs-method cs-uri-stem sc-status sc-win32-status sc-substatus x-session x-fullpath';

function usersOf(given: string, column: string): unknown {
  const line = (user: string, what: string): string =>
    `2016-06-25 16:26:30 192.0.2.48 ${user} 198.51.100.2 21 ${what} 0 0 5242ddb2-95f5-43b1-b19d-6173e04ac6f0 -`;
  const analyzer = createAnalyzer({ rules: [] });
  const lines = [
    fields,
    line('-', 'ControlChannelOpened - -'),
    line('-', `USER ${given} 331`),
    line(column, 'PASS *** 230'),
    line(column, 'PWD - 257'),
  ];
  for (const text of lines) analyzer.line(text);
  const { tables } = analyzer.report();
  return (tables.get('users') ?? []).map((row) => [row['user'], row['sessions'], row['logins']]);
}

describe('the user', () => {
  it.each([
    ['alice', 'DEV\\Alice'],
    ['alice', 'Alice'],
    ['DEV\\alice', 'DEV\\Alice'],
    ['anonymous', 'guest@example.net'],
  ])('%s stays one user where the log says %s', (given, column) => {
    expect(usersOf(given, column)).toEqual([[given, 1, 1]]);
  });

  it('is that of the log where it is another account', () => {
    expect(usersOf('alice', 'DEV\\malice')).toEqual([
      ['DEV\\malice', 1, 0],
      ['alice', 0, 1],
    ]);
  });
});

describe('a login', () => {
  it('that needs no password is one, though the client sends PASS all the same', () => {
    const analyzer = createAnalyzer({ rules: [] });
    const talk = ['S: 220 ready', 'C: USER ftp', 'S: 230 in', 'C: PASS x', 'S: 230 in', 'C: USER bob', 'S: 331 word'];
    for (const text of [...talk, 'C: PASS y', 'S: 230 in', 'C: QUIT', 'S: 221 bye']) analyzer.line(text);
    const { tables } = analyzer.report();
    expect(tables.get('overview')).toEqual([expect.objectContaining({ loginsOk: 2, loginsFailed: 0 })]);
  });
});
