/** A captured frame as octets: Ethernet (with VLAN tags), Linux cooked or bare IP; version 4 or 6; TCP. */
import type { End } from './control-sides.ts';
import { type TcpNumbers, unnumbered } from './order.ts';

/** A TCP segment with what it carries. */
export interface TcpSegment {
  readonly from: End;
  readonly to: End;
  readonly text: string;
  readonly tcp: TcpNumbers;
}

/** The segment in a frame given in hexadecimal; undefined if it is no TCP. */
export function tcpSegment(hex: string): TcpSegment | undefined {
  const frame = Buffer.from(hex, 'hex');
  for (const at of [14, 18, 16, 20, 0, 4]) {
    const version = (frame[at] ?? 0) >> 4;
    if (version === 4 && frame.length >= at + 40 && frame[at + 9] === 6) return version4(frame, at);
    if (version === 6 && frame.length >= at + 60 && frame[at + 6] === 6) return version6(frame, at);
  }
  return undefined;
}

function version4(frame: Buffer, at: number): TcpSegment {
  const tcp = at + ((frame[at] ?? 0) & 15) * 4;
  const end = Math.min(frame.length, at + frame.readUInt16BE(at + 2));
  const host = (from: number): string => `${frame[from]}.${frame[from + 1]}.${frame[from + 2]}.${frame[from + 3]}`;
  return segment(frame, tcp, end, host(at + 12), host(at + 16));
}

function version6(frame: Buffer, at: number): TcpSegment {
  const end = Math.min(frame.length, at + 40 + frame.readUInt16BE(at + 4));
  const host = (from: number): string => {
    const groups: string[] = [];
    for (let i = 0; i < 16; i += 2) groups.push(frame.readUInt16BE(from + i).toString(16));
    return groups.join(':').replace(/(^|:)0(:0)+(:|$)/, '::');
  };
  return segment(frame, at + 40, end, host(at + 8), host(at + 24));
}

function segment(frame: Buffer, tcp: number, end: number, source: string, target: string): TcpSegment {
  if (tcp + 20 > frame.length)
    return { from: { host: source, port: 0 }, to: { host: target, port: 0 }, text: '', tcp: unnumbered };
  const data = tcp + ((frame[tcp + 12] ?? 0) >> 4) * 4;
  return {
    from: { host: source, port: frame.readUInt16BE(tcp) },
    to: { host: target, port: frame.readUInt16BE(tcp + 2) },
    text: frame.subarray(data, end).toString('utf8'),
    tcp: {
      ...unnumbered,
      seq: frame.readUInt32BE(tcp + 4),
      ack: ((frame[tcp + 13] ?? 0) & 16) === 0 ? -1 : frame.readUInt32BE(tcp + 8),
      octets: Math.max(0, end - data),
    },
  };
}
