/** `192.0.2.7:21`, `[2001:db8::7]:21`: how an `open` event names the server where a log gives host and port apart. */
export function serverName(host: string, port: string): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
