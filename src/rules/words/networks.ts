/** Networks of clients. What stands for a network is cut from the address: only messages need its name. */
import { networkOf } from '../../protocol/host-port.ts';

/** What clients of the same /24, or /64 of IPv6, have in common; the client itself if it is no address. */
export function siteOf(client: string): string {
  return isDotted(client) ? client.slice(0, client.lastIndexOf('.')) : networkOf(client, 24, 64) || client;
}

/** The same function, which works each client out once: of many logins most come from the same few. */
export function once(of: (client: string) => string): (client: string) => string {
  const known = new Map<string, string>();
  return (client) => {
    const before = known.get(client);
    if (before !== undefined) return before;
    const found = of(client);
    known.set(client, found);
    return found;
  };
}

/** Three dots, else digits: IPv4, since no host name looks so. */
function isDotted(client: string): boolean {
  let dots = 0;
  for (let i = 0; i < client.length; i++) {
    const c = client.charCodeAt(i);
    if (c === 46) dots++;
    else if (c < 48 || c > 57) return false;
  }
  return dots === 3;
}

/** What clients of the same /16, or /48 of IPv6, have in common; '' if it is no address. */
export function providerOf(client: string): string {
  return isDotted(client) ? client.slice(0, client.indexOf('.', client.indexOf('.') + 1)) : providerName(client);
}

/** The same as `192.0.0.0/16`. */
export function providerName(client: string): string {
  return networkOf(client, 16, 48);
}
