/** All rules, by id. */
import type { Rule } from '../model.ts';
import { anonymousLogin } from './anonymous-login.ts';
import { badCommandSequence } from './bad-command-sequence.ts';
import { bouncePort } from './bounce-port.ts';
import { cleartextLogin } from './cleartext-login.ts';
import { commandAfterQuit } from './command-after-quit.ts';
import { concurrentUserClients } from './concurrent-user-clients.ts';
import { distributedBruteforce } from './distributed-bruteforce.ts';
import { loginBruteforce } from './login-bruteforce.ts';
import { loginBruteforceSuccess } from './login-bruteforce-success.ts';
import { multilineReplyUnclosed } from './multiline-reply-unclosed.ts';
import { newClientForUser } from './new-client-for-user.ts';
import { offHoursLogin } from './off-hours-login.ts';
import { orphanReply } from './orphan-reply.ts';
import { passwordSpraying } from './password-spraying.ts';
import { privilegedLoginAttempt } from './privileged-login-attempt.ts';
import { reply214WithoutHelp } from './reply-214-without-help.ts';
import { reply221WithoutQuit } from './reply-221-without-quit.ts';
import { sessionWithoutQuit } from './session-without-quit.ts';
import { staleCredentialLoop } from './stale-credential-loop.ts';
import { unexpectedReplyCode } from './unexpected-reply-code.ts';
import { unknownCommandBurst } from './unknown-command-burst.ts';
import { userEnumeration } from './user-enumeration.ts';

// biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
export const rules: readonly Rule<any>[] = [
  anonymousLogin,
  badCommandSequence,
  bouncePort,
  cleartextLogin,
  commandAfterQuit,
  concurrentUserClients,
  distributedBruteforce,
  loginBruteforce,
  loginBruteforceSuccess,
  multilineReplyUnclosed,
  newClientForUser,
  offHoursLogin,
  orphanReply,
  passwordSpraying,
  privilegedLoginAttempt,
  reply214WithoutHelp,
  reply221WithoutQuit,
  sessionWithoutQuit,
  staleCredentialLoop,
  unexpectedReplyCode,
  unknownCommandBurst,
  userEnumeration,
];
