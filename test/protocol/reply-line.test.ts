import { describe, expect, it } from 'vitest';
import { replyCode, replyText } from '../../src/protocol/reply-line.ts';

describe('replyCode', () => {
  it.each([
    ['226 Transfer complete.', 0, 226],
    ['226-Statistics', 0, 226],
    ['226', 0, 226],
    ['100 x', 0, 100],
    ['699-', 0, 699],
    ['632 a2Vr', 0, 632],
    ['<--- 530 Login incorrect.', 5, 530],
    ['<--- 530 Login incorrect.', 0, 0],
    ['10054 reset by peer', 0, 0],
    ['2265 bytes sent', 0, 0],
    ['700 x', 0, 0],
    ['050 x', 0, 0],
    ['226.5 x', 0, 0],
    ['22a x', 0, 0],
    ['2٢6 x', 0, 0],
    [' 226 x', 0, 0],
    ['22', 0, 0],
    ['', 0, 0],
    ['226 x', 9, 0],
  ])('reads %j from %i as %i', (text, from, code) => {
    expect(replyCode(text, from)).toBe(code);
  });

  it.each([
    ['214-The following commands are recognized:', 0, 'The following commands are recognized:'],
    ['214 Help OK.', 0, 'Help OK.'],
    ['214', 0, ''],
    ['S: 211-Features:', 3, 'Features:'],
  ])('gives the text of %j from %i', (text, from, rest) => {
    expect(replyText(text, from)).toBe(rest);
  });
});
