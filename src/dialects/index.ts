/** All dialects, by id. */
import type { Dialect } from '../model.ts';
import { lftpDebug } from './lftp-debug.ts';
import { rawControl } from './raw-control.ts';
import { vsftpdNative } from './vsftpd-native.ts';
import { vsftpdProtocol } from './vsftpd-protocol.ts';
import { vsftpdSyslog } from './vsftpd-syslog.ts';

export const dialects: readonly Dialect[] = [lftpDebug, rawControl, vsftpdNative, vsftpdProtocol, vsftpdSyslog];
