/** All rules, by id. */
import type { Rule } from '../model.ts';
import { badCommandSequence } from './bad-command-sequence.ts';
import { bouncePort } from './bounce-port.ts';
import { cleartextLogin } from './cleartext-login.ts';
import { commandAfterQuit } from './command-after-quit.ts';
import { loginBruteforce } from './login-bruteforce.ts';
import { multilineReplyUnclosed } from './multiline-reply-unclosed.ts';
import { orphanReply } from './orphan-reply.ts';
import { reply214WithoutHelp } from './reply-214-without-help.ts';
import { reply221WithoutQuit } from './reply-221-without-quit.ts';
import { sessionWithoutQuit } from './session-without-quit.ts';
import { unexpectedReplyCode } from './unexpected-reply-code.ts';
import { unknownCommandBurst } from './unknown-command-burst.ts';

// biome-ignore lint/suspicious/noExplicitAny: states differ by rule; only the fold itself looks into its own
export const rules: readonly Rule<any>[] = [
  badCommandSequence,
  bouncePort,
  cleartextLogin,
  commandAfterQuit,
  loginBruteforce,
  multilineReplyUnclosed,
  orphanReply,
  reply214WithoutHelp,
  reply221WithoutQuit,
  sessionWithoutQuit,
  unexpectedReplyCode,
  unknownCommandBurst,
];
