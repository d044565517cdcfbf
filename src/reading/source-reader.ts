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
import { overheard } from '../protocol/secrets.ts';
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
import { Samples } from './samples.ts';
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

/** Where a decoder's events go. */
export type Route = (dialect: Dialect) => { readonly emit: (event: Event) => void; readonly end: () => void };

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
}

interface Active {
  readonly decoder: Decoder;
  /** Wrappers that its lines alone wear. */
  readonly peels: readonly Peel[];
  /** What stands around its lines may show times; absent where nothing does. */
  readonly times: EnvelopeTimes | undefined;
  readonly recognised: Recognised;
  readonly end: () => void;
}

interface Group {
  readonly program: string;
  readonly active: Active[];
  /** Lines held until the dialect is chosen; then those in doubt. */
  held: Held[];
  heldChars: number;
  sampling: boolean;
  /** Lines in doubt at which to look again; doubles after each vain look. */
  patience: number;
  /** Vain looks at lines of which nothing was ever recognised. */
  looks: number;
}

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
  readonly #groups = new Map<string, Group>();
  #first: Held[] = [];
  #firstChars = 0;
  #layered = false;
  /** The line before the current one. */
  #before = '';
  #peels: Peel[] = [];
  #wrapperIds: readonly string[] = [];
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
  ) {
    this.#overhear = overhear;
    this.#settings = settings;
    this.#options = settings.options;
    this.#rankings = new Rankings(settings.dialects);
    this.#tally = tally;
    this.#route = route;
  }

  /** Takes the next line, without its end. `line` counts from 1. */
  line(text: string, line: number): void {
    this.#tally.lines++;
    const only = this.#only;
    if (only !== undefined) {
      const what = only.decoder.line(text, line, bare);
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

  /** No more lines: decide with what there is, and let the decoders finish. */
  end(): void {
    if (!this.#layered) this.#layer();
    for (const group of this.#groups.values()) if (group.sampling) this.#choose(group);
    if (this.#suspects.length > 0) this.#settleSuspects();
    for (const group of this.#groups.values()) {
      this.#settle(group);
      for (const active of group.active) {
        active.decoder.end?.();
        active.end();
      }
    }
  }

  /** A decoder knows the line and it means nothing; among data, it may be of another program. */
  #passed(active: Active | undefined, text: string, line: number, envelope: Envelope, program: string): void {
    if (active?.decoder.inData?.() !== true || !isForeignTurn(text)) {
      this.#noise(text);
      return;
    }
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
      this.#decodeFresh(group.active[0], lines);
    else this.#tally.noise += lines.length;
  }

  #noise(text: string): void {
    if (isBlank(text)) this.#tally.blank++;
    else {
      this.#tally.noise++;
      if (text.includes('PASS ') || text.includes('SITE ') || text.includes('USER ')) this.#listen(text, '');
    }
  }

  /** A line that is no command to its decoder may show a password all the same, and a reply may repeat it. */
  #listen(text: string, before: string): void {
    const secret = overheard(text, before);
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
    const lines = this.#first;
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
      const timid = chosen.some((w) => w.timid === true && !layer.wrappers.includes(w));
      if (best >= 0 && (score < best || (score === best && !timid) || score < clear)) continue;
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
    const held = { text: inner, line, envelope, times, before: this.#before };
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
    this.#recognise(group, held, 0);
    group.sampling = false;
    for (const h of held) this.#decode(group, h);
    if (group.active.length === 0) group.patience = unknownWindow;
    if (this.#peels.length === 0 && group.active.length === 1) this.#only = group.active[0];
  }

  /** Adds the decoder that fits these lines best; false if none does, or none that is new. */
  #recognise(group: Group, lines: readonly Held[], least: number): boolean {
    const { forced } = this.#settings;
    if (group.active.length >= decodersPerGroup) return false;
    if (forced !== undefined) {
      if (group.active.length > 0) return false;
      this.#open(group, { dialect: forced, score: 1 }, undefined, lines[0]?.line ?? 1, []);
      return true;
    }
    const full = lines.filter((l) => !isBlank(l.text));
    if (full.length === 0) return false;
    const sample = { texts: full.map((l) => l.text), programs: full.map((l) => l.envelope.program) };
    const all = this.#rankings.of(sample);
    const ranking = least > 0 ? all.filter(isPlain) : all;
    const at = ranking.findIndex((r) => !group.active.some((a) => a.recognised.dialect === r.dialect.id));
    const first = ranking[at];
    if (first === undefined || first.score < least || (at > 0 && first.score < plain))
      return this.#recogniseWorn(group, full);
    const next = ranking[at + 1];
    this.#open(group, first, next, full[0]?.line ?? 1, []);
    return true;
  }

  /** These lines are of another program, whose log was put into this one with its wrapper. */
  #recogniseWorn(group: Group, lines: readonly Held[]): boolean {
    if (group.sampling || group.program !== '' || (group.active.length === 0 && lines.length < 2)) return false;
    const found = this.#worn(lines.map((l) => l.text));
    if (found === undefined) return false;
    this.#open(group, found.score, undefined, lines[0]?.line ?? 1, found.wrappers);
    return true;
  }

  #open(group: Group, best: Score, next: Score | undefined, line: number, wrappers: readonly Wrapper[]): void {
    const options = this.#options;
    const { dialect, score } = best;
    const route = this.#route(dialect);
    const recognised: Recognised = {
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
    this.recognised.push(recognised);
    const peels = wrappers.map((w) => w.open(options));
    const times = this.#peels.length + peels.length > 0 ? new EnvelopeTimes(route.emit) : undefined;
    const decoder = dialect.open(options, times?.emit ?? route.emit);
    group.active.unshift({ decoder, peels, times, recognised, end: route.end });
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
      const what = tell(one, held);
      if (what === 'unparsed') {
        if (one.recognised.firstUnparsed === 0 && !isBlank(held.text)) one.recognised.firstUnparsed = held.line;
        continue;
      }
      one.recognised.lines++;
      for (let n = 1; n < held.times; n++) tell(one, held);
      if (i > 0) {
        active.splice(i, 1);
        active.unshift(one);
      }
      return what;
    }
    return 'unparsed';
  }

  /** A line that nobody understood: wait for more of its kind, then look whether another dialect begins here. */
  #doubt(group: Group, held: Held): void {
    if (isBlank(held.text)) {
      this.#tally.blank++;
      return;
    }
    if (group.active.length > 0 && isRemark(held.text)) {
      this.#tally.noise++;
      return;
    }
    this.#listen(held.text, held.before);
    const only = this.#only;
    if (only !== undefined && only.recognised.firstUnparsed === 0) only.recognised.firstUnparsed = held.line;
    const { text, line, envelope, times, before } = held;
    group.held.push({ text: own(text), line, envelope, times, before: this.samples.wanted ? own(before) : '' });
    if (group.held.length < group.patience) return;
    this.#settle(group);
    if (group.active.length === 0 && ++group.looks < unknownLooks) return;
    group.patience = Math.min(group.patience * 2, 4096);
  }

  /** Looks once more at the lines in doubt: a dialect that fits is added, what is left counts as not understood. */
  #settle(group: Group): void {
    const lines = group.held;
    group.held = [];
    // A log that is not FTP may be long: the last lines stand for all.
    const found =
      group.active.length > 0
        ? this.#recognise(group, lines, 0)
        : this.#recognise(group, lines.slice(-unknownWindow), late);
    this.#decodeFresh(found ? group.active[0] : undefined, lines);
  }

  /** Lines in doubt, to the decoder that was added for them; what it does not know counts as not understood. */
  #decodeFresh(fresh: Active | undefined, lines: readonly Held[]): void {
    if (fresh !== undefined) this.#only = undefined;
    for (const held of lines) {
      // Only the new one: the others have said already that the line is not theirs, and lines after it are done.
      const what = fresh === undefined ? 'unparsed' : tell(fresh, held);
      if (fresh !== undefined && what !== 'unparsed') fresh.recognised.lines++;
      if (what === 'event') this.#tally.understood++;
      else if (what === 'noise' || (this.recognised.length > 0 && isComment(held.text))) this.#noise(held.text);
      else {
        this.#tally.unparsed++;
        this.samples.add(held.line, held.text, held.before);
      }
    }
  }
}

/** Clients and servers mark their lines; a bare conversation, or columns, could be any text where nobody expects them. */
function isPlain({ dialect }: Score): boolean {
  return dialect.side !== 'wire' && dialect.side !== 'sensor';
}

/** What somebody put between the lines of a log: a comment, the fence of a code block. */
function isRemark(text: string): boolean {
  return text.charCodeAt(0) === 35 || text.startsWith('```');
}

/** Gives a line to a decoder, without the wrappers that only its lines wear. */
function tell({ decoder, peels, times }: Active, held: Held): Understanding {
  if (peels.length === 0) {
    times?.line(held.line, held.envelope.time);
    return decoder.line(held.text, held.line, held.envelope);
  }
  let text = held.text;
  let envelope = held.envelope;
  for (const peel of peels) {
    const peeled = peel(text, envelope);
    if (peeled === undefined) return 'unparsed';
    if (peeled === 'noise') return 'noise';
    if (peeled === 'part') return 'event';
    text = peeled.text;
    envelope = peeled.envelope;
  }
  times?.line(held.line, envelope.time);
  return decoder.line(text, held.line, envelope);
}

function sampleOf({ texts, envelopes }: Unwrapped): Sample {
  const full = texts.map((text, i) => ({ text, program: envelopes[i]?.program ?? '' })).filter((l) => !isBlank(l.text));
  return { texts: full.map((l) => l.text), programs: full.map((l) => l.program) };
}
