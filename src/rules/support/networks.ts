/** Networks of clients, each worked out once. */
import { networkOf } from '../../protocol/host-port.ts';

const near = new Map<string, string>();
const wide = new Map<string, string>();
const cacheLimit = 16_384;

/** /24, or /64 of IPv6; the client itself if it is no address. */
export function siteOf(client: string): string {
  return near.get(client) ?? keep(near, client, networkOf(client, 24, 64) || client);
}

/** /16, or /48 of IPv6; '' if it is no address. */
export function providerOf(client: string): string {
  return wide.get(client) ?? keep(wide, client, networkOf(client, 16, 48));
}

function keep(cache: Map<string, string>, client: string, network: string): string {
  if (cache.size < cacheLimit) cache.set(client, network);
  return network;
}
