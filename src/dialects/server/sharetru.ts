/**
 * Sharetru, formerly FTP Today: the site's log as CSV (its help: date in EST, protocol, process, port, client, user,
 * command; what stands behind them is taken by its name in the head). The process is the connection. Lines of SFTP and
 * of the web are no FTP.
 *
 *   03/10/2026 02:02:11 PM EST,FTPS,4711,21,192.0.2.7,alice,STOR,/in/a b.csv
 */

import { cells } from '../../decoding/columns.ts';
import { share } from '../../decoding/detect.ts';
import { commandEvent, exchangeEvent, type Origin, verbOf } from '../../decoding/event.ts';
import { LocaleClock } from '../../decoding/locale-clock.ts';
import type { Decoder, DecoderOptions, Dialect, EventSink, Understanding } from '../../model.ts';
import { commandOf } from '../../protocol/commands.ts';
import { digits, isDigit } from '../../text.ts';

interface Columns {
  readonly date: number;
  readonly protocol: number;
  readonly process: number;
  readonly client: number;
  readonly user: number;
  readonly command: number;
  /** -1 for what the log does not have. */
  readonly arg: number;
  readonly code: number;
  readonly size: number;
}

/** In the order of the help, where a head is missing: what follows the command is its argument. */
const documented: Columns = {
  ...{ date: 0, protocol: 1, process: 2, client: 4, user: 5, command: 6 },
  ...{ arg: 7, code: -1, size: -1 },
};

const comma = 44;
const quote = 34;
/** Minutes east of UTC. */
const easternStandard = -300;
const easternDaylight = -240;

/** The columns of a head; undefined for any other row. */
function columnsOf(names: readonly string[]): Columns | undefined {
  const words = names.map((name) => name.trim().toLowerCase().replace(/[ _]+/g, ' '));
  const of = (...wanted: readonly string[]): number => words.findIndex((word) => wanted.includes(word));
  const date = of('date', 'date/time', 'timestamp');
  const command = of('command');
  const process = of('process', 'process id', 'pid');
  if (date < 0 || command < 0 || process < 0) return undefined;
  return {
    ...{ date, command, process },
    protocol: of('protocol'),
    client: of('ip address', 'ip', 'client ip', 'client'),
    user: of('user', 'username', 'user name'),
    arg: of('arguments', 'argument', 'parameters', 'parameter', 'path', 'file', 'filename', 'file name', 'details'),
    code: of('response', 'response code', 'reply', 'reply code', 'result', 'result code', 'code', 'status'),
    size: of('bytes', 'size', 'file size', 'bytes transferred'),
  };
}

function open(options: DecoderOptions, emit: EventSink): Decoder {
  let offset = easternStandard;
  const clock = new LocaleClock({ ...options, offsetAt: () => offset }, emit, 'mdy', true);
  let columns = documented;
  return {
    line(text: string, line: number): Understanding {
      const values = cells(text, comma, quote);
      const head = isDigit(text, 0) || isDigit(text, 1) ? undefined : columnsOf(values);
      if (head !== undefined) {
        columns = head;
        return 'noise';
      }
      const value = (column: number): string => values[column] ?? '';
      const date = value(columns.date);
      offset = date.endsWith('EDT') ? easternDaylight : easternStandard;
      if (values.length < 7 || clock.read(date, 0) < 0) return 'unparsed';
      const word = value(columns.command);
      if (!isFtp(value(columns.protocol)) || commandOf(word.toUpperCase()) === undefined) return 'noise';
      const peer = value(columns.client);
      const at: Origin = { line, time: clock.time, session: value(columns.process), peer, user: value(columns.user) };
      const code = digits(value(columns.code), 0, 3);
      const arg = value(columns.arg);
      if (code < 100) clock.sink(commandEvent(at, arg === '' ? word : `${word} ${arg}`));
      else {
        const size = digits(value(columns.size), 0, value(columns.size).length);
        clock.sink(exchangeEvent(at, verbOf(word), arg, code, { size }));
      }
      return 'event';
    },
    end: () => clock.end(),
  };
}

function isFtp(protocol: string): boolean {
  return protocol === '' || protocol.startsWith('FTP') || protocol.startsWith('ftp');
}

const row = /^"?\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d [AP]M( E[SD]T)?"?,"?(HTTPS|SFTP|SSH2|FTPE?S?)"?,"?\d+"?,"?\d+"?,/i;

export const sharetru: Dialect = {
  id: 'sharetru',
  title: 'Sharetru (FTP Today), log as CSV',
  evidence: 'documented',
  side: 'server',
  identity: 'key',
  example: '03/10/2026 02:02:11 PM EST,FTPS,4711,21,192.0.2.7,alice,STOR,/in/a b.csv',
  marks: [' AM', ' PM', ' am', ' pm', ' Am', ' Pm', ' aM', ' pM'],
  detect: (sample) => share(sample, (text) => row.test(text)),
  open,
};
