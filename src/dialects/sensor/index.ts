/** What watches the network: Zeek, Suricata, Wireshark, tcpdump, firewalls. */
import type { Dialect } from '../../model.ts';
import { ciscoAsa303002 } from './cisco-asa-303002.ts';
import { ecsFtp } from './ecs-ftp.ts';
import { honeypotJson } from './honeypot-json.ts';
import { ngrepByline } from './ngrep-byline.ts';
import { opencanaryFtp } from './opencanary-ftp.ts';
import { suricataEveFtp } from './suricata/suricata-eve-ftp.ts';
import { tcpdumpAscii } from './tcpdump-ascii.ts';
import { tsharkEk } from './wireshark/tshark-ek.ts';
import { tsharkFields } from './wireshark/tshark-fields.ts';
import { tsharkJson } from './wireshark/tshark-json.ts';
import { tsharkPdml } from './wireshark/tshark-pdml.ts';
import { tsharkSummary } from './wireshark/tshark-summary.ts';
import { tsharkVerbose } from './wireshark/tshark-verbose.ts';
import { wiresharkFollow } from './wireshark/wireshark-follow.ts';
import { zeekFtpJson } from './zeek/zeek-ftp-json.ts';
import { zeekFtpTsv } from './zeek/zeek-ftp-tsv.ts';

export const sensor: readonly Dialect[] = [
  zeekFtpTsv,
  zeekFtpJson,
  suricataEveFtp,
  tsharkSummary,
  tsharkFields,
  tsharkVerbose,
  tsharkJson,
  tsharkEk,
  tsharkPdml,
  wiresharkFollow,
  tcpdumpAscii,
  ngrepByline,
  ecsFtp,
  opencanaryFtp,
  honeypotJson,
  ciscoAsa303002,
];
