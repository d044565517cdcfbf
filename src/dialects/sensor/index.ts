/** What watches the network: Zeek, Suricata, Wireshark, tcpdump, firewalls. */
import type { Dialect } from '../../model.ts';

export const sensor: readonly Dialect[] = [];
