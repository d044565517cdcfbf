/**
 * Reads the lines of one source: recognises what they are written in, group by group, decodes them, and recognises anew
 * where a stream changes its nature. A group is what one program wrote (syslog), or the whole source. No line is lost:
 * each is blank, noise, not understood or understood, and counted as such.
 */
import type {
  Concealed,
  Decoder,
  DecoderOptions,
  Dialect,
  Envelope,
  Event,
  Sample,
  Tally,
  Understanding,
} from '../model.ts';
import { mayTell, overheard, typedSecret } from '../protocol/secrets.ts';
import { isBlank, own } from '../text.ts';
import { bare, type Peel, type Wrapper } from '../wrappers/wrapper.ts';
import { endsTransfer, isConversation, isForeignTurn, mostSuspects } from './data-suspects.ts';
import { EnvelopeTimes } from './envelope-times.ts';
import {
  isComment,
  isOtherProgram,
  programName,
  Rankings,
  type Score,
  scores,
  type Unwrapped,
  unwrap,
} from './recognise.ts';
import { openHearing } from './record-secrets.ts';
import { Samples } from './samples.ts';
import { type Tail, tailsOf } from './tail.ts';
import { isTalk, Triggers } from './triggers.ts';
import { yearInText } from './year.ts';

/** Lines that are looked at before a dialect is chosen. */
const sampleLines = 200;
/** Characters after which no more is awaited. */
const sampleChars = 256 * 1024;
/** Lines not understood in a row of doubt before the group is looked at again. */
const doubtful = 24;
const decodersPerGroup = 6;
/** Share of lines in doubt that a dialect must claim where one in use claims more of them and yet did not read them. */
const plain = 0.3;
/** Program names come from the log: a bound, and then one group for all others. */
const groupLimit = 256;
/** Hosts of one program in a source, each with a decoder of its own; the others share one. */
const hostLimit = 256;
/** Lines among which the head of a table is looked for. */
const headLines = 20;
/** Least score at which a dialect speaks against a wrapper. */
const clear = 0.2;
/** Share of lines that may wear a wrapper where nothing is recognised otherwise: the log of one program within another's. */
const fewWear = 0.1;
/** Lines after which a log in which nothing was recognised is looked at again, and how often before it is done more rarely. */
const unknownWindow = 32;
const unknownLooks = 60;
/** Least score of a dialect that begins so late. */
const late = 0.5;

/** Lines kept of those that nothing understands, for the head of what may begin behind them. */
/** Lines of other programs that are kept until it is known whether any FTP comes. */
const keptSamples = 3;
const context = 8;
const keptUnknown = 64;
/** Lines behind the first word of FTP after which they are looked at, and lines without one that end them sooner. */
const windowLines = 24;
const quietLines = 12;
/** Share of lines that a tool must have printed, to be taken for its capture before any FTP was seen in it. */
const captureShare = 0.9;

/** Where a decoder's events go. */
export interface Routed {
  readonly emit: (event: Event) => void;
  readonly end: () => void;
  /** How many there were, where somebody counts them. */
  readonly told?: () => number;
}

/** `host`: that of the lines as what stands around them names it; '' if nothing does. */
export type Route = (dialect: Dialect, host: string) => Routed;

/** What was recognised in a source. */
export interface Recognised {
  readonly dialect: string;
  readonly wrappers: readonly string[];
  /** Program that wrote the lines; '' if nobody says. */
  readonly program: string;
  readonly score: number;
  readonly runnerUp: string;
  readonly runnerUpScore: number;
  /** Line from which on it was used. */
  readonly line: number;
  /** Lines it understood, noise among them. */
  lines: number;
  /** First line that it did not understand; 0 if there was none. */
  firstUnparsed: number;
}

interface Held {
  readonly text: string;
  readonly line: number;
  readonly envelope: Envelope;
  /** How many lines of the log it stands for: `last message repeated 3 times`. */
  readonly times: number;
  /** The line of the source before it: it may have asked for a password. */
  readonly before: string;
  /** As it stands in the source; absent where nothing was taken off. */
  readonly raw?: string;
}

/** What reads the lines of one host: its connections are no other's. */
interface Speaker {
  readonly decoder: Decoder;
  /** What stands around its lines may show times; absent where nothing does. */
  readonly times: EnvelopeTimes | undefined;
  readonly end: () => void;
  /** Events that it told. */
  readonly told: () => number;
}

interface Active {
  /** That of the last line, and the host it is for. */
  speaker: Speaker;
  host: string;
  readonly speakers: Map<string, Speaker>;
  readonly speakerOf: (host: string) => Speaker;
  /** A capture in which no FTP was seen yet: what its lines say is noise until then. */
  silent: boolean;
  /** Wrappers that its lines alone wear. */
  readonly peels: readonly Peel[];
  readonly recognised: Recognised;
}

interface Group {
  readonly program: string;
  readonly active: Active[];
  /** Lines held until the dialect is chosen; then those in doubt. */
  held: Held[];
  /** Where FTP may begin among those in doubt: index of the first line with a word of it, -1 if none; and of the last. */
  first: number;
  last: number;
  /** Lines in doubt since the last look. */
  waited: number;
  heldChars: number;
  sampling: boolean;
  /** Lines in doubt at which to look again; doubles after each vain look. */
  patience: number;
  /** Vain looks at lines of which nothing was ever recognised. */
  looks: number;
}

/** Told of lines that hold neither command nor reply: a program may say in them why something failed. */
export type Remarked = (text: string, line: number, envelope: Envelope, raw: string) => void;

export interface ReaderSettings {
  readonly dialects: readonly Dialect[];
  readonly wrappers: readonly Wrapper[];
  /** A dialect that was named by the user: nothing is recognised. */
  readonly forced: Dialect | undefined;
  readonly options: DecoderOptions;
}

export class SourceReader {
  readonly recognised: Recognised[] = [];
  readonly samples: Samples = new Samples();
  readonly #settings: ReaderSettings;
  #options: DecoderOptions;
  readonly #rankings: Rankings;
  readonly #tally: Tally;
  readonly #route: Route;
  readonly #overhear: (secret: Concealed) => void;
  readonly #remark: Remarked;
  readonly #groups = new Map<string, Group>();
  readonly #triggers = new Triggers();
  #first: Held[] = [];
  #firstChars = 0;
  #layered = false;
  /** The line before the current one. */
  #before = '';
  /** The same without what stands around it. */
  #innerBefore = '';
  #peels: Peel[] = [];
  #wrapperIds: readonly string[] = [];
  /** The program that wrote the lines puts a blank behind each: it belongs to no name. */
  #padded = false;
  /** Lines of programs in which nothing was recognised, and the first of them. */
  #foreign = 0;
  readonly #foreignLines: Held[] = [];
  /** The decoder of a source that has but one: the fast way. */
  #only: Active | undefined;
  /** Lines among data that look like those of another transcript. */
  readonly #suspects: Held[] = [];
  /** The program whose lines they are among. */
  #suspectsOf = '';

  /** `overhear`: told of secrets in lines that no decoder took for commands. */
  constructor(
    settings: ReaderSettings,
    tally: Tally,
    route: Route,
    overhear: (secret: Concealed) => void = () => undefined,
    remark: Remarked = () => undefined,
  ) {
    this.#overhear = overhear;
    this.#remark = remark;
    this.#settings = settings;
    this.#options = settings.options;
    this.#rankings = new Rankings(settings.dialects);
    this.#tally = tally;
    this.#route = route;
  }

  /** Takes the next line, without its end. `line` counts from 1. */
  line(raw: string, line: number): void {
    this.#tally.lines++;
    const text = this.#padded ? withoutBlank(raw) : raw;
    const only = this.#only;
    if (only !== undefined) {
      const what = only.speaker.decoder.line(text, line, bare);
      if (what !== 'unparsed') only.recognised.lines++;
      if (what === 'event') {
        this.#tally.understood++;
        if (this.#suspects.length > 0) this.#goesOn(text);
      } else if (what === 'noise') this.#passed(only, text, line, bare, '');
      else this.#doubt(this.#groupOf(''), { text, line, envelope: bare, times: 1, before: this.#before });
      this.#before = text;
      return;
    }
    if (this.#layered) this.#dispatch(text, line);
    else this.#sample(text, line);
    this.#before = text;
  }

  /** A line that another source told. */
  skip(text: string): void {
    this.#tally.lines++;
    if (isBlank(text)) this.#tally.blank++;
    else this.#tally.noise++;
  }

  /** No more lines: decide with what there is, and let the decoders finish. */
  end(): void {
    if (!this.#layered) this.#layer();
    for (const group of this.#groups.values()) if (group.sampling) this.#choose(group);
    if (this.#suspects.length > 0) this.#settleSuspects();
    for (const group of this.#groups.values()) {
      this.#settle(group);
      for (const active of group.active)
        for (const speaker of active.speakers.values()) {
          speaker.decoder.end?.();
          speaker.end();
        }
    }
    this.#settleForeign();
  }

  /** Beside a program whose lines are FTP the others have nothing to say about it; where there is none nothing was understood. */
  #settleForeign(): void {
    if (this.recognised.some((r) => r.lines > 0)) this.#tally.noise += this.#foreign;
    else {
      this.#tally.unparsed += this.#foreign;
      for (const held of this.#foreignLines) this.samples.add(held.line, held.text, held.before);
    }
  }

  /** A decoder knows the line and it means nothing; among data, it may be of another program. */
  #passed(active: Active | undefined, text: string, line: number, envelope: Envelope, program: string): void {
    this.#remark(text, line, envelope, text);
    if (active?.speaker.decoder.inData?.() !== true || !isForeignTurn(text)) {
      this.#noise(text);
      return;
    }
    // Whatever they turn out to be.
    if (mayTell(text)) this.#listen(text, '');
    this.#suspectsOf = program;
    this.#suspects.push({
      text: own(text),
      line,
      envelope,
      times: 1,
      before: this.samples.wanted ? own(this.#before) : '',
    });
    if (this.#suspects.length >= mostSuspects) this.#settleSuspects();
  }

  /** The conversation goes on below lines that look like another's. */
  #goesOn(text: string): void {
    if (!endsTransfer(text)) {
      this.#settleSuspects();
      return;
    }
    this.#tally.noise += this.#suspects.length;
    this.#suspects.length = 0;
  }

  /** The transfer has no end: the lines are a transcript of their own, if they hold both sides of one. */
  #settleSuspects(): void {
    const lines = this.#suspects.splice(0);
    const group = this.#groupOf(this.#suspectsOf);
    if (isConversation(lines.map((l) => l.text)) && this.#recognise(group, lines, 0))
      this.#decodeFresh(group, group.active[0], lines);
    else this.#tally.noise += lines.length;
  }

  #noise(text: string): void {
    if (isBlank(text)) this.#tally.blank++;
    else {
      this.#tally.noise++;
      if (mayTell(text)) this.#listen(text, '');
      else this.#heard(typedSecret(text));
    }
  }

  /** A line that is no command to its decoder may show a password all the same, and a reply may repeat it. */
  #listen(text: string, before: string): void {
    this.#heard(overheard(text, before));
  }

  #heard(secret: Concealed | undefined): void {
    if (secret === undefined) return;
    this.samples.hide(secret);
    this.#overhear(secret);
  }

  #sample(text: string, line: number): void {
    this.#first.push({ text, line, envelope: bare, times: 1, before: this.#before });
    if (line <= headLines) this.samples.head(text);
    if (!isBlank(text)) this.#firstChars += text.length + sampleChars / sampleLines;
    if (this.#firstChars >= sampleChars) this.#layer();
  }

  /** Finds the wrappers of the source and hands its first lines to their groups. */
  #layer(): void {
    this.#layered = true;
    this.#padded = isPadded(this.#first);
    const lines = this.#padded ? this.#first.map((l) => ({ ...l, text: withoutBlank(l.text) })) : this.#first;
    this.#first = [];
    const texts = lines.map((l) => l.text);
    if (this.#options.year === 0) this.#options = { ...this.#options, year: yearInText(texts) };
    const { wrappers, forced } = this.#settings;
    const options = this.#options;
    const layers = texts.every(isBlank) ? [] : this.#layersOf(texts, wrappers, forced, options);
    this.#peels = layers.map((w) => w.open(options));
    this.#wrapperIds = layers.map((w) => w.id);
    for (const l of lines) {
      this.#before = l.before;
      this.#dispatch(l.text, l.line);
    }
  }

  /** The wrappers of most lines; fewer of them where that makes clearly more sense. */
  #layersOf(
    texts: readonly string[],
    wrappers: readonly Wrapper[],
    forced: Dialect | undefined,
    options: DecoderOptions,
  ): readonly Wrapper[] {
    const layers = unwrap(wrappers, texts, options);
    let chosen: readonly Wrapper[] = [];
    let best = -1;
    for (const layer of layers.length === 1 ? [] : layers.toReversed()) {
      const score =
        (forced === undefined ? this.#rankings.of(sampleOf(layer)) : scores([forced], sampleOf(layer)))[0]?.score ?? 0;
      const off = chosen.filter((w) => !layer.wrappers.includes(w));
      const timid = off.some((w) => w.timid === true);
      const needless = score >= clear && off[0]?.lastResort === true;
      if (best >= 0 && !needless && (score < best || (score === best && !timid) || score < clear)) continue;
      best = score;
      chosen = layer.wrappers;
    }
    if (chosen.length > 0 || best > 0 || forced !== undefined) return chosen;
    const bareLines = layers[0];
    return bareLines !== undefined && this.#rankings.of(sampleOf(bareLines)).length > 0
      ? chosen
      : (this.#worn(texts)?.wrappers ?? chosen);
  }

  /** Wrappers of some of these lines behind which a dialect shows clearly. */
  #worn(texts: readonly string[]): { readonly wrappers: readonly Wrapper[]; readonly score: Score } | undefined {
    let found: { readonly wrappers: readonly Wrapper[]; readonly score: Score } | undefined;
    for (const layer of unwrap(this.#settings.wrappers, texts, this.#options, fewWear)) {
      if (layer.wrappers.length === 0) continue;
      const score = this.#rankings.of(sampleOf(layer)).find(isPlain);
      if (score !== undefined && score.score >= late && score.score > (found?.score.score ?? 0))
        found = { wrappers: layer.wrappers, score };
    }
    return found;
  }

  #dispatch(text: string, line: number): void {
    let envelope = bare;
    let inner = text;
    let times = 1;
    for (const peel of this.#peels) {
      const peeled = peel(inner, envelope);
      if (peeled === undefined) break;
      if (peeled === 'noise') {
        this.#noise(inner);
        return;
      }
      if (peeled === 'part') {
        this.#tally.understood++;
        return;
      }
      inner = peeled.text;
      envelope = peeled.envelope;
      times *= peeled.times;
    }
    const group = this.#groupOf(envelope.program);
    let before = this.#before;
    if (this.#peels.length > 0) {
      before = this.#innerBefore;
      this.#innerBefore = inner;
      if (line <= headLines) this.samples.head(inner);
    }
    const held = { text: inner, line, envelope, times, before, raw: text };
    if (group.sampling) {
      group.held.push(held);
      if (!isBlank(inner)) group.heldChars += inner.length + sampleChars / sampleLines;
      if (group.heldChars >= sampleChars) this.#choose(group);
      return;
    }
    this.#decode(group, held);
  }

  #groupOf(program: string): Group {
    const wanted = programName(program);
    const name = this.#groups.size < groupLimit || this.#groups.has(wanted) ? wanted : '';
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const group: Group = {
      program: name,
      active: [],
      held: [],
      first: -1,
      last: -1,
      waited: 0,
      heldChars: 0,
      sampling: true,
      patience: doubtful,
      looks: 0,
    };
    this.#groups.set(name, group);
    return group;
  }

  /** Chooses the dialect of a group from the lines held, then decodes them. */
  #choose(group: Group): void {
    const held = group.held;
    group.held = [];
    const full = held.filter((l) => !isBlank(l.text));
    if (!this.#recognise(group, held, 0)) this.#openCapture(group, full);
    group.sampling = false;
    for (const h of held) this.#decode(group, h);
    if (!isKnown(group)) group.patience = unknownWindow;
    if (this.#peels.length === 0 && group.active.length === 1 && isKnown(group) && group.active[0]?.peels.length === 0)
      this.#only = group.active[0];
  }

  /** Lines as a tool prints packets, without FTP so far: what other protocols send is noise, and FTP may come. */
  #openCapture(group: Group, lines: readonly Held[]): boolean {
    const { dialects, forced } = this.#settings;
    if (forced !== undefined || lines.length === 0 || group.active.length >= decodersPerGroup) return false;
    const sample = { texts: lines.map((l) => l.text), programs: lines.map((l) => l.envelope.program) };
    let best: Score | undefined;
    for (const dialect of dialects) {
      if (dialect.capture === undefined || group.active.some((a) => a.recognised.dialect === dialect.id)) continue;
      const score = dialect.capture(sample);
      if (score >= captureShare && score > (best?.score ?? 0)) best = { dialect, score };
    }
    if (best === undefined) return false;
    this.#open(group, best, undefined, lines[0]?.line ?? 1, [], hostOf(lines), true);
    return true;
  }

  /** Adds the decoder that fits these lines best; false if none does, or none that is new. */
  #recognise(group: Group, lines: readonly Held[], least: number): boolean {
    const { forced } = this.#settings;
    if (group.active.length >= decodersPerGroup) return false;
    const full = lines.filter((l) => !isBlank(l.text));
    if (forced !== undefined) {
      if (group.active.length > 0) return false;
      const { tail } = this.#rank(full);
      this.#open(group, { dialect: forced, score: 1 }, undefined, lines[0]?.line ?? 1, tail, hostOf(lines));
      return true;
    }
    if (full.length === 0) return false;
    const { ranking: all, texts, tail } = this.#rank(full);
    const talks = least > 0 && isTalk(texts);
    const ranking = least > 0 ? all.filter((r) => isPlain(r) || (talks && r.dialect.side === 'wire')) : all;
    const at = ranking.findIndex((r) => !group.active.some((a) => a.recognised.dialect === r.dialect.id));
    const first = ranking[at];
    if (first === undefined || first.score < least || (at > 0 && first.score < plain))
      return this.#recogniseWorn(group, full);
    const next = ranking[at + 1];
    this.#open(group, first, next, full[0]?.line ?? 1, tail, hostOf(full));
    return true;
  }

  /** Dialects of these lines, without an end that all of them have where that makes them no less of the same dialect. */
  #rank(lines: readonly Held[]): {
    readonly ranking: readonly Score[];
    readonly texts: readonly string[];
    readonly tail: readonly Wrapper[];
  } {
    const { forced } = this.#settings;
    const texts = lines.map((l) => l.text);
    const programs = lines.map((l) => l.envelope.program);
    const rank = (sample: Sample): readonly Score[] =>
      forced === undefined ? this.#rankings.of(sample) : scores([forced], sample);
    const ranking = rank({ texts, programs });
    const [before] = ranking;
    for (const tail of tailsOf(texts)) {
      if (!tail.proved && !tail.border && before !== undefined && before.score >= late) continue;
      const without = rank({ texts: tail.texts, programs });
      const [best] = without;
      if (best === undefined || !isBetterWithout(tail, best, before)) continue;
      return { ranking: without, texts: tail.texts, tail: [tail.wrapper] };
    }
    return { ranking, texts, tail: [] };
  }

  /** These lines are of another program, whose log was put into this one with its wrapper. */
  #recogniseWorn(group: Group, lines: readonly Held[]): boolean {
    if (group.sampling || group.program !== '' || (group.active.length === 0 && lines.length < 2)) return false;
    const found = this.#worn(lines.map((l) => l.text));
    if (found === undefined) return false;
    this.#open(group, found.score, undefined, lines[0]?.line ?? 1, found.wrappers, hostOf(lines));
    return true;
  }

  #open(
    group: Group,
    best: Score,
    next: Score | undefined,
    line: number,
    wrappers: readonly Wrapper[],
    host: string,
    silent = false,
  ): void {
    const options = this.#options;
    const { dialect, score } = best;
    const recognised: Mutable<Recognised> = {
      dialect: dialect.id,
      wrappers: [...this.#wrapperIds, ...wrappers.map((w) => w.id)],
      program: group.program,
      score,
      runnerUp: next?.dialect.id ?? '',
      runnerUpScore: next?.score ?? 0,
      line,
      lines: 0,
      firstUnparsed: 0,
    };
    if (!silent) this.recognised.push(recognised);
    const peels = wrappers.map((w) => w.open(options));
    const isWrapped = this.#peels.length + peels.length > 0;
    const speakerOf = (host: string): Speaker => {
      let route = (active?.silent ?? silent) ? undefined : this.#route(dialect, host);
      const emit =
        route?.emit ??
        ((event: Event): void => {
          if (route === undefined) {
            route = this.#route(dialect, host);
            if (active?.silent === true) {
              recognised.line = event.line;
              this.#speaks(group, active);
            }
          }
          route.emit(event);
        });
      const times = isWrapped ? new EnvelopeTimes(emit) : undefined;
      return {
        decoder: openHearing(dialect, options, times?.emit ?? emit, (secret) => this.#heard(secret)),
        times,
        end: () => route?.end(),
        told: () => route?.told?.() ?? 0,
      };
    };
    let active: Active | undefined;
    const speaker = speakerOf(host);
    active = { speaker, host, speakers: new Map([[host, speaker]]), speakerOf, silent, peels, recognised };
    group.active.unshift(active);
  }

  /** The first FTP in a capture. */
  #speaks(group: Group, active: Active): void {
    active.silent = false;
    this.recognised.push(active.recognised);
    if (this.#peels.length === 0 && active.peels.length === 0 && group.active.length === 1) this.#only = active;
  }

  #decode(group: Group, held: Held): void {
    const what = this.#tryAll(group, held);
    if (what === 'event') {
      this.#tally.understood++;
      if (this.#suspects.length > 0) this.#goesOn(held.text);
    } else if (what === 'noise') this.#passed(group.active[0], held.text, held.line, held.envelope, group.program);
    else if (isBlank(held.text)) this.#tally.blank++;
    else if (group.program !== '' && isOtherProgram(group.program)) this.#tally.noise++;
    else this.#doubt(group, held);
  }

  /** The decoder that understood the line before comes first. */
  #tryAll(group: Group, held: Held): Understanding {
    const { active } = group;
    for (let i = 0; i < active.length; i++) {
      const one = active[i] as Active;
      const told = active.length > 1 ? one.speaker.told() : -1;
      const what = tell(one, held);
      if (what === 'unparsed') {
        if (one.recognised.firstUnparsed === 0 && !isBlank(held.text)) one.recognised.firstUnparsed = held.line;
        continue;
      }
      one.recognised.lines++;
      // A line of another dialect, which this one takes for a part of what it reads.
      if (told >= 0 && what === 'event' && one.speaker.told() === told && mayTell(held.text))
        this.#listen(held.text, '');
      for (let n = 1; n < held.times; n++) tell(one, held);
      if (i > 0) {
        active.splice(i, 1);
        active.unshift(one);
      }
      return one.silent ? 'noise' : what;
    }
    return 'unparsed';
  }

  /**
   * A line that nobody understood: where a word of FTP stands in it, the lines from there on are looked at; others wait for
   * more of their kind, and are looked at more rarely as there are more.
   */
  #doubt(group: Group, held: Held): void {
    if (isBlank(held.text) && group.first < 0) {
      this.#tally.blank++;
      return;
    }
    const known = isKnown(group);
    if (known && isRemark(held.text)) {
      this.#tally.noise++;
      return;
    }
    this.#listen(held.text, held.before);
    this.#remark(held.text, held.line, held.envelope, held.raw ?? held.text);
    const only = this.#only;
    if (only !== undefined && only.recognised.firstUnparsed === 0 && !isBlank(held.text))
      only.recognised.firstUnparsed = held.line;
    if (this.#settings.forced === undefined && this.#triggers.isDue(held.text, held.line)) {
      if (group.first < 0) group.first = group.held.length;
      group.last = group.held.length;
    }
    // Lines that are kept for long are copied, or each would keep the text around it.
    const { text, envelope, times, before } = held;
    group.held.push(
      known
        ? { text: own(text), line: held.line, envelope, times, before: this.samples.wanted ? own(before) : '' }
        : held,
    );
    group.waited++;
    const { length } = group.held;
    if (group.first >= 0) {
      if (length - group.first >= windowLines || length - group.last > quietLines) this.#look(group);
    } else if (group.waited >= group.patience) {
      this.#settle(group);
      if (!isKnown(group) && ++group.looks < unknownLooks) return;
      group.patience = Math.min(group.patience * 2, 4096);
    } else if (!known && length >= keptUnknown) this.#unknown(group, group.held.splice(0, length - unknownWindow));
  }

  /** Looks at the lines around words of FTP; false if they are none. */
  #look(group: Group): boolean {
    const { held, first, last } = group;
    group.first = -1;
    const line = held[held.length - 1]?.line ?? 0;
    const spoken = held.slice(first, last + 1);
    const from = Math.max(0, first - context);
    const found =
      this.#recognise(group, spoken, late) ||
      (last > first && this.#recognise(group, held.slice(from), late)) ||
      this.#openCapture(group, held.slice(first));
    this.#triggers.settled(found, line);
    if (!found) return false;
    group.held = [];
    group.waited = 0;
    group.patience = doubtful;
    const before = held.slice(0, from);
    this.#listenAgain(before);
    this.#unknown(group, before);
    this.#decodeFresh(group, group.active[0], held.slice(from));
    return true;
  }

  /** Looks once more at the lines in doubt: a dialect that fits is added, what is left counts as not understood. */
  #settle(group: Group): void {
    if (group.first >= 0 && this.#look(group)) return;
    const lines = group.held;
    group.held = [];
    group.waited = 0;
    // A log that is not FTP may be long: the last lines stand for all.
    const found = isKnown(group)
      ? this.#recognise(group, lines, 0)
      : this.#recognise(group, lines.slice(-unknownWindow), late);
    this.#decodeFresh(group, found ? group.active[0] : undefined, lines);
  }

  /**
   * Lines in doubt, to the decoder that was added for them; what it does not know counts as not understood. The others have
   * said already that the lines are not theirs, and lines after them are done.
   */
  #decodeFresh(group: Group, fresh: Active | undefined, lines: readonly Held[]): void {
    if (fresh === undefined) {
      this.#unknown(group, lines);
      return;
    }
    this.#only = undefined;
    for (const held of lines) {
      const what = tell(fresh, held);
      if (what === 'unparsed') {
        this.#listenAgain([held]);
        this.#unknown(group, [held]);
        continue;
      }
      fresh.recognised.lines++;
      if (what === 'event' && !fresh.silent) this.#tally.understood++;
      else this.#noise(held.text);
    }
  }

  /** Lines that were heard before: that may be long ago, and the next line may repeat what they told. */
  #listenAgain(lines: readonly Held[]): void {
    for (const { text, before } of lines) if (mayTell(text)) this.#listen(text, before);
  }

  #unknown(group: Group, lines: readonly Held[]): void {
    for (const held of lines) {
      if (isBlank(held.text)) this.#tally.blank++;
      else if (this.recognised.length > 0 && isComment(held.text)) this.#tally.noise++;
      else if (isForeign(group)) {
        this.#foreign++;
        if (this.#foreignLines.length < keptSamples) this.#foreignLines.push(held);
      } else {
        this.#tally.unparsed++;
        this.samples.add(held.line, held.text, held.before);
      }
    }
  }
}

/** Something of the group is read. */
function isKnown(group: Group): boolean {
  return group.active.some((active) => !active.silent);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Whether lines are read better without an end that all of them have: nothing else makes sense of them, or no less of them
 * is then in the same dialect, whose lines do not end so by themselves.
 */
function isBetterWithout({ proved, border, isOf }: Tail, best: Score, before: Score | undefined): boolean {
  if (before === undefined) return proved || best.score >= late;
  if (best.dialect !== before.dialect) return (proved || border) && best.score > before.score;
  return (
    best.score > before.score ||
    (proved && best.score === before.score && (best.dialect.side === 'wire' || !isOf(best.dialect.example))) ||
    (border && best.score === before.score && !isOf(best.dialect.example))
  );
}

/** Others mark their lines; a bare conversation could be any text where nobody expects it. */
function isPlain({ dialect }: Score): boolean {
  return dialect.side !== 'wire';
}

/** Lines of which each must end in a blank before the blank is taken for the writer's habit. */
const leastPadded = 4;

function isPadded(lines: readonly Held[]): boolean {
  let n = 0;
  for (const { text } of lines) {
    if (isBlank(text)) continue;
    if (text.charCodeAt(text.length - 1) !== 32) return false;
    n++;
  }
  return n >= leastPadded;
}

function withoutBlank(text: string): string {
  return text.charCodeAt(text.length - 1) === 32 ? text.slice(0, -1) : text;
}

/** Nothing was recognised in the lines of a program whose name says nothing of FTP. */
function isForeign({ program, active }: Group): boolean {
  return program !== '' && active.length === 0 && !program.includes('ftp');
}

/** What somebody put between the lines of a log: a comment, the fence of a code block. */
function isRemark(text: string): boolean {
  return text.charCodeAt(0) === 35 || text.startsWith('```');
}

/** Gives a line to a decoder, without the wrappers that only its lines wear. */
function tell(active: Active, held: Held): Understanding {
  const { peels } = active;
  let text = held.text;
  let envelope = held.envelope;
  for (let i = 0; i < peels.length; i++) {
    const peeled = (peels[i] as Peel)(text, envelope);
    if (peeled === undefined) return 'unparsed';
    if (peeled === 'noise') return 'noise';
    if (peeled === 'part') return 'event';
    text = peeled.text;
    envelope = peeled.envelope;
  }
  if (envelope.host !== active.host && envelope.host !== '') turnTo(active, envelope.host);
  const { decoder, times } = active.speaker;
  times?.line(held.line, envelope.time);
  return decoder.line(text, held.line, envelope);
}

/** The next lines are of this host, and so are those before them if none of them named one. */
function turnTo(active: Active, host: string): void {
  const { speakers } = active;
  if (active.host === '' && speakers.size === 1) {
    active.host = own(host);
    speakers.clear();
    speakers.set(active.host, active.speaker);
    return;
  }
  const known = speakers.get(host);
  if (known !== undefined || speakers.size <= hostLimit) active.host = own(host);
  const name = active.host === host ? host : '';
  let speaker = known ?? speakers.get(name);
  if (speaker === undefined) {
    speaker = active.speakerOf(own(name));
    speakers.set(own(name), speaker);
  }
  active.speaker = speaker;
}

/** The host of the first line: mostly that of all. */
function hostOf(lines: readonly Held[]): string {
  return own(lines[0]?.envelope.host ?? '');
}

function sampleOf({ texts, envelopes }: Unwrapped): Sample {
  const full = texts.map((text, i) => ({ text, program: envelopes[i]?.program ?? '' })).filter((l) => !isBlank(l.text));
  return { texts: full.map((l) => l.text), programs: full.map((l) => l.program) };
}
