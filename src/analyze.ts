/** Wires recognition, dialects, sessions, tables and rules: lines in, rows as they complete, a report at the end. */
import { type DiagnosesState, diagnosing, follow } from './diagnoses/diagnosing.ts';
import { dialects as allDialects } from './dialects/index.ts';
import { programOf } from './dialects/programs.ts';
import { completeRows, defaultLimits, emptyTally, mergeTally } from './limits.ts';
import type {
  Ambiguous,
  Aspect,
  Dialect,
  Event,
  Exchange,
  Finding,
  FinishContext,
  Fold,
  Limits,
  Login,
  Remark,
  Row,
  Rule,
  Session,
  Severity,
  Slots,
  Tally,
  Thresholds,
  Transfer,
} from './model.ts';
import { later } from './monoid.ts';
import { aboutIn, codeIn, meaningOfRemark } from './protocol/phrases.ts';
import { maskFree } from './protocol/secret-text.ts';
import { Overlaps, type Settled } from './recognition/overlaps.ts';
import { type Recognised, type Routed, SourceReader } from './recognition/source-reader.ts';
import { PlainMap, type Report, type SourceRow } from './report.ts';
import type { DiagnosisRow } from './rows/diagnosis-row.ts';
import { findingRow } from './rows/finding-row.ts';
import {
  rules as allRules,
  exchangeDispatch,
  loginDispatch,
  type RunningRule,
  sessionDispatch,
  transferDispatch,
} from './rules/index.ts';
import { mergeParts, type Parts, tellApart } from './session/apart.ts';
import { Corroboration, type Counting, type Format, type Joins, joins, mergeJoins } from './session/corroboration.ts';
import type { Manners } from './session/identity.ts';
import { joinNotes } from './session/join-notes.ts';
import { hostName, told } from './session/likeness.ts';
import type { Observer } from './session/observer.ts';
import { Tracker } from './session/tracker.ts';
import { byGravity } from './severity.ts';
import { tables } from './tables/index.ts';
import { byText, hash32, printable } from './text.ts';
import { isDated } from './timestamp.ts';
import { version } from './version.ts';
import { wrappers } from './wrappers/index.ts';
import { type ZoneOffset, zoneForm, zoneOffset } from './zone.ts';

/** A rule with the thresholds and severity in force. */
export interface RuleChoice {
  // biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
  readonly rule: Rule<any>;
  readonly thresholds: Thresholds;
  /** Replaces the severity that the rule states. */
  readonly severity?: Severity;
}

export interface AnalyzerOptions {
  readonly limits?: Partial<Limits>;
  /** Skips recognition: a dialect's id, with `=LAYOUT` behind it where the dialect takes a layout. */
  readonly dialect?: string;
  /** Year of the first line, 1 to 9999, for logs that omit it. */
  readonly year?: number;
  /** Zone of local times: a name such as `Europe/Berlin`, or an offset from `-18:00` to `+18:00`. Default: UTC. */
  readonly timezone?: string;
  /**
   * A zone of one's own: minutes east of UTC at a local time, given in ms as if it were UTC. `timezone` then is no more
   * than its name in the report.
   */
  readonly offsetAt?: (localMs: number) => number;
  /** Rules to run; default: all stable ones with their own thresholds. */
  readonly rules?: readonly RuleChoice[];
  /** Index of the first source: parts of one input that are to be merged count on where the part before ends. */
  readonly firstSource?: number;
  /** Told of everything as it completes. */
  readonly observer?: Partial<Observer>;
  /** There is one source and nothing to merge with: of a source that seems to be one log nothing is kept after a while. */
  readonly alone?: boolean;
}

/** What is known of a source before its first line. */
export interface SourceInfo {
  readonly name: string;
  /** When it was at the latest written, ms since the epoch; for logs without year. Default: now. */
  readonly reference?: number;
  /** Its place in the list of sources. Default: behind those before it. */
  readonly index?: number;
}

/** States of an analysis by fold id: plain data. */
interface Running {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: states differ by fold; only the fold itself looks into its own
  readonly fold: Fold<any, unknown>;
  readonly state: unknown;
}

interface OpenSource {
  readonly reader: SourceReader;
  readonly tally: Tally;
  readonly index: number;
}

/** All that is known of some part of the input; parts merge in any order. Plain data. */
export interface Analysis {
  readonly version: string;
  /** By index; there are none below the first source of a part. */
  readonly sources: SourceRow[];
  readonly names: string[];
  readonly tally: Tally;
  readonly assumptions: Set<string>;
  /** What several logs told. */
  readonly joins: Joins;
  /** What each part told, and how its sources begin: to find what several tell. */
  readonly parts: Parts;
  readonly heads: Heads;
  readonly states: ReadonlyMap<string, unknown>;
}

/** No dialect has this id. */
export class UnknownDialectError extends Error {
  readonly id: string;

  constructor(id: string) {
    super(`unknown dialect '${id}'`);
    this.id = id;
  }
}

/** The zone of local times, and what the report calls it; a RangeError where there is no such zone. */
function zoneOf({ timezone, offsetAt }: AnalyzerOptions): { readonly name: string; readonly offsetAt: ZoneOffset } {
  if (offsetAt !== undefined) return { name: timezone ?? 'the offsets given', offsetAt };
  if (timezone === undefined) return { name: 'UTC', offsetAt: noOffset };
  const found = zoneOffset(timezone);
  if (found === undefined) throw new RangeError(`timezone wants ${zoneForm}, not '${timezone}'`);
  return { name: timezone, offsetAt: found };
}

/** The year for logs that omit it; a RangeError where it is none. */
function yearOf({ year = 0 }: AnalyzerOptions): number {
  if (year !== 0 && !(Number.isInteger(year) && year > 0 && year <= 9999))
    throw new RangeError(`year wants a whole number from 1 to 9999, not ${year}`);
  return year;
}

/** The synchronous push interface: `source`, any number of `line`, …, `end`. */
export class Analyzer {
  readonly #limits: Limits;
  readonly #options: AnalyzerOptions;
  readonly #zone: { readonly name: string; readonly offsetAt: ZoneOffset };
  readonly #year: number;
  readonly #analysis: Analysis;
  readonly #running: readonly Running[];
  readonly #choices: readonly RuleChoice[];
  readonly #tracker: Tracker;
  readonly #forced: Dialect | undefined;
  readonly #layout: string;
  readonly #lastTimes = new Map<string, number>();
  readonly #areOne = (a: number, b: number): boolean => beginAlike(this.#analysis.heads, a, b);
  /** Where there is one source only nothing overlaps. */
  readonly #overlaps: Overlaps | undefined;
  #open: OpenSource | undefined;
  #lineNumber = 0;
  /** The source tells dates. */
  #isDated = false;
  #ended = false;

  constructor(options: AnalyzerOptions = {}) {
    this.#options = options;
    this.#zone = zoneOf(options);
    this.#year = yearOf(options);
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#overlaps = options.alone === true ? undefined : new Overlaps();
    this.#choices =
      options.rules ??
      allRules
        .filter((r) => r.meta.status === 'stable')
        .map((rule) => ({ rule, thresholds: rule.meta.thresholds ?? {} }));
    const slots: Slots = { taken: 0 };
    this.#running = [
      ...tables.map((table) => ({ id: table.id, fold: table, state: table.init(slots) as unknown })),
      { id: 'diagnoses', fold: diagnosing, state: diagnosing.init(slots) as unknown },
      ...this.#choices.map(({ rule, thresholds }) => {
        const fold = rule.create(thresholds);
        return { id: `rule:${rule.meta.id}`, fold, state: fold.init(slots) as unknown };
      }),
    ];
    const own = told();
    this.#analysis = {
      version,
      sources: [],
      names: [],
      tally: emptyTally(),
      assumptions: new Set(),
      joins: joins(),
      parts: { told: [own], full: false },
      heads: [],
      states: new Map(this.#running.map((r) => [r.id, r.state])),
    };
    const equals = options.dialect?.indexOf('=') ?? -1;
    const id = equals < 0 ? options.dialect : options.dialect?.slice(0, equals);
    this.#layout = equals < 0 ? '' : (options.dialect?.slice(equals + 1) ?? '');
    this.#forced = id === undefined ? undefined : allDialects.find((d) => d.id === id);
    if (id !== undefined && this.#forced === undefined) throw new UnknownDialectError(id);
    const counting = countingOf(this.#running, this.#choices);
    const stage = new Corroboration(
      counting,
      options.observer ?? {},
      formatOf,
      this.#areOne,
      this.#analysis.joins,
      own,
      options.alone,
    );
    this.#tracker = new Tracker(
      stage,
      this.#limits,
      this.#analysis.tally,
      (text) => void this.#analysis.assumptions.add(text),
    );
  }

  /** Names of the sources so far, by index. */
  get sources(): readonly string[] {
    return this.#analysis.names;
  }

  /** The lines that follow are of this source. */
  source(info: SourceInfo): void {
    this.endSource();
    const index = info.index ?? Math.max(this.#options.firstSource ?? 0, this.#analysis.names.length);
    this.#analysis.names[index] = maskFree(info.name);
    const tally = emptyTally();
    const assumptions = this.#analysis.assumptions;
    const { name: localTimes, offsetAt } = this.#zone;
    const options = {
      offsetAt: (localMs: number): number => {
        if (!assumptions.has(zoneAssumption(localTimes))) assumptions.add(zoneAssumption(localTimes));
        return offsetAt(localMs);
      },
      year: this.#year,
      reference: info.reference ?? Date.now(),
      layout: this.#layout,
      assume: (text: string): void => void assumptions.add(text),
    };
    this.#tracker.begin(index);
    const route = (dialect: Dialect, host: string): Routed => this.#route(dialect, hostName(host));
    const reader = new SourceReader(
      { dialects: allDialects, wrappers, forced: this.#forced, options },
      tally,
      route,
      (secret) => this.#tracker.overhear(secret),
      (text, line, { time }, raw) => {
        const meaning = meaningOfRemark(raw) || (raw === text ? '' : meaningOfRemark(text));
        if (meaning !== '') this.#tracker.remark(line, time, meaning, aboutIn(raw), codeIn(raw));
      },
    );
    this.#open = { reader, tally, index };
    this.#lineNumber = 0;
    this.#isDated = false;
    this.#overlaps?.begin();
  }

  /** The next line of the source, without its end. */
  line(text: string): void {
    if (this.#open === undefined) this.source({ name: '-' });
    this.#lineNumber++;
    if (this.#lineNumber <= headLines) addHead(this.#analysis.heads, this.#open?.index ?? 0, text);
    if (this.#overlaps?.keepsBack(text) !== true) this.#open?.reader.line(text, this.#lineNumber);
    else this.#settled(this.#overlaps.settled(text));
  }

  /** Reads the lines that were kept back, but for those that another source told. */
  #settled(found: Settled | undefined): void {
    const open = this.#open;
    if (found === undefined || open === undefined) return;
    const { lines, repeated, doubtful, of } = found;
    for (let i = 0; i < repeated; i++) open.reader.skip(lines[i] as string);
    for (let i = repeated; i < lines.length; i++) open.reader.line(lines[i] as string, i + 1);
    const { overlaps, equal } = this.#analysis.joins;
    if (repeated > 0) overlaps.set(`${open.index}\n${of}`, repeated);
    if (doubtful > 0) equal.set(`${open.index}\n${of}`, doubtful);
  }

  /** The source is complete. `read`: octets taken from it, lines cut, and what went wrong. Returns what it was taken for. */
  endSource(
    read: { readonly bytes?: number; readonly clippedLines?: number; readonly error?: string } = {},
  ): readonly Recognised[] {
    const open = this.#open;
    if (open === undefined) return [];
    this.#settled(this.#overlaps?.end());
    // Lines that were held are decoded now, and what they tell hides in the samples.
    open.reader.end();
    this.#open = undefined;
    if (this.#isDated) this.#overlaps?.remember(open.index);
    open.tally.bytes = read.bytes ?? 0;
    open.tally.clippedLines = read.clippedLines ?? 0;
    mergeTally(this.#analysis.tally, open.tally);
    this.#analysis.sources[open.index] = sourceRow(this.#analysis.names[open.index] ?? '', open, read.error ?? '');
    return open.reader.recognised.filter((r) => r.lines > 0);
  }

  /** The input is over: every session ends. */
  end(): Analysis {
    this.endSource();
    if (!this.#ended) {
      this.#ended = true;
      this.#tracker.end();
    }
    return this.#analysis;
  }

  /** Adds the analysis of another part of the input: other sources, with indices of their own, and the same options. */
  merge(other: Analysis): void {
    if (other.version !== version)
      throw new Error(`an analysis of ftplog ${other.version} does not merge with ${version}`);
    other.names.forEach((name, index) => {
      if (this.#analysis.names[index] !== undefined)
        throw new Error(`both parts have a source ${index}: see firstSource`);
      this.#analysis.names[index] = name;
    });
    other.sources.forEach((source, index) => {
      this.#analysis.sources[index] = source;
    });
    mergeTally(this.#analysis.tally, other.tally);
    for (const text of other.assumptions) this.#analysis.assumptions.add(text);
    mergeJoins(this.#analysis.joins, other.joins);
    mergeParts(this.#analysis.parts, other.parts);
    other.heads.forEach((head, index) => {
      this.#analysis.heads[index] = head;
    });
    for (const { id, fold, state } of this.#running) {
      const from = other.states.get(id);
      if (from !== undefined) fold.merge(state, from);
    }
  }

  /** The report on all that was read; ends the input. `top`: rows per table, 0 for all that are kept. */
  report(top = completeRows): Report {
    const analysis = this.end();
    const context: FinishContext = { top, sources: analysis.names, offsetAt: this.#zone.offsetAt };
    const results = new Map(this.#running.map((r) => [r.id, r.fold.finish(r.state, context)]));
    const findings = this.#choices.flatMap(({ rule, severity }) => {
      const found = results.get(`rule:${rule.meta.id}`) as readonly Finding[];
      return severity === undefined ? found : found.map((f) => ({ ...f, severity }));
    });
    return {
      schemaVersion: 1,
      tool: { name: 'ftplog', version },
      sources: analysis.sources.filter((source) => source !== undefined),
      tally: analysis.tally,
      tables: new PlainMap(tables.map((t) => [t.id, results.get(t.id) as readonly Row[]])),
      extents: new PlainMap(
        tables.map((t) => {
          const listed = (results.get(t.id) as readonly Row[]).length;
          return [t.id, { listed, rows: t.size?.(analysis.states.get(t.id)) ?? listed }];
        }),
      ),
      uncounted: this.#running
        .map((r) => ({ where: r.id, events: r.fold.uncounted?.(r.state) ?? 0 }))
        .filter(({ events }) => events > 0),
      layouts: tables.map(({ id, title, columns }) => ({ id, title, columns })),
      rules: this.#choices.map((c) => c.rule.meta),
      diagnoses: results.get('diagnoses') as readonly DiagnosisRow[],
      findings: [...findings].sort(worstFirst).map((f) => findingRow(f, analysis.names)),
      // Without an event the times around the lines led to nothing.
      assumptions:
        analysis.tally.understood === 0
          ? []
          : [...analysis.assumptions]
              .sort(byText)
              .concat(joinNotes(analysis.joins, tellApart(analysis.parts, this.#areOne), analysis.names)),
    };
  }

  /** One log behind another in one source, as far as its times tell. */
  #wentBack(source: number, { line, time }: Event): void {
    const { back } = this.#analysis.joins;
    if (isDated(time) && !back.has(source)) back.set(source, line);
  }

  /** Where the events of a decoder go. A file that begins where the last one of its kind ended continues it (rotation). */
  #route(dialect: Dialect, host: string): Routed {
    const tracker = this.#tracker;
    const samples = this.#open?.reader.samples;
    const lastTimes = this.#lastTimes;
    const assumptions = this.#analysis.assumptions;
    const log = host === '' ? dialect.id : `${dialect.id}\n${host}`;
    const before = lastTimes.get(log);
    let s: ReturnType<Tracker['scope']> | undefined;
    const index = this.#open?.index ?? 0;
    let newest = Number.NaN;
    let told = 0;
    return {
      emit: (event): void => {
        told++;
        if (s === undefined && dialect.identity === 'peer' && event.session === '') assumptions.add(bySilence);
        s ??= tracker.scope(
          dialect.id,
          dialect.identity,
          continues(dialect, before, event.time),
          dialect.side,
          dialect.lacks,
          mannersOf(dialect),
          host,
        );
        if (event.time + stepBackMs < newest) this.#wentBack(index, event);
        newest = later(newest, event.time);
        if (event.concealed !== undefined) samples?.hide(event.concealed);
        tracker.accept(s, event);
      },
      end: (): void => {
        if (s !== undefined) tracker.endScope(s);
        this.#isDated ||= isDated(newest);
        lastTimes.set(log, newest);
      },
      told: (): number => told,
    };
  }
}

/** Log time by which clocks and processes that write together are not apart. */
const stepBackMs = 5 * 60_000;

function mannersOf({ serial, duplex, side }: Dialect): Manners {
  return { serial: serial === true, duplex: duplex === true, client: side === 'client' };
}

/** First lines of a source by which a copy of a log is known. */
const headLines = 8;

/** How sources begin, by index: a hash of so many first lines. Two that begin alike are copies of one log. */
type Heads = number[][];

function addHead(heads: Heads, source: number, text: string): void {
  const known = heads[source];
  if (known === undefined) heads[source] = [hash32(text)];
  else known.push(hash32(`${known.at(-1)}\n${text}`));
}

function beginAlike(heads: Heads, a: number, b: number): boolean {
  const [one, other] = [heads[a], heads[b]];
  if (one === undefined || other === undefined) return false;
  const last = Math.min(one.length, other.length) - 1;
  return one[last] === other[last];
}

/** Creates the push interface. */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  return new Analyzer(options);
}

/** Of logs without connections. */
const bySilence = 'a log names no sessions: lines of one client belong together up to 15 minutes of silence';

function continues(dialect: Dialect, before: number | undefined, time: number): boolean {
  if (dialect.identity === 'order' || before === undefined) return false;
  return !(time < before);
}

function noOffset(): number {
  return 0;
}

function zoneAssumption(zone: string): string {
  return `local times without a zone are taken as ${zone}`;
}

function sourceRow(name: string, { reader, tally }: OpenSource, error: string): SourceRow {
  const dialects = [...reader.recognised]
    .filter((r: Recognised) => r.lines > 0)
    .sort((a, b) => b.lines - a.lines || byText(a.dialect, b.dialect))
    .map((r) => ({
      id: r.dialect,
      wrappers: r.wrappers,
      program: printable(r.program),
      lines: r.lines,
      lacks: lacksOf(r.dialect),
    }));
  const { lines, bytes, blank, noise, unparsed, understood } = tally;
  const samples = reader.samples.kept.map((u) => ({ line: u.line, text: printable(u.text) }));
  return { name, lines, bytes, blank, noise, unparsed, understood, dialects, samples, error };
}

function lacksOf(id: string): readonly Aspect[] {
  return allDialects.find((d) => d.id === id)?.lacks ?? [];
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    byGravity(a.severity, b.severity) ||
    byText(a.rule, b.rule) ||
    byText(a.subject.client ?? '', b.subject.client ?? '') ||
    byText(a.subject.user ?? '', b.subject.user ?? '') ||
    byText(a.subject.network ?? '', b.subject.network ?? '') ||
    (a.evidence[0]?.source ?? 0) - (b.evidence[0]?.source ?? 0) ||
    (a.evidence[0]?.line ?? 0) - (b.evidence[0]?.line ?? 0)
  );
}

/** A function of a fold with the state it works on. */
interface Step<T> {
  // biome-ignore lint/suspicious/noExplicitAny: states differ by fold; only the fold itself looks into its own
  readonly run: (state: any, value: T) => void;
  readonly state: unknown;
}

/**
 * One call per fold that wants to know; exchanges go only to the rules that want them. The functions are taken out
 * of the folds beforehand: looked up in sixty objects of as many shapes at each call they cost as much as they do.
 */
function countingOf(running: readonly Running[], choices: readonly RuleChoice[]): Counting {
  const ruleOf = new Map(choices.map((c) => [`rule:${c.rule.meta.id}`, c]));
  const rules = running.flatMap(({ id, fold, state }): RunningRule[] => {
    const choice = ruleOf.get(id);
    if (choice === undefined) return [];
    const { rule } = choice;
    const thresholds = { ...rule.meta.thresholds, ...choice.thresholds };
    return [{ rule, thresholds, fold: fold as RunningRule['fold'], state }];
  });
  const exchangeToRules = exchangeDispatch(rules);
  const loginToRules = loginDispatch(rules);
  const transferToRules = transferDispatch(rules);
  const endToRules = sessionDispatch(rules);
  // Called for each exchange by its name, it is sooner done than among functions of as many shapes.
  const stories = running.find(({ fold }) => fold === diagnosing)?.state as DiagnosesState;
  const exchanges = running.flatMap(({ id, fold, state }): Step<Exchange>[] =>
    ruleOf.has(id) || fold === diagnosing || fold.exchange === undefined ? [] : [{ run: fold.exchange, state }],
  );
  const opens = running.flatMap(({ fold, state }): Step<Session>[] =>
    fold.open === undefined ? [] : [{ run: fold.open, state }],
  );
  const logins = running.flatMap(({ id, fold, state }): Step<Login>[] =>
    ruleOf.has(id) || fold.login === undefined ? [] : [{ run: fold.login, state }],
  );
  const transfers = running.flatMap(({ id, fold, state }): Step<Transfer>[] =>
    ruleOf.has(id) || fold.transfer === undefined ? [] : [{ run: fold.transfer, state }],
  );
  const ambiguous = running.flatMap(({ fold, state }): Step<Ambiguous>[] =>
    fold.ambiguous === undefined ? [] : [{ run: fold.ambiguous, state }],
  );
  const remarks = running.flatMap(({ fold, state }): Step<Remark>[] =>
    fold.remark === undefined ? [] : [{ run: fold.remark, state }],
  );
  const ends = running.flatMap(({ id, fold, state }): Step<Session>[] =>
    ruleOf.has(id) || fold.session === undefined ? [] : [{ run: fold.session, state }],
  );
  return {
    open: (session): void => runAll(opens, session),
    exchange: (exchange): void => {
      runAll(exchanges, exchange);
      follow(stories, exchange);
      exchangeToRules(exchange);
    },
    login: (login): void => {
      runAll(logins, login);
      loginToRules(login);
    },
    transfer: (transfer): void => {
      runAll(transfers, transfer);
      transferToRules(transfer);
    },
    ambiguous: (record): void => runAll(ambiguous, record),
    remark: (remark): void => runAll(remarks, remark),
    session: (session): void => {
      runAll(ends, session);
      endToRules(session);
    },
    addition: (session): void => {
      runAll(ends, session);
      endToRules(session, session.commands === 0);
    },
  };
}

const formats: ReadonlyMap<string, Format> = new Map(
  allDialects.map((d) => [d.id, { side: d.side, program: programOf(d), guessed: d.identity === 'peer' }]),
);
const unknownFormat: Format = { side: '', program: '', guessed: false };

function formatOf(dialect: string): Format {
  return formats.get(dialect) ?? unknownFormat;
}

function runAll<T>(steps: readonly Step<T>[], value: T): void {
  for (let i = 0; i < steps.length; i++) {
    const { run, state } = steps[i] as Step<T>;
    run(state, value);
  }
}
