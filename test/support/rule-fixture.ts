/**
 * Reads `fixtures/rules/<id>.md`: cases of transcripts, and the findings they lead to.
 *
 * A `## fires: …` or `## silent: …` case has blocks ```` ```ftp peer=192.0.2.7 start=2026-01-02T10:00:00Z ```` of lines
 * `C:` command, `S:` reply line, `L: ok|fail|unknown USER` a daemon's word on a login, `T: up|down PATH BYTES [fail]` on
 * a transfer, `E: VERB ARG` on something done, `X:` the close, and `@+30s` time passing. Options of a block:
 * `user=NAME` a login in front, `repeat=N every=30s` with `{i}` for the number, `seen=middle` no begin, `server=HOST`,
 * `source=N`, `dialect=ID`, `zone=MINUTES` the readers' time east of UTC. Sessions of a case are mixed by time; lines are counted in that order.
 */
import {
  closeEvent,
  commandEvent,
  exchangeEvent,
  loginEvent,
  type Origin,
  openEvent,
  replyLine,
  transferEvent,
} from '../../src/decoding/event.ts';
import { defaultLimits, emptyTally } from '../../src/limits.ts';
import type { Ambiguous, Event, Finding, Rule, RuleFold, Session } from '../../src/model.ts';
import { exchangeDispatch, loginDispatch, sessionDispatch, transferDispatch } from '../../src/rules/index.ts';
import { Corroboration, type Counting, joins } from '../../src/session/corroboration.ts';
import { told } from '../../src/session/likeness.ts';
import { Tracker } from '../../src/session/tracker.ts';

export interface RuleCase {
  readonly kind: 'fires' | 'silent';
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Minutes east of UTC of the readers. */
  readonly zone: number;
  /** Lines of the findings block. */
  readonly expected: readonly string[];
}

interface Block {
  readonly options: ReadonlyMap<string, string>;
  readonly lines: readonly string[];
}

export function parseRuleFixture(text: string): readonly RuleCase[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [head = ''] = section.split('\n', 1);
      const [, kind, title] = /^(fires|silent): (.+)$/.exec(head) ?? [];
      if (title === undefined) throw new Error(`'${head}' is neither 'fires: …' nor 'silent: …'`);
      const blocks: Block[] = [];
      let expected: readonly string[] = [];
      for (const [, info = '', body = ''] of section.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)) {
        const lines = body.split('\n').slice(0, -1);
        if (info === 'findings') expected = lines;
        else if (info.startsWith('ftp'))
          blocks.push({
            options: new Map(
              info
                .split(' ')
                .slice(1)
                .map((o) => [o.slice(0, o.indexOf('=')), o.slice(o.indexOf('=') + 1)]),
            ),
            lines,
          });
      }
      const zone = Number(blocks.map((b) => b.options.get('zone')).find((z) => z !== undefined) ?? 0);
      return { kind: kind as RuleCase['kind'], title, blocks, zone, expected };
    });
}

/** An event of one session, before lines are counted. */
interface Step {
  readonly session: number;
  readonly time: number;
  readonly source: number;
  readonly dialect: string;
  readonly visible: boolean;
  build(at: Origin): Event;
}

/** The events of a case in log order, by session. */
export interface Timed {
  readonly session: number;
  readonly source: number;
  readonly dialect: string;
  readonly event: Event;
}

export function eventsOf(one: RuleCase): readonly Timed[] {
  const steps: Step[] = [];
  let session = 0;
  for (const { options, lines } of one.blocks) {
    const times = Number(options.get('repeat') ?? 1);
    for (let i = 1; i <= times; i++) {
      const fill = (text: string): string =>
        text.replaceAll('{i}', String(i)).replaceAll('{ii}', String(i).padStart(2, '0'));
      const filled = new Map([...options].map(([key, value]) => [key, fill(value)]));
      const start = Date.parse(filled.get('start') ?? '') + (i - 1) * ms(options.get('every') ?? '0s');
      steps.push(...sessionSteps(session++, start, filled, lines.map(fill)));
    }
  }
  const key = (s: Step): number => (Number.isNaN(s.time) ? 0 : s.time);
  const order = steps.map((step, i) => ({ step, i })).sort((a, b) => key(a.step) - key(b.step) || a.i - b.i);
  let line = 0;
  return order.map(({ step }) => {
    if (step.visible) line++;
    const peer = step.build({ line: 0, time: 0, session: '', peer: '', user: '' }).peer;
    const at = { line: step.visible ? line : line + 1, time: step.time, session: `k${step.session}`, peer, user: '' };
    return { session: step.session, source: step.source, dialect: step.dialect, event: step.build(at) };
  });
}

function ms(text: string): number {
  const [, n = '0', unit = 's'] = /^\+?([\d.]+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(n) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? Number.NaN);
}

function sessionSteps(
  session: number,
  start: number,
  options: ReadonlyMap<string, string>,
  lines: readonly string[],
): readonly Step[] {
  const steps: Step[] = [];
  const peer = options.get('peer') ?? '';
  const source = Number(options.get('source') ?? 0);
  const dialect = options.get('dialect') ?? 'fixture';
  let time = start;
  const add = (visible: boolean, build: (at: Origin) => Event): void => {
    steps.push({ session, time, source, dialect, visible, build: (at) => build({ ...at, peer }) });
  };
  if (options.get('seen') !== 'middle') add(false, (at) => openEvent(at, 0, options.get('server') ?? ''));
  const user = options.get('user');
  const prologue =
    user === undefined ? [] : ['S: 220 ready', `C: USER ${user}`, 'S: 331 password', 'C: PASS ***', 'S: 230 welcome'];
  for (const [i, line] of [...prologue, ...lines].entries()) {
    const visible = i >= prologue.length;
    if (line.startsWith('@')) time += ms(line.slice(1));
    else if (line !== '') add(visible, builder(unescaped(line)));
  }
  return steps;
}

/** `\x1b`, `\0` in a fixture are the octets. */
function unescaped(line: string): string {
  return line.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function builder(line: string): (at: Origin) => Event {
  const rest = line.slice(3);
  const words = rest.split(' ');
  switch (line.slice(0, 2)) {
    case 'C:':
      return (at) => commandEvent(at, rest);
    case 'S:':
      return (at) => replyLine(at, rest);
    case 'L:':
      return (at) =>
        loginEvent(
          { ...at, user: words.slice(1).join(' ') },
          words[0] === 'ok',
          'daemon',
          words[0] === 'unknown' ? 'unknown user' : '',
        );
    case 'T:':
      return (at) =>
        transferEvent(
          at,
          words[0] === 'up' ? 'STOR' : 'RETR',
          words[1] ?? '',
          words[3] !== 'fail',
          Number(words[2] ?? -1),
          -1,
        );
    case 'E:':
      return (at) => exchangeEvent(at, words[0] ?? '', words.slice(1).join(' '), 0, { ok: true, inferred: true });
    case 'X:':
      return (at) => closeEvent(at);
    default:
      throw new Error(`'${line}' is not a line of a fixture`);
  }
}

/** Folds events as the analysis does: what two logs tell once, exchanges and ends only where the rule waits for them. */
export function foldEvents<S>(rule: Rule<S>, fold: RuleFold<S>, events: readonly Timed[]): S {
  const state = fold.init({ taken: 0 });
  const running = [{ rule, thresholds: rule.meta.thresholds ?? {}, fold, state }];
  const ended = sessionDispatch(running);
  const counting: Counting = {
    open: (s: Session): void => fold.open?.(state, s),
    exchange: exchangeDispatch(running),
    login: loginDispatch(running),
    transfer: transferDispatch(running),
    ambiguous: (a: Ambiguous): void => fold.ambiguous?.(state, a),
    remark: (): void => undefined,
    session: (s: Session): void => ended(s),
    addition: (s: Session): void => ended(s, s.commands === 0),
  };
  const format = { side: 'server', program: '', guessed: false };
  const stage = new Corroboration(
    counting,
    {},
    () => format,
    () => false,
    joins(),
    told(),
  );
  const tracker = new Tracker(stage, defaultLimits, emptyTally());
  const scopes = new Map<string, ReturnType<Tracker['scope']>>();
  for (const { source, dialect, event } of events) {
    tracker.begin(source);
    const scope = scopes.get(dialect) ?? tracker.scope(dialect, 'key', false, 'server');
    scopes.set(dialect, scope);
    tracker.accept(scope, event);
  }
  tracker.end();
  return state;
}

/** What of a finding is shown: both findings and their rows have it. */
type Told = Pick<Finding, 'count' | 'rule' | 'severity' | 'subject'> & {
  readonly evidence: readonly { readonly line: number }[];
};

/** `high bounce-port line 1 client 192.0.2.7 ×3`. */
export function findingText(f: Told): string {
  const subject = Object.entries(f.subject)
    .map(([key, value]) => ` ${key} ${value}`)
    .join('');
  return `${f.severity} ${f.rule} line ${f.evidence[0]?.line ?? 0}${subject}${f.count === 1 ? '' : ` ×${f.count}`}`;
}
