import { describe, expect, it } from 'vitest';
import { classOf, kindOf, replyName, replyOf, replySpecs } from '../../src/protocol/replies.ts';

describe('classOf', () => {
  it.each([
    [150, 'preliminary'],
    [221, 'completion'],
    [350, 'intermediate'],
    [421, 'transient-negative'],
    [550, 'permanent-negative'],
    [632, 'protected'],
    [599, 'permanent-negative'],
    [0, ''],
    [50, ''],
    [700, ''],
    [10054, ''],
    [Number.NaN, ''],
    [-1, ''],
  ])('puts %i into %j by its first digit', (code, expected) => {
    expect(classOf(code)).toBe(expected);
  });
});

describe('kindOf', () => {
  it.each([
    [220, '', 'session-start', 'greeting'],
    [120, '', 'session-start', 'greeting to come'],
    [220, 'HOST', 'connection', 'no greeting (RFC 7151 §3.1)'],
    [220, 'REIN', 'connection', 'no greeting (RFC 959 §4.1.1)'],
    [221, 'QUIT', 'session-end', 'goodbye'],
    [221, '', 'session-end', 'goodbye nobody asked for'],
    [221, 'STAT', 'informational', 'FileZilla Server 1.x listing'],
    [421, '', 'session-end', 'timeout'],
    [421, 'RETR', 'session-end', 'may be a reply to any command'],
    [214, 'HELP', 'informational', 'help'],
    [211, 'FEAT', 'informational', 'features'],
    [230, 'PASS', 'authentication', 'login'],
    [234, 'AUTH', 'security', 'TLS'],
    [431, 'AUTH', 'security', 'RFC 2228 §5.1'],
    [431, 'CWD', 'file-system', 'RFC 959 appendix II'],
    [521, 'RETR', 'connection', 'RFC 4217 §10.2'],
    [521, 'MKD', 'file-system', 'RFC 959 appendix II'],
    [226, 'RETR', 'connection', 'data connection'],
    [550, 'RETR', 'file-system', 'no such file'],
    [500, 'XYZZY', 'syntax', 'unknown verb'],
    [599, 'RETR', 'unspecified', 'unknown code, second digit 9'],
    [258, 'RETR', 'file-system', 'unknown code, second digit 5'],
    [0, '', 'unspecified', 'no code'],
    [9999, '', 'unspecified', 'no code'],
  ])('calls %i after %j %s: %s', (code, verb, kind) => {
    expect(kindOf(code, verb)).toBe(kind);
  });
});

describe('the table of codes', () => {
  it('holds 115 codes, ascending, each once', () => {
    const codes = replySpecs.map((spec) => spec.code);
    expect(codes).toHaveLength(115);
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b));
  });

  it('names every code in at most 44 characters', () => {
    for (const spec of replySpecs) expect(spec.name, String(spec.code)).toMatch(/^\S.{1,42}\S$/);
  });

  it('gives the name by code, and none for what it does not know', () => {
    expect(replyName(214)).toBe('Help message');
    expect(replyName(221)).toBe('Service closing control connection');
    expect(replyName(9)).toBe('Message not sent, will be mailed');
    expect(replyName(0)).toBe('');
    expect(replyName(299)).toBe('');
    expect(replyName(-1)).toBe('');
    expect(replyName(1e9)).toBe('');
    expect(replyOf(0)?.name).toBe('General information (1970s)');
    expect(replyOf(299)).toBeUndefined();
  });

  it('lets only 221 and 421 end a session', () => {
    expect(replySpecs.filter((spec) => spec.endsSession).map((spec) => spec.code)).toEqual([221, 421]);
  });
});
