/** Who wrote a line, in front of it: docker compose `ftp_1  | line`, `kubectl logs --prefix` `[pod/ftp-0/vsftpd] line`. */
import type { Envelope } from '../model.ts';
import { skipDigits } from '../text.ts';
import { once, type Peel, type Peeled, type Wrapper, within } from './wrapper.ts';

const longestName = 100;

function peelCompose(text: string, outer: Envelope): Peeled | undefined {
  const bar = text.indexOf('| ');
  const end = bar < 0 && text.endsWith('|') ? text.length - 1 : bar;
  if (end < 2 || end > longestName) return undefined;
  let nameEnd = end;
  while (nameEnd > 0 && text.charCodeAt(nameEnd - 1) === 32) nameEnd--;
  for (let i = 0; i < nameEnd; i++) if (!isNameChar(text.charCodeAt(i))) return undefined;
  return nameEnd === 0 || nameEnd === end
    ? undefined
    : containerLine(text.slice(end + 2), text.slice(0, nameEnd), outer);
}

/** Each instance of a service is a host of its own. */
function containerLine(text: string, name: string, outer: Envelope): Peeled {
  return once(text, within(outer, Number.NaN, name, serviceOf(name)));
}

/** Letters, digits and `_ - . @`. */
function isNameChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 64 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45 || c === 46;
}

/** `ftp_1`, `ftp-1` and `stack_ftp.1.x7@node` without the number of the instance. */
function serviceOf(name: string): string {
  const dot = name.indexOf('.');
  if (dot > 0 && skipDigits(name, dot + 1) > dot + 1) return name.slice(0, dot);
  const mark = Math.max(name.lastIndexOf('_'), name.lastIndexOf('-'));
  return mark > 0 && skipDigits(name, mark + 1) === name.length && mark + 1 < name.length ? name.slice(0, mark) : name;
}

export const compose: Wrapper = {
  id: 'compose',
  title: 'docker compose logs',
  evidence: 'documented',
  example: 'ftp_1  | 220 ready',
  open: (): Peel => peelCompose,
};

function peelKubectl(text: string, outer: Envelope): Peeled | undefined {
  if (!text.startsWith('[pod/')) return undefined;
  const close = text.indexOf('] ');
  const slash = text.lastIndexOf('/', close);
  if (close < 0 || close > 2 * longestName || slash < 5) return undefined;
  return once(text.slice(close + 2), within(outer, Number.NaN, text.slice(5, slash), text.slice(slash + 1, close)));
}

export const kubectlPrefix: Wrapper = {
  id: 'kubectl-prefix',
  title: 'kubectl logs --prefix',
  evidence: 'documented',
  example: '[pod/ftp-0/vsftpd] 220 ready',
  open: (): Peel => peelKubectl,
};
