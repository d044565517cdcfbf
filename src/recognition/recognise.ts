/** Which wrappers and which dialect a group of lines is written in, by content. */
import type { DecoderOptions, Dialect, Envelope, Sample } from '../model.ts';
import { isBlank } from '../text.ts';
import { bare, type Wrapper } from '../wrappers/wrapper.ts';
import { isOtherProtocol } from './other-protocols.ts';

/** A dialect and how much of the sample it claims. */
export interface Score {
  readonly dialect: Dialect;
  readonly score: number;
}

/** Scores below this are chance. */
const least = 0.05;
/** Share of the sample's lines that must wear a wrapper. */
const mostWear = 0.6;
const deepest = 3;

/** Characters of a line that are shown to `detect`: enough to know a format, too few to make a pattern slow. */
const seenChars = 2048;
/** A line of JSON is shown whole up to here: cut it would be none. */
const seenJson = 32_768;

function seen(text: string): string {
  if (text.length <= seenChars) return text;
  return text.slice(0, text.startsWith('{') || text.startsWith('[') ? seenJson : seenChars);
}

/** All dialects that claim anything of the sample, best first. */
export function scores(dialects: readonly Dialect[], sample: Sample): readonly Score[] {
  const shown: Sample = { texts: sample.texts.map(seen), programs: sample.programs };
  const whole = shown.texts.join('\n');
  const found = dialects
    .map((dialect) => ({ dialect, score: isMarked(dialect, whole) ? dialect.detect(shown) : 0 }))
    .filter((s) => s.score >= least)
    .sort((a, b) => b.score - a.score);
  // Transcripts alone can be taken for each other: what servers and sensors write names itself.
  const transcript = found.some((s) => s.dialect.side === 'client' || s.dialect.side === 'wire');
  if (!transcript || !isOtherProtocol(shown)) return found;
  return found.filter((s) => s.dialect.side !== 'client' && s.dialect.side !== 'wire');
}

function isMarked({ marks }: Dialect, whole: string): boolean {
  return marks === undefined || marks.some((mark) => whole.includes(mark));
}

/** Samples whose ranking is remembered. */
const rankingsKept = 4;

/** Ranks dialects; the lines that tell the wrappers of a source mostly tell its dialect too, and are not looked at twice. */
export class Rankings {
  readonly #dialects: readonly Dialect[];
  readonly #known: { readonly sample: Sample; readonly ranking: readonly Score[] }[] = [];

  constructor(dialects: readonly Dialect[]) {
    this.#dialects = dialects;
  }

  /** See {@link scores}. */
  of(sample: Sample): readonly Score[] {
    const known = this.#known.find(
      (k) => isSame(k.sample.texts, sample.texts) && isSame(k.sample.programs, sample.programs),
    );
    if (known !== undefined) return known.ranking;
    const ranking = scores(this.#dialects, sample);
    this.#known.push({ sample, ranking });
    if (this.#known.length > rankingsKept) this.#known.shift();
    return ranking;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** A sample without some of its wrappers. */
export interface Unwrapped {
  readonly wrappers: readonly Wrapper[];
  readonly texts: readonly string[];
  readonly envelopes: readonly Envelope[];
}

/** Takes wrappers off, from the outside in, as long as most lines wear one: the lines as they are, then layer by layer. */
export function unwrap(
  wrappers: readonly Wrapper[],
  lines: readonly string[],
  options: DecoderOptions,
  wear = mostWear,
): readonly Unwrapped[] {
  let state: Unwrapped = { wrappers: [], texts: lines, envelopes: lines.map(() => bare) };
  const layers = [state];
  while (layers.length <= deepest) {
    const next = bestWrapper(wrappers, state, options, wear);
    if (next === undefined) break;
    state = next;
    layers.push(state);
  }
  return layers;
}

function bestWrapper(
  wrappers: readonly Wrapper[],
  state: Unwrapped,
  options: DecoderOptions,
  wear: number,
): Unwrapped | undefined {
  const full = state.texts.filter(counts);
  let chosen: Unwrapped | undefined;
  let most = Math.max(1, full.length * wear) - 1e-9;
  for (const wrapper of wrappers) {
    if (state.wrappers.includes(wrapper) || wrapper.wears?.(full) === false) continue;
    const { texts, envelopes, worn } = peelAll(wrapper, state, options);
    if (worn <= most || texts.length === 0) continue;
    most = worn;
    chosen = { wrappers: [...state.wrappers, wrapper], texts, envelopes };
  }
  return chosen;
}

/** `# seen on Monday`: what somebody put between the lines of a log. */
export function isComment(text: string): boolean {
  return text.startsWith('# ');
}

/** Comments wear nothing, and mean nothing. */
function counts(text: string): boolean {
  return !isBlank(text) && !isComment(text);
}

function peelAll(
  wrapper: Wrapper,
  state: Unwrapped,
  options: DecoderOptions,
): { readonly texts: readonly string[]; readonly envelopes: readonly Envelope[]; readonly worn: number } {
  const peel = wrapper.open(options);
  const texts: string[] = [];
  const envelopes: Envelope[] = [];
  let worn = 0;
  state.texts.forEach((text, i) => {
    const peeled = peel(text, state.envelopes[i] ?? bare);
    if (peeled === undefined) return;
    if (counts(text)) worn++;
    if (typeof peeled === 'string') return;
    texts.push(peeled.text);
    envelopes.push(peeled.envelope);
  });
  return { texts, envelopes, worn };
}

/** The name of a program without path and module: `/usr/sbin/vsftpd` and `vsftpd(pam_unix)` become `vsftpd`. */
export function programName(program: string): string {
  // A firewall's tag holds severity and message number: %ASA-6-303002.
  if (program.startsWith('%')) return program.slice(0, program.indexOf('-') + 1).toLowerCase();
  const slash = program.lastIndexOf('/');
  const paren = program.indexOf('(');
  return program.slice(slash + 1, paren > slash ? paren : program.length).toLowerCase();
}

/** Programs that write to the same system log and are not FTP: their lines are noise there. */
const others: ReadonlySet<string> = new Set([
  'sshd',
  'sshd-session',
  'cron',
  'crond',
  'crontab',
  'anacron',
  'systemd',
  'systemd-logind',
  'systemd-resolved',
  'systemd-timesyncd',
  'systemd-journald',
  'systemd-udevd',
  'systemd-networkd',
  'dbus-daemon',
  'dbus',
  'kernel',
  'rsyslogd',
  'syslogd',
  'syslog-ng',
  'syslog',
  'sudo',
  'su',
  'login',
  'getty',
  'agetty',
  'postfix',
  'sendmail',
  'exim',
  'dovecot',
  'opendkim',
  'imapd',
  'pop3d',
  'named',
  'unbound',
  'dnsmasq',
  'dhclient',
  'dhcpd',
  'networkmanager',
  'ntpd',
  'chronyd',
  'ntpdate',
  'httpd',
  'apache2',
  'nginx',
  'mysqld',
  'mariadbd',
  'postgres',
  'redis',
  'smartd',
  'snmpd',
  'auditd',
  'audit',
  'polkitd',
  'udisksd',
  'containerd',
  'dockerd',
  'kubelet',
  'snapd',
  'fail2ban',
  'fail2ban.actions',
  'logrotate',
  'useradd',
  'usermod',
  'groupadd',
  'passwd',
  'chpasswd',
  'xinetd',
  'inetd',
  'init',
  'irqbalance',
  'gpm',
  'cups',
  'cupsd',
  'avahi-daemon',
  'bluetoothd',
  'haproxy',
  'keepalived',
  'squid',
  'smbd',
  'nmbd',
  'winbindd',
  'slapd',
  'telnetd',
  'in.telnetd',
  'rlogind',
  'rshd',
  'logrotate',
  'klogd',
  'nscd',
  'rpc.statd',
  'sm-notify',
  'portmap',
  'modprobe',
  'network',
  'hald',
  'hcid',
  'sdpd',
  'random',
  'date',
  'rc',
]);

/** True for a program that is known not to speak FTP. `postfix/smtpd` counts by its first part. */
export function isOtherProgram(program: string): boolean {
  const name = programName(program);
  if (others.has(name)) return true;
  const slash = program.indexOf('/');
  if (slash > 0 && others.has(program.slice(0, slash).toLowerCase())) return true;
  const paren = name.indexOf('(');
  return paren > 0 && others.has(name.slice(0, paren));
}
