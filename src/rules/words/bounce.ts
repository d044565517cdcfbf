/** Where an active-mode command points to, and whether that is the client itself. */
import type { Exchange } from '../../model.ts';
import { addressClass, type HostPort, parseEprt, parseLprt, parsePort } from '../../protocol/host-port.ts';

/** Where the command points to; undefined if that cannot be read. */
export function targetOf(x: Exchange): HostPort | undefined {
  if (x.verb === 'PORT') return parsePort(x.arg);
  return x.verb === 'EPRT' ? parseEprt(x.arg) : parseLprt(x.arg);
}

/** The client's own address, or nothing that could be compared with it. */
export function isOwn(client: string, host: string): boolean {
  return host === client || addressClass(client) === '' || addressClass(host) === 'unspecified';
}
