/**
 * IIS 7 and later (FTPSVC) and what else writes FTP verbs into W3C columns. A line is written when its command is
 * complete: lines of the data channel stand before the command that used it.
 *
 *   2022-10-19 00:01:23 192.0.2.7 SRV\alice 192.0.2.1 21 RETR a+b.txt 226 0 0 2684eafa-b405-4cbb-a934-65fc2af1316d /a+b.txt
 */

import { share } from '../../decoding/detect.ts';
import { isMethod, learned } from '../../decoding/w3c.ts';
import { W3cService } from '../../decoding/w3c-service.ts';
import type { Dialect, Sample } from '../../model.ts';

const header = /^#(Software|Version|Date|Fields): /;
const row = /^\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d[ \t]\S/;
const web = /^#Fields:.*\b(cs\((User-Agent|Referer)\)|cs-version)/i;

const foreign = /^#Software: (?!.*Microsoft)/;

/** A verb or a channel's note, with a status and a client where they belong. */
function isFtpRow(values: readonly string[]): boolean {
  const columns = learned(values);
  const method = columns === undefined ? '' : (values[columns.method] ?? '');
  return isMethod(method) && method.charCodeAt(0) !== 91;
}

/** Share of the lines that are rows of an FTP service, or its head. */
export function w3cShare(sample: Sample): number {
  const ftp = share(sample, (text) => row.test(text) && isFtpRow(text.split(/[ \t]/)));
  if (ftp === 0 || sample.texts.some((text) => web.test(text))) return 0;
  const rows = share(sample, (text) => row.test(text));
  if (ftp < rows * 0.5) return 0;
  const shaped = sample.texts.some(
    (text) => text.startsWith('#Fields:') || /ChannelOpened|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/.test(text),
  );
  return (rows + share(sample, (text) => header.test(text))) * (shaped ? 1 : 0.7);
}

export const iisFtpW3c: Dialect = {
  id: 'iis-ftp-w3c',
  title: 'IIS FTP service from 7 on, W3C',
  evidence: 'pasted',
  side: 'server',
  identity: 'key',
  example: '2022-10-19 00:01:23 192.0.2.7 SRV\\alice 192.0.2.1 21 PWD - 257 0 0 2684eafa-b405-4cbb-a934-65fc2af1316d -',
  detect: (sample) => w3cShare(sample) * (sample.texts.some((text) => foreign.test(text)) ? 0.9 : 1),
  open: (options, emit) => new W3cService(options, emit),
};
