/** All wrappers, by id. Where two fit the same lines, the one that comes first is taken. */
import { bars } from './bars.ts';
import { clock } from './clock.ts';
import { compose, kubectlPrefix } from './compose.ts';
import { constant } from './constant.ts';
import { csv } from './csv.ts';
import { dockerJson } from './docker-json.ts';
import { dotnetConsole } from './dotnet-console.ts';
import { grep } from './grep.ts';
import { journaldExport } from './journald-export.ts';
import { journaldJson } from './journald-json.ts';
import { jsonTree } from './json-tree.ts';
import { k8sCri } from './k8s-cri.ts';
import { lineEnd } from './line-end.ts';
import { quoted } from './quoted.ts';
import { syslog } from './syslog.ts';
import { syslogJson } from './syslog-json.ts';
import { terminal } from './terminal.ts';
import { timeStamp } from './time-stamp.ts';
import type { Wrapper } from './wrapper.ts';

export const wrappers: readonly Wrapper[] = [
  lineEnd,
  terminal,
  quoted,
  jsonTree,
  dotnetConsole,
  k8sCri,
  dockerJson,
  journaldJson,
  syslogJson,
  journaldExport,
  syslog,
  grep,
  compose,
  kubectlPrefix,
  timeStamp,
  clock,
  bars,
  csv,
  constant,
];
