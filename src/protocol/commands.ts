/**
 * Every command: who defines it, what its argument is, what it moves and which replies may answer it.
 *
 * The lists are those of RFC 959 §5.4, extended by RFC 1123, 2228, 2389, 2428, 2640, 3659, 4217 and 7151; `practice`
 * adds what servers send beyond them. The prose and its sources stand in `reference/`.
 */
import { packedWord, shortWord, WordTable } from '../word-table.ts';

/** Whether a command has an argument. */
export type ArgumentUse = 'none' | 'optional' | 'required';

/** `standard`: an RFC in force. `foreign`: a verb of another protocol that reaches FTP ports. */
export type CommandStatus = 'standard' | 'historic' | 'draft' | 'vendor' | 'foreign';

/** What the command moves over the data connection. */
export type DataUse = '' | 'upload' | 'download' | 'listing';

/** The state diagram of RFC 959 §6 that the command follows; `security` and `wrapped` are those of RFC 2228. */
export type StateDiagram = 'D1' | 'D2' | 'rename' | 'restart' | 'login' | 'security' | 'wrapped' | 'mail';

/** What is known of a verb without reading the reference. */
export interface CommandSpec {
  /** Upper case; a SITE subcommand as `SITE CHMOD`. */
  readonly verb: string;
  readonly name: string;
  readonly status: CommandStatus;
  /** RFCs that define it or say something about it; empty if none does. */
  readonly rfcs: readonly number[];
  readonly argument: ArgumentUse;
  /** 0: nothing secret. 1: the whole argument. n: from word n of the SITE argument on, the subcommand being word 1. */
  readonly secretFrom: number;
  /** `policy`: left to the server. */
  readonly login: 'yes' | 'no' | 'policy';
  readonly data: DataUse;
  readonly diagram: StateDiagram;
  /** Codes that the specifications list for it. */
  readonly replies: readonly number[];
  /** Codes that servers send beyond those lists. */
  readonly practice: readonly number[];
  /** Codes that RFCs no longer in force list for it. */
  readonly historic: readonly number[];
}

type Row = readonly [
  verb: string,
  name: string,
  status: CommandStatus,
  rfcs: string,
  argument: ArgumentUse,
  secretFrom: number,
  login: CommandSpec['login'],
  data: DataUse,
  diagram: StateDiagram,
  replies: string,
  practice: string,
];

/** Verb, name, status, RFCs, argument, secret from word, login, data, diagram, replies, replies seen in practice. */
// biome-ignore format: one row, one line
const rows: readonly Row[] = [
  ['USER', 'User name', 'standard', '959 1123 2228 2577 4217', 'required', 0, 'no', '', 'login', '230 232 331 332 336 421 500 501 530', '231 430 503 534 550'],
  ['PASS', 'Password', 'standard', '959 1123 2228 2577', 'required', 1, 'no', '', 'login', '202 230 332 421 500 501 503 530', '232 430 550'],
  ['ACCT', 'Account', 'standard', '959', 'required', 1, 'no', '', 'login', '202 230 421 500 501 503 530', '502 550'],
  ['CWD', 'Change working directory', 'standard', '959 697 1123', 'required', 0, 'yes', '', 'D1', '250 421 431 500 501 502 530 550', '200 451 553'],
  ['CDUP', 'Change to parent directory', 'standard', '959 775 1123', 'none', 0, 'yes', '', 'D1', '200 421 500 501 502 530 550', '250'],
  ['SMNT', 'Structure mount', 'standard', '959', 'required', 0, 'yes', '', 'D1', '202 250 421 500 501 502 530 550', ''],
  ['REIN', 'Reinitialize', 'standard', '959 4217 7151', 'none', 0, 'no', '', 'D2', '120 220 421 500 502', '230'],
  ['QUIT', 'Logout', 'standard', '959', 'none', 0, 'no', '', 'D1', '221 500', '226'],
  ['PORT', 'Data port', 'standard', '959 1123 2577', 'required', 0, 'yes', '', 'D1', '200 421 500 501 530', '425 502 504 509 550'],
  ['PASV', 'Passive mode', 'standard', '959 1123 1579', 'none', 0, 'yes', '', 'D1', '227 421 500 501 502 530', '425 550'],
  ['TYPE', 'Representation type', 'standard', '959 1123', 'required', 0, 'yes', '', 'D1', '200 421 500 501 504 530', '202 550'],
  ['STRU', 'File structure', 'standard', '959', 'required', 0, 'yes', '', 'D1', '200 421 500 501 504 530', '550'],
  ['MODE', 'Transfer mode', 'standard', '959', 'required', 0, 'yes', '', 'D1', '200 421 500 501 504 530', '502 550'],
  ['RETR', 'Retrieve', 'standard', '959 2228 4217', 'required', 0, 'yes', 'download', 'D2', '110 125 150 226 250 332 421 425 426 450 451 500 501 521 522 530 532 534 535 550 554 555', '503 551 553'],
  ['STOR', 'Store', 'standard', '959 2228 4217', 'required', 0, 'yes', 'upload', 'D2', '110 125 150 226 250 332 421 425 426 450 451 452 500 501 521 522 530 532 534 535 551 552 553 554 555', '503 533 550'],
  ['STOU', 'Store unique', 'standard', '959 1123 949', 'optional', 0, 'yes', 'upload', 'D2', '110 125 150 226 250 332 421 425 426 450 451 452 500 501 521 522 530 532 534 535 551 552 553', '550'],
  ['APPE', 'Append (with create)', 'standard', '959 1123 3659', 'required', 0, 'yes', 'upload', 'D2', '110 125 150 226 250 332 421 425 426 450 451 452 500 501 502 521 522 530 532 534 535 550 551 552 553 554 555', ''],
  ['ALLO', 'Allocate', 'standard', '959', 'required', 0, 'yes', '', 'D1', '200 202 421 500 501 504 530', '452 550 552'],
  ['REST', 'Restart', 'standard', '959 1123 3659', 'required', 0, 'yes', '', 'restart', '350 421 500 501 502 530', '200 504 550 554'],
  ['RNFR', 'Rename from', 'standard', '959', 'required', 0, 'yes', '', 'rename', '350 421 450 500 501 502 530 550', '451 553'],
  ['RNTO', 'Rename to', 'standard', '959', 'required', 0, 'yes', '', 'rename', '250 421 500 501 502 503 530 532 553', '451 550'],
  ['ABOR', 'Abort', 'standard', '959 1123 4217', 'none', 0, 'no', '', 'D1', '225 226 421 500 501 502', '426'],
  ['DELE', 'Delete', 'standard', '959', 'required', 0, 'yes', '', 'D1', '250 421 450 500 501 502 530 550', '200 451 553'],
  ['RMD', 'Remove directory', 'standard', '959 775 1123', 'required', 0, 'yes', '', 'D1', '250 421 500 501 502 530 550', '450 451 553'],
  ['MKD', 'Make directory', 'standard', '959 775 1123', 'required', 0, 'yes', '', 'D1', '257 421 500 501 502 521 530 550', '451 552 553'],
  ['PWD', 'Print working directory', 'standard', '959 775 1123', 'none', 0, 'yes', '', 'D1', '257 421 500 501 502 550', '250 530'],
  ['LIST', 'List', 'standard', '959 1123', 'optional', 0, 'yes', 'listing', 'D2', '125 150 226 250 332 421 425 426 450 451 500 501 502 521 522 530 532 534 535', '550 551'],
  ['NLST', 'Name list', 'standard', '959 1123', 'optional', 0, 'yes', 'listing', 'D2', '125 150 226 250 332 421 425 426 450 451 500 501 502 521 522 530 532 534 535', '550 551'],
  ['SITE', 'Site parameters', 'standard', '959 1123', 'required', 0, 'yes', '', 'D1', '200 202 500 501 530', '210 211 214 250 452 502 503 504 550'],
  ['SYST', 'System', 'standard', '959', 'none', 0, 'no', '', 'D1', '215 421 500 501 502', '530'],
  ['STAT', 'Status', 'standard', '959 1123', 'optional', 0, 'yes', '', 'D1', '211 212 213 421 450 500 501 502 530', '221 451 550'],
  ['HELP', 'Help', 'standard', '959', 'optional', 0, 'no', '', 'D1', '211 214 421 500 501 502', '200 530'],
  ['NOOP', 'No operation', 'standard', '959', 'none', 0, 'no', '', 'D1', '200 421 500', '530 550'],
  ['XCWD', 'Experimental change working directory', 'historic', '775 1123', 'required', 0, 'yes', '', 'D1', '250 421 431 500 501 502 530 550', ''],
  ['XCUP', 'Experimental change to parent directory', 'historic', '775 1123', 'none', 0, 'yes', '', 'D1', '200 250 421 500 501 502 506 507 521 530 550', ''],
  ['XMKD', 'Experimental make directory', 'historic', '775 1123', 'required', 0, 'yes', '', 'D1', '257 421 500 501 502 506 521 530 550', ''],
  ['XRMD', 'Experimental remove directory', 'historic', '775 1123', 'required', 0, 'yes', '', 'D1', '224 250 421 500 501 502 506 530 550', ''],
  ['XPWD', 'Experimental print working directory', 'historic', '775 1123', 'none', 0, 'yes', '', 'D1', '257 421 425 500 501 502 506 550', ''],
  ['LPRT', 'Long data port', 'historic', '1545 1639', 'required', 0, 'yes', '', 'D1', '200 421 500 501 521 530', '425 502'],
  ['LPSV', 'Long passive', 'historic', '1545 1639', 'none', 0, 'yes', '', 'D1', '228 421 500 501 521 530', '425 502'],
  ['AUTH', 'Authentication/security mechanism', 'standard', '2228 4217 2773 8996', 'required', 0, 'no', '', 'security', '234 334 421 431 500 501 502 504 534', '503 550'],
  ['ADAT', 'Authentication/security data', 'standard', '2228 2773 4217', 'required', 1, 'no', '', 'security', '235 335 421 500 501 502 503 533 535', ''],
  ['PBSZ', 'Protection buffer size', 'standard', '2228 4217', 'required', 0, 'no', '', 'D1', '200 421 500 501 502 503 530 533', '202 504 550'],
  ['PROT', 'Data channel protection level', 'standard', '2228 4217', 'required', 0, 'no', '', 'D1', '200 421 431 500 501 502 503 504 530 533 534 536', '202 521 550'],
  ['CCC', 'Clear command channel', 'standard', '2228 4217', 'none', 0, 'no', '', 'D1', '200 421 500 501 502 503 533 534', '550'],
  ['MIC', 'Integrity protected command', 'standard', '2228 2773 4217', 'required', 1, 'no', '', 'wrapped', '421 500 501 502 503 533 535 537', ''],
  ['CONF', 'Confidentiality protected command', 'standard', '2228', 'required', 1, 'no', '', 'wrapped', '421 500 501 502 503 533 535 537', ''],
  ['ENC', 'Privacy protected command', 'standard', '2228 2773 4217', 'required', 1, 'no', '', 'wrapped', '421 500 501 502 503 533 535 537', ''],
  ['FEAT', 'Feature list', 'standard', '2389', 'none', 0, 'no', '', 'D1', '211 500 501 502', '530 550'],
  ['OPTS', 'Options', 'standard', '2389 3659 2640', 'required', 0, 'no', '', 'D1', '200 451 500 501 502', '202 503 504 530 550'],
  ['EPRT', 'Extended data port', 'standard', '2428 2577', 'required', 0, 'yes', '', 'D1', '200 421 500 501 522 530', '425 502 504 550'],
  ['EPSV', 'Extended passive mode', 'standard', '2428', 'optional', 0, 'yes', '', 'D1', '229 421 500 501 522 530', '200 202 220 425 502 550'],
  ['LANG', 'Language', 'standard', '2640', 'optional', 0, 'no', '', 'D1', '200 500 501 502 504', ''],
  ['MDTM', 'Modification time', 'standard', '3659', 'required', 0, 'yes', '', 'D1', '213 421 500 501 502 530 550', '451'],
  ['SIZE', 'File size', 'standard', '3659', 'required', 0, 'yes', '', 'D1', '213 421 500 501 502 530 550', '450 451'],
  ['MLST', 'Machine list of one object', 'standard', '3659', 'optional', 0, 'yes', '', 'D1', '250 421 425 426 450 451 452 500 501 502 503 504 530 550 553', '226 521'],
  ['MLSD', 'Machine list of a directory', 'standard', '3659', 'optional', 0, 'yes', 'listing', 'D2', '150 226 332 421 425 426 450 451 452 500 501 502 503 504 530 532 550 553', '125 250 521 522 534 535 551'],
  ['HOST', 'Virtual host', 'standard', '7151', 'required', 0, 'no', '', 'D1', '220 421 500 501 502 503 504', '434'],
  ['MFMT', 'Modify: modification time', 'draft', '', 'required', 0, 'yes', '', 'D1', '213 421 500 501 502 530 550', '450 551'],
  ['MFCT', 'Modify: creation time', 'draft', '', 'required', 0, 'yes', '', 'D1', '213 421 500 501 502 530 550', '551'],
  ['MFF', 'Modify facts', 'draft', '', 'required', 0, 'yes', '', 'D1', '213 421 500 501 502 504 530 550', '551'],
  ['HASH', 'Hash of a file', 'draft', '', 'required', 0, 'yes', '', 'D1', '213 500 501 502 504 530 550 552 553 556', ''],
  ['RANG', 'Byte range', 'draft', '', 'required', 0, 'yes', '', 'restart', '350 500 501 502 530 551 552', ''],
  ['XCRC', 'CRC-32 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['XMD5', 'MD5 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['XSHA', 'SHA-1 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['XSHA1', 'SHA-1 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['XSHA256', 'SHA-256 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['XSHA512', 'SHA-512 checksum', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 504 530 550', '213'],
  ['MD5', 'MD5 of a file', 'draft', '', 'required', 0, 'yes', '', 'D1', '251 500 501 502 504 530 550', '200'],
  ['MMD5', 'MD5 of several files', 'draft', '', 'required', 0, 'yes', '', 'D1', '252 500 501 502 504 530 550', ''],
  ['AVBL', 'Available space', 'draft', '', 'optional', 0, 'yes', '', 'D1', '213 500 501 502 530 550', '202'],
  ['DSIZ', 'Directory size', 'draft', '', 'optional', 0, 'yes', '', 'D1', '213 500 501 502 530 550', ''],
  ['COMB', 'Combine files', 'vendor', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 530 550', ''],
  ['CSID', 'Client/server identification', 'draft', '', 'required', 0, 'no', '', 'D1', '200 500 501 502', ''],
  ['CLNT', 'Client name', 'vendor', '', 'required', 0, 'no', '', 'D1', '200 500 501 502 530', ''],
  ['RMDA', 'Remove directory tree', 'draft', '', 'required', 0, 'yes', '', 'D1', '250 500 501 502 530 550', ''],
  ['THMB', 'Thumbnail', 'draft', '', 'required', 0, 'yes', 'download', 'D2', '150 226 500 501 502 530 550', ''],
  ['SPSV', 'Single port passive', 'vendor', '', 'none', 0, 'yes', '', 'D1', '500 502', ''],
  ['ESTA', 'Extended status: active', 'vendor', '', 'none', 0, 'yes', '', 'D1', '225 425 500 502 520 530', ''],
  ['ESTP', 'Extended status: passive', 'vendor', '', 'none', 0, 'yes', '', 'D1', '225 425 500 502 520 530', ''],
  ['XDBG', 'Debug level', 'vendor', '', 'optional', 0, 'no', '', 'D1', '200 500 530', ''],
  ['PRET', 'Pre-transfer', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 502 504 530 550', ''],
  ['CPSV', 'Client-side passive (secure FXP)', 'vendor', '', 'none', 0, 'yes', '', 'D1', '227 425 500 501 502 530', ''],
  ['SSCN', 'Secured server-to-server', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 502 503 504 530 533 550', '220'],
  ['STLS', 'Start TLS (wrong protocol)', 'foreign', '', 'none', 0, 'no', '', 'D1', '500 502', ''],
  ['IDNT', 'Identity (bouncer)', 'vendor', '', 'required', 0, 'no', '', 'D1', '501 530', ''],
  ['MACB', 'MacBinary', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 550', ''],
  ['SBUF', 'Socket buffer size', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530', ''],
  ['XQUOTA', 'Quota', 'vendor', '', 'none', 0, 'yes', '', 'D1', '213 500 502 530', ''],
  ['ADMIN_LOGIN', 'bftpd administration login', 'vendor', '', 'required', 1, 'no', '', 'D1', '230 421', ''],
  ['RCMD', 'Remote command', 'vendor', '', 'required', 0, 'yes', '', 'D1', '500 502 530 550', ''],
  ['MAIL', 'Mail', 'historic', '385 640 765', 'optional', 0, 'no', '', 'mail', '151 152 250 354 421 450 451 452 500 501 502 530 550 552 553', ''],
  ['MLFL', 'Mail file', 'historic', '385 640 765', 'optional', 0, 'yes', 'upload', 'D2', '125 150 151 152 226 250 421 425 426 450 451 452 500 501 502 530 532 550 552 553', ''],
  ['MSND', 'Mail: send to terminal', 'historic', '765', 'optional', 0, 'no', '', 'mail', '151 152 250 354 421 450 451 452 500 501 502 530 550 552 553', ''],
  ['MSOM', 'Mail: send or mail', 'historic', '765', 'optional', 0, 'no', '', 'mail', '119 151 152 250 354 421 450 451 452 500 501 502 530 550 552 553', ''],
  ['MSAM', 'Mail: send and mail', 'historic', '765', 'optional', 0, 'no', '', 'mail', '119 151 152 250 354 421 450 451 452 500 501 502 530 550 552 553', ''],
  ['MRSQ', 'Mail recipient scheme question', 'historic', '765', 'optional', 0, 'no', '', 'D1', '200 215 421 500 501 502 530', ''],
  ['MRCP', 'Mail recipient', 'historic', '765', 'required', 0, 'no', '', 'D1', '151 152 200 421 450 452 500 501 502 503 550 553', ''],
  ['XSEN', 'Send to terminal', 'historic', '737', 'required', 0, 'no', '', 'mail', '256 350 453 500', ''],
  ['XSEM', 'Send or mail', 'historic', '737', 'required', 0, 'no', '', 'mail', '256 350 500', ''],
  ['XMAS', 'Mail and send', 'historic', '737', 'required', 0, 'no', '', 'mail', '256 350 500', ''],
  ['XRSQ', 'Mail scheme question', 'historic', '743', 'optional', 0, 'no', '', 'D1', '200 215 500 501', ''],
  ['XRCP', 'Mail recipient', 'historic', '743', 'required', 0, 'no', '', 'D1', '200 256 440 450 500 507 520', ''],
  ['BYE', 'Logout (old)', 'historic', '354 542', 'none', 0, 'no', '', 'D1', '231 232 500 501 502 503 504 505 507', ''],
  ['BYTE', 'Byte size', 'historic', '354 542', 'required', 0, 'no', '', 'D1', '200 402 500 501 502 503 504 505 507', ''],
  ['SOCK', 'Data socket', 'historic', '354 542', 'required', 0, 'no', '', 'D1', '200 500 501 502 503 504 505 507', ''],
  ['ACTV', 'Active', 'historic', '640', 'none', 0, 'yes', '', 'D1', '202 227 421 500 501 530', ''],
  ['SRVR', 'Server parameters', 'historic', '691', 'required', 0, 'yes', '', 'D1', '500', ''],
  ['SITE HELP', 'SITE help', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '214 500 501 530 550', '200 502'],
  ['SITE CHMOD', 'Change mode', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 502 504 530 550', '214 553'],
  ['SITE CHGRP', 'Change group', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '214 452'],
  ['SITE CHOWN', 'Change owner', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE UMASK', 'Default mode mask', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530 550', '502 553'],
  ['SITE IDLE', 'Idle timeout', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530 550', '502'],
  ['SITE UTIME', 'Set file times', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '213 214 220 553'],
  ['SITE EXEC', 'Execute', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 502 530 550 553', ''],
  ['SITE INDEX', 'Index search', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '502 553'],
  ['SITE NEWER', 'Files newer than', 'vendor', '', 'required', 0, 'yes', '', 'D1', '226 500 501 502 530 550', '150'],
  ['SITE MINFO', 'Information on newer files', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '502'],
  ['SITE GROUP', 'Enter group', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE GPASS', 'Group password', 'vendor', '', 'required', 2, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE GROUPS', 'Show groups', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 530', '502 550'],
  ['SITE ALIAS', 'Directory aliases', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '214 500 501 530 550', '502'],
  ['SITE CDPATH', 'Show CWD search path', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 530', '502'],
  ['SITE CHECKMETHOD', 'Checksum method', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530', '502'],
  ['SITE CHECKSUM', 'Checksum', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530 550', '502'],
  ['SITE CPFR', 'Copy from', 'vendor', '', 'required', 0, 'policy', '', 'D1', '350 500 501 530 550', ''],
  ['SITE CPTO', 'Copy to', 'vendor', '', 'required', 0, 'policy', '', 'D1', '250 500 501 503 530 550', ''],
  ['SITE COPY', 'Copy', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '214'],
  ['SITE MKDIR', 'Make directories', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '214'],
  ['SITE RMDIR', 'Remove directory tree', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '214'],
  ['SITE SYMLINK', 'Symbolic link', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 502 530 550', '214'],
  ['SITE LINK', 'Hard link', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 250 500 501 502 530 550', ''],
  ['SITE QUOTA', 'Quota', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530 550', '202 214'],
  ['SITE RATIO', 'Upload ratio', 'vendor', '', 'none', 0, 'yes', '', 'D1', '214 500 530', ''],
  ['SITE TIME', 'Server time', 'vendor', '', 'none', 0, 'yes', '', 'D1', '211 500 530', '200'],
  ['SITE ZONE', 'Time zone', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530', '210'],
  ['SITE WHO', 'Who is on', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530', '550'],
  ['SITE SWHO', 'Short who', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530', '550'],
  ['SITE STAT', 'Server statistics', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530', ''],
  ['SITE DESCUSER', 'Describe user', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '503'],
  ['SITE PSWD', 'Change own password', 'vendor', '', 'required', 2, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE PASS', 'Change own password', 'vendor', '', 'required', 2, 'yes', '', 'D1', '214 500 502 530 550', ''],
  ['SITE PASSWD', 'Change own password', 'vendor', '', 'required', 2, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE CHPASS', 'Change a user password', 'vendor', '', 'required', 3, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE ADDUSER', 'Add user', 'vendor', '', 'required', 3, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE GADDUSER', 'Add user to group', 'vendor', '', 'required', 4, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE TADDUSER', 'Add user from template', 'vendor', '', 'required', 4, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE DELUSER', 'Delete user', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE ADDIP', 'Add address', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 452 500 501 530 550', ''],
  ['SITE KICK', 'Kick user', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', '214'],
  ['SITE BAN', 'Ban', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE SETBLOWFISH', 'Set chat key', 'vendor', '', 'optional', 2, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE SHUTDOWN', 'Shut down', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 530', '421 550'],
  ['SITE RELOAD', 'Reload configuration', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 530', ''],
  ['SITE MSG', 'Message', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530', ''],
  ['SITE XDUPE', 'Duplicate reporting', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530', ''],
  ['SITE NUKE', 'Nuke', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE WIPE', 'Wipe', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE EMULATE', 'Become another user', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530 550', ''],
  ['SITE SEARCH', 'Search', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530', '214 550'],
  ['SITE NAMEFMT', 'Name format', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '250 500 501 530', ''],
  ['SITE LISTFMT', 'List format', 'vendor', '', 'optional', 0, 'yes', '', 'D1', '250 500 501 530', ''],
  ['SITE DATASETMODE', 'Data set mode', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 501 530', ''],
  ['SITE QUOTESOVERRIDE', 'Quote handling', 'vendor', '', 'none', 0, 'yes', '', 'D1', '200 500 501 530', ''],
  ['SITE LISTLEVEL', 'List level', 'vendor', '', 'required', 0, 'yes', '', 'D1', '200 500 501 530', ''],
];

/** X verbs are the commands that RFC 959 took over without the X: what answers those answers these (RFC 1123 §4.1.3.1). */
const plainVerbs: ReadonlyMap<string, string> = new Map([
  ['XCWD', 'CWD'],
  ['XCUP', 'CDUP'],
  ['XMKD', 'MKD'],
  ['XRMD', 'RMD'],
  ['XPWD', 'PWD'],
]);

/** Codes that RFCs no longer in force give to verbs that are still in use: RFC 354, 542, 640, 691, 737, 743 and 765. */
const historicCodes: ReadonlyMap<string, string> = new Map([
  ['USER', '330 432'],
  ['PASS', '432'],
  ['REIN', '233'],
  ['TYPE', '402'],
  ['STOR', '433 453'],
  ['RNTO', '253 456'],
  ['DELE', '254'],
  ['STAT', '100'],
  ['MAIL', '256 350'],
  ['XSEM', '9'],
]);

/** Codes that any command may get (RFC 959 §4.2.1 and §5.4, RFC 2228 §5 and §8.2). */
const anyCommand = '421 500 501 502 503 530 533 631 632 633';

/** The greeting, or a goodbye that nobody asked for: RFC 959 §5.4, and refusals that servers greet with. */
const connect = '120 220 221 230 550';

/** A verb in no table: what servers of their own commands answer most; its real list is unknown. */
const unknownVerb = '200 202 211 212 213 214 215 250 504 550';

const rowsByVerb: ReadonlyMap<string, Row> = new Map(rows.map((row) => [row[0], row]));
const specsByVerb = new Map<string, CommandSpec>();
const acceptedByVerb = new Map<string, Uint8Array>();
const acceptedByUnknown: Uint8Array = bitmap(unknownVerb);
acceptedByVerb.set('', bitmap(connect));

/** Verbs of HTTP, SMTP, POP, IMAP and SSH that scanners and misdirected clients send to FTP ports. */
export const foreignVerbs: ReadonlySet<string> = new Set([
  ...['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'CONNECT', 'PATCH', 'MKCOL', 'PROPFIND', 'PROPPATCH', 'MOVE', 'COPY'],
  ...['LOCK', 'UNLOCK', 'HTTP/', 'EHLO', 'HELO', 'RCPT', 'STARTTLS', 'APOP', 'STLS', 'LOGIN', 'CAPABILITY', 'SSH-2.0-'],
]);

/** Every verb, in the order of the table: RFC 959 first, SITE subcommands last. */
export const verbs: readonly string[] = rows.map((row) => row[0]);

/** What is known of an upper-case verb, or of a SITE subcommand written `SITE CHMOD`. */
export function commandOf(verb: string): CommandSpec | undefined {
  const known = specsByVerb.get(verb);
  if (known !== undefined) return known;
  const row = rowsByVerb.get(verb);
  if (row === undefined) return undefined;
  const spec = toSpec(row);
  specsByVerb.set(verb, spec);
  return spec;
}

const shortVerbs = new WordTable(rows.map(([verb]) => [packedWord(verb, 0, verb.length), 1]));

/** Whether an ASCII word is a command of FTP, in capitals or in small letters. Short ones, as most are, need not be cut out. */
export function isVerbAt(text: string, start: number, end: number): boolean {
  if (end - start > shortWord) return rowsByVerb.has(text.slice(start, end).toUpperCase());
  return shortVerbs.get(packedWord(text, start, end)) === 1;
}

/** Whether this upper-case word is a command of FTP. */
export function isVerb(text: string): boolean {
  return rowsByVerb.has(text);
}

/** The word of its argument from which on the command's argument is secret, the first being 1; 0 if none is; -1 for no command. */
export function secretWordOf(verb: string): number {
  return rowsByVerb.get(verb)?.[5] ?? -1;
}

/** Verbs, and subcommands of SITE without `SITE`, whose argument is secret. */
export function secretVerbs(): readonly string[] {
  const found: string[] = [];
  for (const row of rows) if (row[5] > 0) found.push(row[0].slice(row[0].lastIndexOf(' ') + 1));
  return found;
}

/** Whether the code may answer the verb, `''` being the greeting: by specification, or because servers are known to do it. */
export function accepts(verb: string, code: number): boolean {
  return acceptedBy(verb)[code] === 1;
}

/** {@link accepts}, with the subcommand of SITE looked up: `SITE CPFR` may get 350, `SITE` alone may not. */
export function legal(verb: string, arg: string, code: number): boolean {
  if (accepts(verb, code)) return true;
  if (verb !== 'SITE') return false;
  const subcommand = siteVerb(arg);
  return rowsByVerb.has(subcommand) && accepts(subcommand, code);
}

/** `SITE CHMOD` for the argument `chmod 644 a.txt`; SITE subcommands are case-insensitive as verbs are. */
export function siteVerb(arg: string): string {
  const end = arg.indexOf(' ');
  const word = end < 0 ? arg : arg.slice(0, end);
  return word.length > 20 ? 'SITE' : `SITE ${word.toUpperCase()}`;
}

/** One octet per code, built when a verb is first met. Unknown verbs share one, so hostile input cannot grow the map. */
function acceptedBy(verb: string): Uint8Array {
  const known = acceptedByVerb.get(verb);
  if (known !== undefined) return known;
  const row = rowsByVerb.get(verb);
  if (row === undefined) return acceptedByUnknown;
  const plain = rowsByVerb.get(plainVerbs.get(verb) ?? '');
  const accepted = bitmap(
    `${row[9]} ${row[10]} ${plain?.[9] ?? ''} ${plain?.[10] ?? ''} ${historicCodes.get(verb) ?? ''}`,
  );
  acceptedByVerb.set(verb, accepted);
  return accepted;
}

function bitmap(codes: string): Uint8Array {
  const accepted = new Uint8Array(1000);
  for (const code of codesIn(codes)) accepted[code] = 1;
  for (const code of codesIn(anyCommand)) accepted[code] = 1;
  return accepted;
}

function codesIn(text: string): readonly number[] {
  return text.split(' ').filter(Boolean).map(Number);
}

function toSpec(row: Row): CommandSpec {
  const [verb, name, status, rfcs, argument, secretFrom, login, data, diagram, replies, practice] = row;
  const plain = rowsByVerb.get(plainVerbs.get(verb) ?? '');
  const listed = ascending([...codesIn(replies), ...codesIn(plain?.[9] ?? '')]);
  return {
    verb,
    name,
    status,
    rfcs: codesIn(rfcs),
    argument,
    secretFrom,
    login,
    data,
    diagram,
    replies: listed,
    practice: ascending([...codesIn(practice), ...codesIn(plain?.[10] ?? '')].filter((code) => !listed.includes(code))),
    historic: codesIn(historicCodes.get(verb) ?? ''),
  };
}

function ascending(codes: readonly number[]): readonly number[] {
  return [...new Set(codes)].sort((a, b) => a - b);
}

/** The verb that an X verb stands for, `CWD` for `XCWD`; undefined for all others. */
export function plainVerb(verb: string): string | undefined {
  return plainVerbs.get(verb);
}
