/**
 * The console logger of .NET (Microsoft.Extensions.Logging, pasted): level and category on a line, the message indented
 * below it.
 *   dbug: FubarDev.FtpServer.FtpConnection[0]
 *         OPTS UTF8 ON
 */
import type { Envelope } from '../model.ts';
import { once, type Peel, type Peeled, type Wrapper } from './wrapper.ts';

const levels: readonly string[] = ['trce: ', 'dbug: ', 'info: ', 'warn: ', 'fail: ', 'crit: '];
const indent = '      ';
/** Share of lines that are heads, at least: every message has one, and most are of one line. */
const mostHeads = 0.3;

function isHead(text: string): boolean {
  for (const level of levels)
    if (text.startsWith(level)) return text.endsWith(']') && text.indexOf(' ', level.length) < 0;
  return false;
}

function peel(text: string, outer: Envelope): Peeled | 'noise' | undefined {
  if (isHead(text)) return 'noise';
  return text.startsWith(indent) ? once(text.slice(indent.length), outer) : undefined;
}

export const dotnetConsole: Wrapper = {
  id: 'dotnet-console',
  title: 'console logger of .NET',
  evidence: 'pasted',
  example: '      220 ready',
  timid: true,
  wears: (lines) => lines.filter(isHead).length >= lines.length * mostHeads,
  open: (): Peel => peel,
};
