/**
 * Titan FTP Server and Cornerstone (unverified): W3C columns under a head that names the program, in any order, with a
 * query between stem and status.
 *
 *   2008-10-14 09:00:03 192.0.2.7 50123 alice 192.0.2.1 21 RETR /pub/a+b.bin - 226 2048 0 31
 */

import { W3cService } from '../../decoding/w3c-service.ts';
import type { Dialect } from '../../model.ts';
import { w3cShare } from './iis-ftp-w3c.ts';

const software = /^#Software:.*\b(Titan|Cornerstone|South ?River)/i;

export const titan: Dialect = {
  id: 'titan',
  title: 'Titan FTP Server, Cornerstone',
  evidence: 'unverified',
  side: 'server',
  identity: 'key',
  example: '2008-10-14 09:00:01 192.0.2.7 50123 - 192.0.2.1 21 USER alice - 331 0 0 0',
  marks: ['#S', '#s'],
  detect: (sample) => (sample.texts.some((text) => software.test(text)) ? w3cShare(sample) : 0),
  open: (options, emit) => new W3cService(options, emit),
};
