/** Concludes the layout of an ExtendedLog from some of its lines: what each column holds shows in its values. */
import { isVerb } from '../../../protocol/commands.ts';
import { type Cell, type Cut, cutAt, cutNames, cutWords, modeOf, namesOf, separatorOf } from './extended-cells.ts';
import { type FieldRole, Layout } from './extended-layout.ts';

const codeText = /^(?:[1-6]\d\d|-)$/;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/;
const hostName = /^(?:localhost|[\w-]+(?:\.[\w-]+)+)$/;
/** A user name or `-`; ident's UNKNOWN and numbers are none. */
const userText = /^(?!UNKNOWN$|[\d.]+$)[\w.@\\+-]+$/;
const number = /^(?:\d+|-)$/;

/** What names mean in `name=value` and JSON. */
const meanings: readonly (readonly [RegExp, FieldRole])[] = [
  [/^(?:pid|proc|process|process_?id)$/, 'pid'],
  [/^(?:session|sid|session_?id|unique_?id|uuid|conn(?:ection)?(?:_?id)?)$/, 'key'],
  [
    /^(?:client|client_?ip|c_?ip|ip|src|src_?ip|source_?ip|remote|remote_?ip|remote_?addr|remote_?host|peer|addr|address|host|rhost|from)$/,
    'peer',
  ],
  [/^(?:port|remote_?port|src_?port|client_?port|c_?port)$/, 'port'],
  [/^(?:user|user_?name|login|account)$/, 'user'],
  [/^(?:orig|orig_?user|original_?user|given|given_?user|ruser)$/, 'givenUser'],
  [/^(?:cmd|command|verb|method|m)$/, 'verb'],
  [/^(?:req|request|raw|full_?command|cmdline|command_?line|r)$/, 'request'],
  [/^(?:arg|args|argument|arguments|param|params|parameters)$/, 'argument'],
  [/^(?:code|status|reply_?code|response_?code|resp_?code|rc|s|reply|resp|response|result)$/, 'code'],
  [/^(?:msg|message|text|reply_?text|response_?text|response_?msg|resp_?msg|reply_?msg|reply|resp|response)$/, 'text'],
  [/^(?:bytes|size|b|length|transferred|bytes_?sent)$/, 'bytes'],
  [/^(?:ms|response_?ms|resp_?ms|response_?time|rtime)$/, 'ms'],
  [/^(?:secs|seconds|duration|transfer_?time|xfer_?time|time_?taken|elapsed)$/, 'seconds'],
  [/^(?:path|file|filename|file_?name|fullpath|full_?path|f)$/, 'path'],
  [/^(?:proto|protocol)$/, 'protocol'],
];

/** Longer lines are somebody's attempt at something, and no model. */
const longest = 4096;

interface Columns {
  readonly cuts: readonly Cut[];
  readonly values: readonly (readonly string[])[];
  readonly cells: readonly Cell[];
}

/** The layout most of these lines are written in; undefined if they hold no commands of FTP. */
export function inferLayout(all: readonly string[]): Layout | undefined {
  const lines = all.filter((line) => line.length <= longest);
  if (lines.length === 0) return undefined;
  const cuts = cutAll(lines);
  const whole = layoutOf(cuts, -1);
  const kept = parted(cuts) ? -1 : keptColumns(cuts);
  const open = kept < 0 ? undefined : layoutOf(cuts, kept);
  if (lines.length === 1 && open !== undefined && /[A-Za-z]{2}$/.test(cuts[0]?.cells.at(-1)?.value ?? '')) return open;
  return open !== undefined && matches(open, lines) > (whole === undefined ? 0 : matches(whole, lines)) ? open : whole;
}

function matches(layout: Layout, lines: readonly string[]): number {
  return lines.filter((line) => layout.match(line)).length;
}

function layoutOf(cuts: readonly Cut[], kept: number): Layout | undefined {
  const shape = modeOf(cuts.map((cut) => shapeOf(cut, kept)));
  const alike = cuts.filter((cut) => shapeOf(cut, kept) === shape);
  const model = alike[0];
  if (model === undefined) return undefined;
  const width = kept < 0 ? model.cells.length : codeColumn(model.cells) + 1 + kept;
  const cells = model.cells.slice(0, width);
  const columns: Columns = {
    cuts: alike,
    cells,
    values: cells.map((_, i) => alike.map((cut) => cut.cells[i]?.value ?? '')),
  };
  const roles = rolesOf(columns);
  if (!roles.includes('request') && !roles.includes('verb')) return undefined;
  const literals = cells.map((cell) => cell.before);
  if (kept < 0) return new Layout({ literals: [...literals, model.after], roles });
  const quote = model.cells[width - 1]?.kind === 'quoted' ? '" ' : ' ';
  return new Layout({
    literals: [...literals, quote, ''],
    roles: [...roles, roles.includes('text') ? 'free' : 'text'],
  });
}

function cutAll(lines: readonly string[]): readonly Cut[] {
  const names = commonNames(lines);
  if (names.length >= 3) return lines.map((line) => cutNames(line, names)).filter((cut) => cut !== undefined);
  const mark = separatorOf(lines);
  return lines.map((line) => (mark === '' ? cutWords(line) : cutAt(line, mark)));
}

/** Columns parted by a mark, the same number on nearly all lines: nothing is free. */
function parted(cuts: readonly Cut[]): boolean {
  const mark = cuts[0]?.cells[1]?.before.replaceAll('"', '') ?? '';
  if (mark.length !== 1 || !',;|\t'.includes(mark)) return false;
  const most = modeOf(cuts.map((cut) => String(cut.cells.length)));
  return cuts.filter((cut) => String(cut.cells.length) === most).length >= cuts.length * 0.9;
}

/** The names that nearly all lines have, in their order. A client may have written more of them into an argument. */
function commonNames(lines: readonly string[]): readonly string[] {
  const all = lines.map(namesOf);
  const shape = modeOf(all.map((names) => names.join(' ')));
  return shape === '' ? [] : shape.split(' ');
}

/** Index of the code: the first column of a code behind the command. */
function codeColumn(cells: readonly Cell[]): number {
  const command = cells.findIndex((cell) => isRequest(cell.value));
  return cells.findIndex((cell, i) => i > command && command >= 0 && codeText.test(cell.value));
}

/**
 * How many columns behind the code are alike, where the lines end in text without quotes (a reply, a directory); -1 where
 * they do not.
 */
function keptColumns(cuts: readonly Cut[]): number {
  const tails: (readonly Cell[])[] = [];
  for (const cut of cuts) {
    const code = codeColumn(cut.cells);
    if (cut.cells.some((cell) => cell.name !== '')) return -1;
    if (code >= 0) tails.push([...cut.cells.slice(code + 1), { before: cut.after, value: '', kind: 'tail', name: '' }]);
  }
  if (tails.length === 0) return -1;
  const nearly = tails.length * 0.75;
  for (let i = 0; ; i++) {
    const column = tails.map((tail) => tail[i]);
    const form = modeOf(column.map((cell) => `${cell?.kind} ${cell?.before}`));
    const alike = column.filter((cell) => `${cell?.kind} ${cell?.before}` === form);
    const kind = alike[0]?.kind;
    if (alike.length >= nearly) {
      // A few lines with more at the end: a reason or a directory, mostly empty.
      if (kind === 'tail') return alike.length === tails.length ? -1 : i;
      if (
        kind === 'quoted' ||
        alike.filter((cell) => isNumeral(cell?.value ?? '') || isRequest(cell?.value ?? '')).length >= nearly
      )
        continue;
    }
    return i;
  }
}

function isNumeral(value: string): boolean {
  return value === '-' || /^\d+(?:\.\d+)?$/.test(value);
}

function shapeOf(cut: Cut, kept: number): string {
  const end = kept < 0 ? cut.cells.length : codeColumn(cut.cells) + 1 + kept;
  return `${cut.cells
    .slice(0, end)
    .map((cell) => `${cell.before}${cell.kind === 'quoted' ? 'q' : cell.kind === 'word' ? 'w' : 't'}`)
    .join('')}${kept < 0 ? cut.after : ''}`;
}

/** The command of a value without its argument: `OPTS_UTF8` is ProFTPD's own name for one form of OPTS. */
export function commandOfValue(value: string): string {
  const word = (value.split(' ', 1)[0] ?? '').toUpperCase();
  return word.startsWith('OPTS_') ? 'OPTS' : word;
}

/** ProFTPD writes verbs in capitals; `Host` and `Site` are words of a server's name. */
function isRequest(value: string): boolean {
  const word = commandOfValue(value);
  return (
    isVerb(word) &&
    value.startsWith(word) &&
    !/ HTTP\/\d/.test(value) &&
    !/^(?:GET|PUT|HEAD|POST|OPTIONS|PATCH) /.test(value)
  );
}

/** A command or none, and no reply that begins with its command. */
function isAsked(value: string): boolean {
  return value === '-' || value === '' || (isRequest(value) && !value.includes(' command '));
}

function rolesOf({ cells, values }: Columns): readonly FieldRole[] {
  const roles: FieldRole[] = cells.map((cell) => (cell.kind === 'quoted' || cell.name !== '' ? 'free' : 'skip'));
  const taken = new Set<FieldRole>();
  const give = (i: number, role: FieldRole): void => {
    if (i < 0 || taken.has(role) || roles[i] === 'request') return;
    roles[i] = role;
    taken.add(role);
  };
  const open = (i: number): boolean => roles[i] === 'skip' || roles[i] === 'free';
  const find = (test: (column: readonly string[], i: number) => boolean): number =>
    values.findIndex((column, i) => open(i) && test(column, i));

  cells.forEach((cell, i) => {
    if (cell.kind === 'clf' || cell.kind === 'iso') give(i, cell.kind);
  });
  const [whole = -1, part = -1] = requestColumns(cells, values);
  give(whole, 'request');
  give(part, 'verb');
  named(cells, values, give);
  if (!taken.has('request') && !taken.has('verb')) {
    const asked = find((column) => most(column, isRequest));
    if (asked < 0) return roles;
    give(
      asked,
      (cells[asked]?.kind === 'quoted' && !most(values[asked] ?? [], (v) => v === '-')) ||
        (values[asked] ?? []).some((v) => v.includes(' ') && !v.startsWith('SITE '))
        ? 'request'
        : 'verb',
    );
  }
  const command = roles.includes('request') ? roles.indexOf('request') : roles.indexOf('verb');
  positional(cells, values, command, give, find);
  if (!taken.has('user')) give(userColumn(roles, values, command), 'user');
  return roles;
}

/**
 * Of several columns that hold commands (`%m` and `%r`) the one that contains the others, and another of them; nothing where
 * there is one at most. A reply may begin with its command too: `DELE command successful`.
 */
function requestColumns(cells: readonly Cell[], values: readonly (readonly string[])[]): readonly number[] {
  const code = values.findIndex((column) => column.every((v) => codeText.test(v)) && column.some((v) => v !== '-'));
  const asked = values.flatMap((column, i) => {
    const name = cells[i]?.name ?? '';
    const isReply = name === '' ? code >= 0 && i > code && !column.every(isAsked) : meaningOf(name) === 'text';
    return !isReply && most(column, isRequest) ? [i] : [];
  });
  const within = (inner: number, outer: number): boolean =>
    most(values[inner] ?? [], (_, k) => {
      const value = values[inner]?.[k] ?? '';
      const whole = values[outer]?.[k] ?? '';
      return whole === value || whole.startsWith(`${value} `);
    });
  const longest = asked.find((outer) => asked.every((inner) => within(inner, outer)));
  if (asked.length < 2 || longest === undefined || !(values[longest] ?? []).some((v) => v.includes(' '))) return [];
  return [longest, ...asked.filter((i) => i !== longest)];
}

type Give = (i: number, role: FieldRole) => void;
type Find = (test: (column: readonly string[], i: number) => boolean) => number;

function named(cells: readonly Cell[], values: readonly (readonly string[])[], give: Give): void {
  cells.forEach((cell, i) => {
    if (cell.name === '') return;
    const column = values[i] ?? [];
    for (const [name, role] of meanings)
      if (name.test(plainName(cell.name)) && agrees(role, column)) {
        give(i, role);
        return;
      }
  });
}

function plainName(name: string): string {
  return name.replace(/[-.@]/g, '_');
}

/** What a name means, whatever its column holds. */
function meaningOf(name: string): FieldRole {
  return meanings.find(([pattern]) => pattern.test(plainName(name)))?.[1] ?? 'free';
}

function agrees(role: FieldRole, column: readonly string[]): boolean {
  if (role === 'code') return column.every((v) => codeText.test(v));
  if (role === 'pid' || role === 'port' || role === 'bytes' || role === 'ms')
    return column.every((v) => number.test(v) || v === '');
  if (role === 'seconds') return column.every((v) => /^(?:\d+(?:\.\d+)?|-|)$/.test(v));
  if (role === 'verb') return most(column, isRequest);
  if (role === 'peer') return column.every((v) => address.test(v) || hostName.test(v) || v === '-' || v === 'UNKNOWN');
  return true;
}

function positional(
  cells: readonly Cell[],
  values: readonly (readonly string[])[],
  command: number,
  give: Give,
  find: Find,
): void {
  give(
    find((column, i) => i > command && all(column, codeText) && column.some((v) => v !== '-')),
    'code',
  );
  const epoch = find((column) => all(column, /^1\d{9}$/));
  give(epoch, 'epoch');
  if (epoch >= 0)
    give(
      find((column, i) => i === epoch + 1 && all(column, /^\d{1,3}$/)),
      'millis',
    );
  give(
    find((column) => all(column, /^1\d{12}$/)),
    'epochMs',
  );
  // The server's own address stays the same.
  const varied = find((column) => all(column, address) && column.some((v) => v !== column[0]));
  const peer = varied >= 0 ? varied : find((column) => all(column, address));
  give(
    peer >= 0 ? peer : find((column, i) => i < command && column.every((v) => address.test(v) || hostName.test(v))),
    'peer',
  );
  if (peer >= 0)
    give(
      find((column, i) => i === peer + 1 && cells[i]?.before === ':' && all(column, /^\d{1,5}$/)),
      'port',
    );
  give(
    find((column) => all(column, /^(?:ftps?|sftp|scp|ssh2)$/)),
    'protocol',
  );
  const bracketed = find((column, i) => (cells[i]?.before ?? '').endsWith('[') && all(column, /^\d{1,10}$/));
  give(
    bracketed >= 0
      ? bracketed
      : find(
          (column, i) => i < command && cells[i]?.name === '' && cells[i]?.before !== ':' && all(column, /^\d{2,10}$/),
        ),
    'pid',
  );
  give(
    find(
      (column, i) =>
        i < command && column.every((v) => /^[\w@/+.-]{22,40}$/.test(v) && /\d/.test(v) && /[A-Za-z]/.test(v)),
    ),
    'key',
  );
  if (cells.some((cell) => cell.name !== '')) return;
  give(
    find((column, i) => i > command && all(column, number)),
    'bytes',
  );
  give(
    find((column) => all(column, /^(?:\d+\.\d{3}|-)$/) && column.some((v) => v !== '-')),
    'seconds',
  );
  give(
    find((column, i) => i > command && column.every((v) => v === '-' || v === '' || v.startsWith('/'))),
    'path',
  );
  give(
    find((_, i) => i === command + 1 && cells[command]?.kind === 'word'),
    'argument',
  );
  const asked = values[command] ?? [];
  give(
    find(
      (column, i) =>
        i > command &&
        cells[i]?.kind === 'quoted' &&
        most(column, (v) => v.includes(' ')) &&
        column.some((v, k) => !(asked[k] ?? '').endsWith(v)),
    ),
    'text',
  );
}

/** The user: `-` when USER is given, what USER gave once PASS was accepted. */
function userColumn(roles: readonly FieldRole[], values: readonly (readonly string[])[], command: number): number {
  const asked = values[command] ?? [];
  let best = -1;
  let most = 0;
  roles.forEach((role, i) => {
    if (role !== 'skip' || i > command) return;
    const points = pointsAsUser(values[i] ?? [], asked);
    if (points <= most) return;
    best = i;
    most = points;
  });
  if (best >= 0) return best;
  // Nobody logs in in these lines: the first word behind the client that may be a name.
  return roles.findIndex(
    (role, i) =>
      role === 'skip' &&
      i > roles.indexOf('peer') &&
      i < command &&
      (values[i] ?? []).every((v) => userText.test(v)) &&
      (values[i] ?? []).some((v) => v !== '-'),
  );
}

function pointsAsUser(column: readonly string[], asked: readonly string[]): number {
  let given = '';
  let points = 0;
  let named = 0;
  column.forEach((value, i) => {
    const request = asked[i] ?? '';
    const verb = commandOfValue(request);
    if (verb === 'USER') given = request.slice(5);
    if (!userText.test(value)) points -= 2;
    else if (value === '-') points += verb === 'USER' ? 2 : 0;
    else {
      named++;
      points += given !== '' && value === given ? 2 : verb === 'USER' && given !== '' ? -2 : 0;
    }
  });
  return named > 0 || points > 0 ? points : 0;
}

function all(column: readonly string[], test: RegExp): boolean {
  return column.every((v) => test.test(v));
}

function most(column: readonly string[], test: (value: string, row: number) => boolean): boolean {
  return column.filter(test).length > column.length / 2;
}
