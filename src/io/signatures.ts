/** What an input is by its first octets, where it is no text: each with the command that makes a log of it. */
import { reporters } from '../reporters/index.ts';
import type { Chunks } from './unpack/octets.ts';

/** Octets that are looked at: the mark of a tar archive stands at 257, the title of an HTML report behind its policies. */
export const signatureOctets = 1024;

/** Packed with a method that is unpacked here. Each unpacker is loaded when it is asked for. */
export interface Packed {
  readonly name: string;
  readonly fits: (head: Buffer) => boolean;
  readonly load: () => Promise<(chunks: Chunks) => AsyncIterable<Buffer>>;
}

/** Something else. */
interface Foreign {
  /** With its article, behind "is". */
  readonly what: string;
  readonly fits: (head: Buffer) => boolean;
  /** What to do; FILE stands for its name. */
  readonly help: string;
}

export const packed: readonly Packed[] = [
  {
    name: 'gzip',
    fits: begins('1f8b'),
    load: async () => (await import('./unpack/gzip.ts')).gunzip,
  },
  { name: 'xz', fits: begins('fd377a585a00'), load: async () => (await import('./unpack/xz.ts')).unxz },
  {
    name: 'zstd',
    fits: (head) => begins('28b52ffd')(head) || (head.length >= 8 && head.readUInt32LE(0) >>> 4 === 0x184d2a5),
    load: async () => (await import('./unpack/zstd.ts')).unzstd,
  },
  {
    name: 'bzip2',
    fits: (head) => begins('425a68')(head) && (at(4, '314159265359')(head) || at(4, '177245385090')(head)),
    load: async () => (await import('./unpack/bzip2.ts')).unbzip2,
  },
];

const photograph = 'the text is needed, not a picture of it';
const packets = 'tshark -r FILE -Y ftp | ftplog';
const asText = 'save it as plain text';

const foreign: readonly Foreign[] = [
  { what: 'compressed with compress (.Z)', fits: begins('1f9d'), help: 'gzip -dc FILE | ftplog' },
  { what: 'compressed with pack', fits: begins('1f1e'), help: 'gzip -dc FILE | ftplog' },
  { what: 'compressed with lzh', fits: begins('1fa0'), help: 'gzip -dc FILE | ftplog' },
  {
    what: 'compressed with lz4',
    fits: (head) => begins('04224d18')(head) || begins('02214c18')(head),
    help: 'lz4 -dc FILE | ftplog',
  },
  { what: 'compressed with lzip', fits: text('LZIP'), help: 'lzip -dc FILE | ftplog' },
  { what: 'compressed with lzop', fits: begins('894c5a4f000d0a1a0a'), help: 'lzop -dc FILE | ftplog' },
  { what: 'compressed with lzma', fits: isLzma, help: 'xz -dc FILE | ftplog' },
  { what: 'compressed with snappy', fits: begins('ff060000734e61507059'), help: 'snzip -dc FILE | ftplog' },
  { what: 'an Office document', fits: isOffice, help: asText },
  { what: 'an OpenDocument file', fits: at(30, hex('mimetypeapplication/vnd.oasis')), help: asText },
  {
    what: 'a zip archive',
    fits: (head) => begins('504b0304')(head) || begins('504b0506')(head) || begins('504b0708')(head),
    help: 'unzip -p FILE | ftplog',
  },
  { what: 'a 7z archive', fits: begins('377abcaf271c'), help: '7z x -so FILE | ftplog' },
  { what: 'a RAR archive', fits: begins('526172211a07'), help: 'unrar p -inul FILE | ftplog' },
  { what: 'a cabinet archive', fits: begins('4d534346'), help: 'cabextract -p FILE | ftplog' },
  { what: 'a tar archive', fits: at(257, hex('ustar')), help: 'tar -xOf FILE | ftplog' },
  { what: 'a cpio archive', fits: (head) => /^07070[127][0-7]{6}/.test(latin1(head)), help: 'unpack it first' },
  { what: 'an ar archive', fits: text('!<arch>\n'), help: 'ar p FILE | ftplog' },
  {
    what: 'a packet capture (pcap)',
    fits: (head) => ['a1b2c3d4', 'd4c3b2a1', 'a1b23c4d', '4d3cb2a1'].some((mark) => begins(mark)(head)),
    help: packets,
  },
  {
    what: 'a packet capture (pcapng)',
    fits: (head) => begins('0a0d0d0a')(head) && (at(8, '1a2b3c4d')(head) || at(8, '4d3c2b1a')(head)),
    help: packets,
  },
  { what: 'a packet capture (snoop)', fits: text('snoop\0\0\0'), help: packets },
  { what: 'a packet capture (Network Monitor)', fits: text('GMBU'), help: packets },
  {
    what: 'a journal of systemd',
    fits: text('LPKSHHRH'),
    help: 'journalctl --file FILE -o short-iso | ftplog',
  },
  {
    what: 'a Windows event log (EVTX)',
    fits: text('ElfFile\0'),
    help: 'wevtutil qe FILE /lf:true /f:text | ftplog',
  },
  {
    what: 'a Windows event log (EVT)',
    fits: at(4, hex('LfLe')),
    help: 'wevtutil qe FILE /lf:true /f:text | ftplog',
  },
  { what: 'an SQLite database', fits: text('SQLite format 3\0'), help: 'sqlite3 FILE .dump | ftplog' },
  { what: 'a Parquet file', fits: text('PAR1'), help: 'export the log as text' },
  { what: 'an Avro file', fits: text('Obj\x01'), help: 'export the log as text' },
  { what: 'a PDF file', fits: text('%PDF-'), help: 'pdftotext -layout FILE - | ftplog' },
  { what: 'a PostScript file', fits: text('%!PS'), help: 'ps2ascii FILE | ftplog' },
  { what: 'a document of Word or Outlook (OLE)', fits: begins('d0cf11e0a1b11ae1'), help: asText },
  { what: 'an RTF document', fits: text('{\\rtf'), help: asText },
  { what: 'a PNG image', fits: begins('89504e470d0a1a0a'), help: photograph },
  { what: 'a JPEG image', fits: begins('ffd8ff'), help: photograph },
  { what: 'a GIF image', fits: (head) => /^GIF8[79]a/.test(latin1(head)), help: photograph },
  { what: 'a TIFF image', fits: (head) => begins('49492a00')(head) || begins('4d4d002a')(head), help: photograph },
  { what: 'a BMP image', fits: (head) => text('BM')(head) && at(6, '00000000')(head), help: photograph },
  { what: 'a WebP image', fits: (head) => text('RIFF')(head) && at(8, hex('WEBP'))(head), help: photograph },
  { what: 'a HEIF image', fits: at(4, hex('ftyphei')), help: photograph },
  { what: 'a program (ELF)', fits: begins('7f454c46'), help: 'give the log that it writes' },
  {
    what: 'a program (Windows)',
    fits: (head) => text('MZ')(head) && head.includes(0),
    help: 'give the log that it writes',
  },
  {
    what: 'a pointer of Git LFS, not the file itself',
    fits: text('version https://git-lfs.github.com/spec/'),
    help: 'git lfs pull',
  },
  {
    what: 'encrypted with OpenPGP',
    fits: text('-----BEGIN PGP MESSAGE-----'),
    help: 'gpg -d FILE | ftplog',
  },
  { what: 'encrypted with age', fits: text('age-encryption.org/v1'), help: 'age -d FILE | ftplog' },
  { what: 'encrypted with OpenSSL', fits: text('Salted__'), help: 'decrypt it first' },
];

/** What ftplog writes itself; reports by the marks of the registry. */
const own: readonly Foreign[] = [
  ...reporters.flatMap(({ syntax, mark }) =>
    mark === undefined
      ? []
      : {
          what: `${mark.what}, not a log`,
          fits: (head: Buffer): boolean => mark.fits.test(syntax.startsWith('json') ? squeezed(head) : latin1(head)),
          help: mark.help ?? 'give the log that it was made of',
        },
  ),
  { what: 'a configuration of ftplog, not a log', fits: isConfiguration, help: 'ftplog --config FILE' },
];

/** How the octets are packed; undefined if they are not. */
export function packedAs(head: Buffer): Packed | undefined {
  return packed.find(({ fits }) => fits(head));
}

/** What this is if it can be no log, and what to do; undefined if it may be one. */
export function foreignAs(head: Buffer): { readonly what: string; readonly help: string } | undefined {
  return [...foreign, ...own].find(({ fits }) => fits(head));
}

function begins(octets: string): (head: Buffer) => boolean {
  return at(0, octets);
}

function text(mark: string): (head: Buffer) => boolean {
  return begins(hex(mark));
}

function at(offset: number, octets: string): (head: Buffer) => boolean {
  const mark = Buffer.from(octets, 'hex');
  return (head) => head.subarray(offset, offset + mark.length).equals(mark);
}

function hex(mark: string): string {
  return Buffer.from(mark, 'latin1').toString('hex');
}

function latin1(head: Buffer): string {
  return head.toString('latin1');
}

function squeezed(head: Buffer): string {
  return latin1(head)
    .replace(/^\xef\xbb\xbf/, '')
    .replaceAll(/\s/g, '');
}

/** The format before xz has no mark: properties, a dictionary size that is a power of two, and a size or -1. */
function isLzma(head: Buffer): boolean {
  if (head.length < 13 || head[0] !== 0x5d) return false;
  const dictionary = head.readUInt32LE(1);
  const size = head.readBigInt64LE(5);
  return dictionary >= 4096 && (dictionary & (dictionary - 1)) === 0 && size >= -1n && size < 2n ** 40n;
}

function isOffice(head: Buffer): boolean {
  return (
    begins('504b0304')(head) && /^(\[Content_Types\]\.xml|_rels\/|word\/|xl\/|ppt\/)/.test(latin1(head.subarray(30)))
  );
}

const configurationKey =
  /^(?:failOn|allow|customRules|businessHours|trialRules|ownNetworks)\s*[:=]|^rules:$|^\[(?:rules\b|\[(?:allow|customRules)\]|businessHours\])/;

/** The first line that says something is a key of a configuration. */
function isConfiguration(head: Buffer): boolean {
  if (
    /^\{(?:"\$schema":"[^"]*ftplog[^"]*",)?"(?:rules|failOn|allow|customRules|businessHours|trialRules|ownNetworks)":/.test(
      squeezed(head),
    )
  )
    return true;
  const first = latin1(head)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && line !== '---' && !line.startsWith('#'));
  return first !== undefined && configurationKey.test(first);
}
