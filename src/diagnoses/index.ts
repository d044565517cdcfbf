/** All diagnoses: one file, one line each. */
import { activeBehindNat } from './active-behind-nat.ts';
import { activeClientFirewall } from './active-client-firewall.ts';
import { activeDisabled } from './active-disabled.ts';
import { asciiType } from './ascii-type.ts';
import { charset } from './charset.ts';
import { chrootPath } from './chroot-path.ts';
import { clientRefused } from './client-refused.ts';
import { connectionLimit } from './connection-limit.ts';
import { dataIpMismatch } from './data-ip-mismatch.ts';
import type { Diagnosis } from './diagnosis.ts';
import { epsvBlocked } from './epsv-blocked.ts';
import { epsvRefused } from './epsv-refused.ts';
import { fileLocked } from './file-locked.ts';
import { idleControl } from './idle-control.ts';
import { ipv6NoData } from './ipv6-no-data.ts';
import { listingUnsupported } from './listing-unsupported.ts';
import { loginHome } from './login-home.ts';
import { loginNotAllowed } from './login-not-allowed.ts';
import { loginNotSent } from './login-not-sent.ts';
import { loginWrong } from './login-wrong.ts';
import { nameRefused } from './name-refused.ts';
import { outOfStep } from './out-of-step.ts';
import { overwriteRefused } from './overwrite-refused.ts';
import { parentMissing } from './parent-missing.ts';
import { pasvPortBlocked } from './pasv-port-blocked.ts';
import { pasvPortsExhausted } from './pasv-ports-exhausted.ts';
import { pasvUnroutable } from './pasv-unroutable.ts';
import { protPMissing } from './prot-p-missing.ts';
import { protPRefused } from './prot-p-refused.ts';
import { quotaDisk } from './quota-disk.ts';
import { readDenied } from './read-denied.ts';
import { resumeRefused } from './resume-refused.ts';
import { serverFault } from './server-fault.ts';
import { serverUnreachable } from './server-unreachable.ts';
import { tlsDataClose } from './tls-data-close.ts';
import { tlsHandshake } from './tls-handshake.ts';
import { tlsModeMixed } from './tls-mode-mixed.ts';
import { tlsNotOffered } from './tls-not-offered.ts';
import { tlsRequiredControl } from './tls-required-control.ts';
import { tlsSessionReuse } from './tls-session-reuse.ts';
import { transferStalled } from './transfer-stalled.ts';
import { writeDenied } from './write-denied.ts';
import { wrongProtocolSsh } from './wrong-protocol-ssh.ts';

export const diagnoses: readonly Diagnosis[] = [
  activeBehindNat,
  activeClientFirewall,
  activeDisabled,
  asciiType,
  charset,
  chrootPath,
  clientRefused,
  connectionLimit,
  dataIpMismatch,
  epsvBlocked,
  epsvRefused,
  fileLocked,
  idleControl,
  ipv6NoData,
  listingUnsupported,
  loginHome,
  loginNotAllowed,
  loginNotSent,
  loginWrong,
  nameRefused,
  outOfStep,
  overwriteRefused,
  parentMissing,
  pasvPortBlocked,
  pasvPortsExhausted,
  pasvUnroutable,
  protPMissing,
  protPRefused,
  quotaDisk,
  readDenied,
  resumeRefused,
  serverFault,
  serverUnreachable,
  tlsDataClose,
  tlsHandshake,
  tlsModeMixed,
  tlsNotOffered,
  tlsRequiredControl,
  tlsSessionReuse,
  transferStalled,
  writeDenied,
  wrongProtocolSsh,
];
