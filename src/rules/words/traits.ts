/** One pass over an argument, shared by all rules that look for odd characters: which kinds of them it holds. */

export const traits = {
  /** Below 0x20 other than a tab, or 0x7f. */
  control: 1,
  percent: 2,
  /** `$`, back-tick, `|`, `;`, `&`, `(`. */
  shell: 4,
  /** Two dots in a row, or a backslash, or a percent sign: a traversal is possible. */
  climb: 8,
  /** 0xff, or U+FFFD where it was not decoded. */
  high: 16,
  /** Blank together with a colon, bracket or quote elsewhere: a record of a log is possible. */
  record: 32,
  backslash: 64,
  hash: 128,
  /** `*`, `?`, `{`. */
  wild: 256,
  blank: 512,
  /** What may end a name that a query holds: a quote, `;`, `#`, `)`, `--` or the beginning of a comment. */
  query: 1024,
  /** The last component begins as what a scanner makes, or the whole is a name that one logs in with. */
  scanner: 2048,
} as const;

/** The character means more beside another, or a component begins behind it. */
const inContext = 4096;

const meanings: readonly (readonly [characters: string, bits: number])[] = [
  ['$`|;&(', traits.shell],
  [' ', traits.blank],
  ['%', traits.percent | traits.climb],
  ['\\', traits.backslash | traits.climb],
  ['#', traits.hash],
  ['*?{', traits.wild],
  [':["', traits.record],
  ['\'"`;#)', traits.query],
  ['.-*/', inContext],
];

/** What each ASCII character may mean. */
const table: Uint16Array = tableOf();

function tableOf(): Uint16Array {
  const bitsOf = new Uint16Array(128);
  for (let c = 0; c < 32; c++) if (c !== 9) bitsOf[c] = traits.control;
  bitsOf[127] = traits.control;
  for (const [characters, bits] of meanings)
    for (const c of characters) bitsOf[c.charCodeAt(0)] = (bitsOf[c.charCodeAt(0)] ?? 0) | bits;
  return bitsOf;
}

/** Bit set of {@link traits}. */
export function traitsOf(arg: string): number {
  let bits = 0;
  /** Where the last component begins. */
  let start = 0;
  for (let i = 0; i < arg.length; i++) {
    const c = arg.charCodeAt(i);
    if (c > 127) {
      if (c === 255 || c === 0xfffd) bits |= traits.high;
      continue;
    }
    const kinds = table[c] as number;
    if (kinds === 0) continue;
    bits |= kinds;
    if ((kinds & inContext) === 0) continue;
    if (c === 47) start = i + 1;
    else if (c === 42) {
      if (i > 0 && arg.charCodeAt(i - 1) === 47) bits |= traits.query;
    } else if (i > 0 && arg.charCodeAt(i - 1) === c) bits |= c === 46 ? traits.climb : traits.query;
  }
  bits &= ~inContext;
  return isScanners(arg, start) ? bits | traits.scanner : bits;
}

/** `nessus1234`, `/pub/OpenVAS-test`; OpenVAS also logs in as `opie`. */
function isScanners(arg: string, start: number): boolean {
  if (start >= arg.length) return false;
  const first = arg.charCodeAt(start) | 32;
  if (first === 110) return arg.slice(start, start + 6).toLowerCase() === 'nessus';
  return first === 111 && (arg === 'opie' || arg.slice(start, start + 7).toLowerCase() === 'openvas');
}

/** Verbs whose argument is free text: a name, a path, a pattern. Others are too short or too strict to carry anything. */
export const textVerbs: readonly string[] = [
  ...[
    'USER',
    'ACCT',
    'CWD',
    'XCWD',
    'SMNT',
    'RETR',
    'STOR',
    'APPE',
    'DELE',
    'MKD',
    'XMKD',
    'RMD',
    'XRMD',
    'RNFR',
    'RNTO',
    'LIST',
    'NLST',
  ],
  ...[
    'MLSD',
    'MLST',
    'SIZE',
    'MDTM',
    'STAT',
    'SITE',
    'HELP',
    'MFMT',
    'MFCT',
    'MFF',
    'HASH',
    'XCRC',
    'XMD5',
    'XSHA',
    'XSHA1',
    'XSHA256',
    'HOST',
    'CLNT',
    'LANG',
    'OPTS',
  ],
];
