/** All rules, by id. */
import type { Rule } from '../model.ts';
import { anonymousLogin } from './anonymous-login.ts';
import { anonymousUpload } from './anonymous-upload.ts';
import { backdoorTrigger } from './backdoor-trigger.ts';
import { badCommandSequence } from './bad-command-sequence.ts';
import { bouncePort } from './bounce-port.ts';
import { bouncePortScan } from './bounce-port-scan.ts';
import { clearDataAfterTls } from './clear-data-after-tls.ts';
import { cleartextLogin } from './cleartext-login.ts';
import { commandAfterQuit } from './command-after-quit.ts';
import { commandBeforeLogin } from './command-before-login.ts';
import { concurrentUserClients } from './concurrent-user-clients.ts';
import { connectNoCommand } from './connect-no-command.ts';
import { connectionFlood } from './connection-flood.ts';
import { controlBytesInArgument } from './control-bytes-in-argument.ts';
import { controlFileWrite } from './control-file-write.ts';
import { credentialInReply } from './credential-in-reply.ts';
import { dataConnectionFailures } from './data-connection-failures.ts';
import { directoryTraversal } from './directory-traversal.ts';
import { distributedBruteforce } from './distributed-bruteforce.ts';
import { fetchModifyStore } from './fetch-modify-store.ts';
import { foreignProtocol } from './foreign-protocol.ts';
import { formatString } from './format-string.ts';
import { globDos } from './glob-dos.ts';
import { logInjection } from './log-injection.ts';
import { loginBruteforce } from './login-bruteforce.ts';
import { loginBruteforceSuccess } from './login-bruteforce-success.ts';
import { massDelete } from './mass-delete.ts';
import { massDownload } from './mass-download.ts';
import { multilineReplyUnclosed } from './multiline-reply-unclosed.ts';
import { newClientForUser } from './new-client-for-user.ts';
import { offHoursLogin } from './off-hours-login.ts';
import { orphanReply } from './orphan-reply.ts';
import { overlongArgument } from './overlong-argument.ts';
import { passwordExposedInLog } from './password-exposed-in-log.ts';
import { passwordSpraying } from './password-spraying.ts';
import { pasvAddressMismatch } from './pasv-address-mismatch.ts';
import { pathGuessing } from './path-guessing.ts';
import { privilegedLoginAttempt } from './privileged-login-attempt.ts';
import { ransomPattern } from './ransom-pattern.ts';
import { refusedBeforePassword } from './refused-before-password.ts';
import { reply214WithoutHelp } from './reply-214-without-help.ts';
import { reply221WithoutQuit } from './reply-221-without-quit.ts';
import { reply421Storm } from './reply-421-storm.ts';
import { scannerSignature } from './scanner-signature.ts';
import { sensitiveFileDownload } from './sensitive-file-download.ts';
import { serviceFingerprinting } from './service-fingerprinting.ts';
import { sessionWithoutQuit } from './session-without-quit.ts';
import { shellMetacharacters } from './shell-metacharacters.ts';
import { siteChmodDangerous } from './site-chmod-dangerous.ts';
import { siteCopy } from './site-copy.ts';
import { siteExec } from './site-exec.ts';
import { slowReply } from './slow-reply.ts';
import { sqlInjectionLogin } from './sql-injection-login.ts';
import { staleCredentialLoop } from './stale-credential-loop.ts';
import { tlsDowngrade } from './tls-downgrade.ts';
import { unexpectedReplyCode } from './unexpected-reply-code.ts';
import { unknownCommandBurst } from './unknown-command-burst.ts';
import { userEnumeration } from './user-enumeration.ts';
import { warezTagging } from './warez-tagging.ts';
import { webshellUpload } from './webshell-upload.ts';
import { writableDirProbe } from './writable-dir-probe.ts';

export {
  exchangeDispatch,
  loginDispatch,
  type RunningRule,
  sessionDispatch,
  transferDispatch,
} from './engine/dispatch.ts';

// biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
export const rules: readonly Rule<any>[] = [
  anonymousLogin,
  anonymousUpload,
  backdoorTrigger,
  badCommandSequence,
  bouncePort,
  bouncePortScan,
  clearDataAfterTls,
  cleartextLogin,
  commandAfterQuit,
  commandBeforeLogin,
  concurrentUserClients,
  connectNoCommand,
  connectionFlood,
  controlBytesInArgument,
  controlFileWrite,
  credentialInReply,
  dataConnectionFailures,
  directoryTraversal,
  distributedBruteforce,
  fetchModifyStore,
  foreignProtocol,
  formatString,
  globDos,
  logInjection,
  loginBruteforce,
  loginBruteforceSuccess,
  massDelete,
  massDownload,
  multilineReplyUnclosed,
  newClientForUser,
  offHoursLogin,
  orphanReply,
  overlongArgument,
  passwordExposedInLog,
  passwordSpraying,
  pasvAddressMismatch,
  pathGuessing,
  privilegedLoginAttempt,
  ransomPattern,
  refusedBeforePassword,
  reply214WithoutHelp,
  reply221WithoutQuit,
  reply421Storm,
  scannerSignature,
  sensitiveFileDownload,
  serviceFingerprinting,
  sessionWithoutQuit,
  shellMetacharacters,
  siteChmodDangerous,
  siteCopy,
  siteExec,
  slowReply,
  sqlInjectionLogin,
  staleCredentialLoop,
  tlsDowngrade,
  unexpectedReplyCode,
  unknownCommandBurst,
  userEnumeration,
  warezTagging,
  webshellUpload,
  writableDirProbe,
];
