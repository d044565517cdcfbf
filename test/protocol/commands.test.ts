import { describe, expect, it } from 'vitest';
import { accepts, commandOf, foreignVerbs, isVerb, legal, siteVerb, verbs } from '../../src/protocol/commands.ts';
import { replyOf } from '../../src/protocol/replies.ts';

/** RFC 959 §5.4, command-reply sequences, as printed: preliminary, completion, intermediate and failure in one row. */
const rfc959 = `
USER 230 530 500 501 421 331 332
PASS 230 202 530 500 501 503 421 332
ACCT 230 202 530 500 501 503 421
CWD 250 500 501 502 421 530 550
CDUP 200 500 501 502 421 530 550
SMNT 202 250 500 501 502 421 530 550
REIN 120 220 421 500 502
QUIT 221 500
PORT 200 500 501 421 530
PASV 227 500 501 502 421 530
MODE 200 500 501 504 421 530
TYPE 200 500 501 504 421 530
STRU 200 500 501 504 421 530
ALLO 200 202 500 501 504 421 530
REST 500 501 502 421 530 350
STOR 125 150 110 226 250 425 426 451 551 552 532 450 452 553 500 501 421 530
STOU 125 150 110 226 250 425 426 451 551 552 532 450 452 553 500 501 421 530
RETR 125 150 110 226 250 425 426 451 450 550 500 501 421 530
LIST 125 150 226 250 425 426 451 450 500 501 502 421 530
NLST 125 150 226 250 425 426 451 450 500 501 502 421 530
APPE 125 150 110 226 250 425 426 451 551 552 532 450 550 452 553 500 501 502 421 530
RNFR 450 550 500 501 502 421 530 350
RNTO 250 532 553 500 501 502 503 421 530
DELE 250 450 550 500 501 502 421 530
RMD 250 500 501 502 421 530 550
MKD 257 500 501 502 421 530 550
PWD 257 500 501 502 421 550
ABOR 225 226 500 501 502 421
SYST 215 500 501 502 421
STAT 211 212 213 450 500 501 502 421 530
HELP 211 214 500 501 502 421
SITE 200 202 500 501 530
NOOP 200 500 421`;

/** Further lists: RFC 2228 §8.2 (security), 2389 §3.2 and §4, 2428 §2 and §3, 2640 §4.2, 3659 §2.3 to §7.2, 7151 §3.1. */
const successors = `
AUTH 234 334 502 504 534 431 500 501 421
ADAT 235 335 503 501 535 500 421
PBSZ 200 503 500 501 421 530
PROT 200 504 536 503 534 431 500 501 421 530
MIC 535 533 500 501 421
CONF 535 533 500 501 421
ENC 535 533 500 501 421
CCC 200 533 534
USER 232 336
FEAT 211 500 502
OPTS 200 451 501
EPRT 200 500 501 522
EPSV 229 500 501 522
LANG 200 500 501 502 504
MDTM 213 500 501 550
SIZE 213 500 501 550
MLST 250 500 501 550 530 553 503 504
MLSD 150 226 500 501 550 530 553 503 504
HOST 220 421 500 501 502 503 504`;

/** The registry of FTP commands: RFC 5797 §3, table 1 (AUTH+ and REST+ are the same verbs), and HOST of RFC 7151. */
const registry = `ABOR ACCT ADAT ALLO APPE AUTH CCC CDUP CONF CWD DELE ENC EPRT EPSV FEAT HELP HOST LANG LIST LPRT LPSV
MDTM MIC MKD MLSD MLST MODE NLST NOOP OPTS PASS PASV PBSZ PORT PROT PWD QUIT REIN REST RETR RMD RNFR RNTO SITE SIZE
SMNT STAT STOR STOU STRU SYST TYPE USER XCUP XCWD XMKD XPWD XRMD`;

function rowsOf(text: string): readonly (readonly [verb: string, codes: readonly number[]])[] {
  return text
    .trim()
    .split('\n')
    .map((row) => row.split(' '))
    .map(([verb = '', ...codes]) => [verb, codes.map(Number)]);
}

describe('the table of commands', () => {
  it('holds 167 verbs, each once, in upper case', () => {
    expect(verbs).toHaveLength(167);
    expect(new Set(verbs).size).toBe(167);
    for (const verb of verbs) expect(verb).toBe(verb.toUpperCase());
    expect(verbs.filter((verb) => verb.startsWith('SITE '))).toHaveLength(58);
  });

  it('lists for all 33 commands of RFC 959 §5.4 every code printed there', () => {
    const rows = rowsOf(rfc959);
    expect(rows).toHaveLength(33);
    for (const [verb, codes] of rows)
      expect(commandOf(verb)?.replies, verb).toEqual(expect.arrayContaining([...codes]));
  });

  it('lists the codes that later RFCs give their commands', () => {
    for (const [verb, codes] of rowsOf(successors)) {
      expect(commandOf(verb)?.replies, verb).toEqual(expect.arrayContaining([...codes]));
    }
  });

  it('holds every verb of the IANA registry', () => {
    const registered = registry.split(/\s/);
    expect(registered).toHaveLength(58);
    expect(registered.filter((verb) => !isVerb(verb))).toEqual([]);
  });

  it('names only codes of the table of replies, ascending, none both specified and practice', () => {
    for (const verb of verbs) {
      const spec = commandOf(verb);
      const codes = [...(spec?.replies ?? []), ...(spec?.practice ?? [])];
      expect(new Set(codes).size, verb).toBe(codes.length);
      for (const code of codes) expect(replyOf(code), `${verb} ${code}`).toBeDefined();
      expect(spec?.replies, verb).toEqual([...(spec?.replies ?? [])].sort((a, b) => a - b));
    }
  });

  it('knows what moves data and in which direction', () => {
    expect(verbs.filter((verb) => commandOf(verb)?.data === 'upload')).toEqual(['STOR', 'STOU', 'APPE', 'MLFL']);
    expect(verbs.filter((verb) => commandOf(verb)?.data === 'download')).toEqual(['RETR', 'THMB']);
    expect(verbs.filter((verb) => commandOf(verb)?.data === 'listing')).toEqual(['LIST', 'NLST', 'MLSD']);
  });

  it('keeps verbs of other protocols apart, but for the one that has a page', () => {
    expect([...foreignVerbs].filter(isVerb)).toEqual(['STLS']);
  });
});

describe('commandOf', () => {
  it('gives one object per verb', () => {
    expect(commandOf('RETR')).toBe(commandOf('RETR'));
    expect(commandOf('RETR')).toMatchObject({ verb: 'RETR', argument: 'required', login: 'yes', diagram: 'D2' });
  });

  it.each(['', 'retr', 'GET', 'SITE  CHMOD', 'constructor', '__proto__'])('knows nothing of %j', (verb) => {
    expect(commandOf(verb)).toBeUndefined();
    expect(isVerb(verb)).toBe(false);
  });
});

describe('accepts', () => {
  it.each([
    ['RETR', 150, true],
    ['RETR', 226, true],
    ['RETR', 221, false],
    ['HELP', 214, true],
    ['HELP', 211, true],
    ['HELP', 200, true], // ebftpd
    ['HELP', 221, false],
    ['QUIT', 221, true],
    ['QUIT', 214, false],
    ['STAT', 221, true], // FileZilla Server 1.x
    ['NOOP', 421, true],
    ['NOOP', 530, true],
    ['NOOP', 550, true],
    ['NOOP', 226, false],
    ['PWD', 632, true],
    ['', 220, true],
    ['', 120, true],
    ['', 421, true],
    ['', 550, true],
    ['', 226, false],
    ['XYZZY', 500, true],
    ['XYZZY', 200, true],
    ['XYZZY', 226, false],
    ['XYZZY', 0, false],
    ['RETR', 0, false],
    ['RETR', 12345, false],
  ])('%s may get %i: %s', (verb, code, expected) => {
    expect(accepts(verb, code)).toBe(expected);
  });
});

describe('legal', () => {
  it.each([
    ['SITE', 'CPFR a', 350, true],
    ['SITE', 'cpfr a', 350, true],
    ['SITE', 'CHMOD 644 a', 350, false],
    ['SITE', 'CHMOD 644 a', 214, true], // CrushFTP
    ['SITE', 'NEWER 20260101', 150, true],
    ['SITE', 'XYZZY', 200, true],
    ['SITE', 'XYZZY', 350, false],
    ['SITE', '', 200, true],
    ['RETR', 'a', 226, true],
    ['RETR', 'a', 350, false],
  ])('%s %s may get %i: %s', (verb, arg, code, expected) => {
    expect(legal(verb, arg, code)).toBe(expected);
  });

  it('does not build names from endless words', () => {
    expect(siteVerb('A'.repeat(1000))).toBe('SITE');
    expect(siteVerb('chmod 644 a')).toBe('SITE CHMOD');
  });
});
