/** The reports that were asked for, each with where it goes. An output that fails is said once and does not stop the others. */
import { FileSink, type Sink, StreamSink } from '../io/sink.ts';
import type { Exchange, Remark, Session, Transfer } from '../model.ts';
import type { Report } from '../report.ts';
import { type ReportContext, type ReportWriter, usualTop } from '../reporters/reporter.ts';
import type { Observer } from '../session/observer.ts';
import { printable } from '../text.ts';
import type { Options } from './flags.ts';
import { formatOf } from './formats.ts';
import type { CliIo } from './io.ts';
import { targetOf } from './places.ts';
import { terminalWidth, wantsColor } from './terminal.ts';
import { writeError } from './write-error.ts';

interface Output {
  readonly name: string;
  /** Rows per table where nobody asks for a number. */
  readonly top: number;
  readonly writer: ReportWriter;
  readonly sink: Sink;
  failed: boolean;
}

/** All outputs of a run. */
export class Outputs {
  readonly #all: readonly Output[];
  readonly #io: CliIo;
  #unwritten: boolean;

  private constructor(all: readonly Output[], io: CliIo, unwritten: boolean) {
    this.#all = all;
    this.#io = io;
    this.#unwritten = unwritten;
  }

  /** Opens what the options ask for. An unknown format is a {@link UsageError}; a path that cannot be written is only said. */
  static async open(options: Options, io: CliIo, sources: readonly string[]): Promise<Outputs> {
    const wanted = [{ format: options.format, path: '' }, ...options.output].map(({ format, path }) => ({
      entry: formatOf(format),
      path,
    }));
    const loaded = await Promise.all(wanted.map(({ entry }) => entry.load()));
    const all: Output[] = [];
    let unwritten = false;
    for (const [i, { entry, path }] of wanted.entries()) {
      const reporter = loaded[i];
      if (reporter === undefined) continue;
      const terminal = path === '';
      const color = terminal && wantsColor(options.color, io);
      const rows = new Set(options.rows ?? entry.rows?.log);
      const context: ReportContext = { color, width: terminal ? terminalWidth(io) : 80, rows, sources };
      try {
        const sink = terminal ? new StreamSink(io.stdout) : new FileSink(path, targetOf(path));
        const name = terminal ? 'standard output' : path;
        const top = entry.top ?? usualTop;
        all.push({ name, top, writer: reporter.open(context), sink, failed: false });
      } catch (error) {
        io.stderr.write(`ftplog: ${printable(path)}: ${writeError(error)}\n`);
        unwritten = true;
      }
    }
    return new Outputs(all, io, unwritten);
  }

  /** Some output could not be written, or only in part. */
  get unwritten(): boolean {
    return this.#unwritten;
  }

  /** What stands before the first row. */
  begin(): void {
    for (const output of this.#all) this.#write(output, output.writer.begin?.() ?? '');
  }

  /** Rows go out as things complete, to the outputs that want them; who wants none is not asked. */
  observer(): Partial<Observer> {
    const observer: { -readonly [K in keyof Observer]?: Observer[K] } = {};
    for (const output of this.#all) {
      const { writer } = output;
      const { exchange, transfer, remark, session } = observer;
      if (writer.exchange !== undefined) {
        observer.exchange = (x: Exchange, corroborates?: string): void => {
          exchange?.(x, corroborates);
          this.#write(output, writer.exchange?.(x, corroborates) ?? '');
        };
      }
      if (writer.transfer !== undefined) {
        observer.transfer = (t: Transfer, corroborates?: string): void => {
          transfer?.(t, corroborates);
          this.#write(output, writer.transfer?.(t, corroborates) ?? '');
        };
      }
      if (writer.remark !== undefined) {
        observer.remark = (r: Remark): void => {
          remark?.(r);
          this.#write(output, writer.remark?.(r) ?? '');
        };
      }
      if (writer.session !== undefined) {
        observer.session = (s: Session): void => {
          session?.(s);
          this.#write(output, writer.session?.(s) ?? '');
        };
      }
    }
    return observer;
  }

  /** Resolves when all readers have caught up; undefined if they have. */
  pause(): Promise<void> | undefined {
    const waits = this.#all.map((o) => o.sink.pause()).filter((wait) => wait !== undefined);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  /** Writes the reports and closes. `top`: rows per table that were asked for; `reportOf(top)` gives the report with so many. */
  async end(top: number | undefined, reportOf: (top: number) => Report): Promise<void> {
    for (const output of this.#all) {
      try {
        for (const piece of await output.writer.end(reportOf(top ?? output.top))) {
          this.#write(output, piece);
          const held = output.sink.pause();
          if (held !== undefined) await held;
        }
        await output.sink.close(!output.failed);
      } catch (error) {
        this.#fail(output, error);
      }
    }
  }

  #write(output: Output, text: string): void {
    if (output.failed || text === '') return;
    try {
      output.sink.write(text);
    } catch (error) {
      this.#fail(output, error);
    }
  }

  #fail(output: Output, error: unknown): void {
    const reason = writeError(error);
    output.failed = true;
    this.#unwritten = true;
    this.#io.stderr.write(`ftplog: ${printable(output.name)}: ${reason}\n`);
  }
}
