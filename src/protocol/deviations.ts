/** Tolerated departures from the protocol, each with a name. An exchange carries them as a bit set. */

export const deviations = {
  /** A reply that no command asked for, and that is none of the cases below. */
  unexpectedReply: 1,
  /** 421 without a waiting command: idle timeout or shutdown. */
  unsolicitedClose: 2,
  /** 221 without QUIT: the server says goodbye by itself (wu-ftpd, Pure-FTPd). */
  serverGoodbye: 4,
  /** A further 226 or 426 shortly after a transfer was answered. */
  extraReply: 8,
  /** A second 1yz before the final reply; 110 is not counted (RFC 959 §4.2, RFC 1123 §4.1.2.11). */
  secondPreliminary: 16,
  /** Earlier commands got no reply, since this reply fits a later one. */
  missingReply: 32,
  /** This command got its reply out of turn, after others were given up. */
  resynchronised: 64,
  /** The code is not one that the command can have (RFC 959 §5.4 and successors). */
  unexpectedCode: 128,
  /** `ddd-` was closed by `eee `. */
  terminatorCodeMismatch: 256,
  /** `ddd-` was never closed. */
  multilineUnterminated: 512,
  /** Sent after QUIT was answered. */
  commandAfterQuit: 1024,
  /** RNTO without RNFR directly before it, PASS without USER and the like. */
  sequenceBroken: 2048,
  /** STAT, NOOP or ABOR answered while a transfer runs. */
  outOfOrder: 4096,
  /** The transfer ended without a reply of its own: only ABOR was answered. */
  abortedNoReply: 8192,
  /** One reply for a transfer and its ABOR: complete or aborted, the log cannot tell. */
  abortUnclear: 16384,
  /** The client made this reply itself (BSD ftp prints a 421 when the connection is lost). */
  clientSynthetic: 32768,
  /** The connection closed while the command waited. */
  connectionClosed: 65536,
  /** The log begins or ends between the command and its reply. */
  logEdge: 131072,
  /** A final reply without the 1yz that usually comes before it. */
  missingPreliminary: 262144,
} as const;

export type DeviationName = keyof typeof deviations;

const names = Object.keys(deviations) as readonly DeviationName[];

/** The names in a bit set, in the order of the table above, in kebab-case. */
export function deviationNames(bits: number): readonly string[] {
  if (bits === 0) return none;
  return names.filter((name) => (bits & deviations[name]) !== 0).map(kebab);
}

const none: readonly string[] = [];

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
