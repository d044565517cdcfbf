/**
 * The reference as a library: pages of codes and comparisons of two, as typed objects.
 *
 * The prose is loaded when it is first asked for, hence the promises.
 */
import { comparisonPage } from './comparison.ts';
import type { ComparisonPage, ReplyPage } from './pages.ts';
import { replyPage } from './reply.ts';

export type { ComparisonPage, Confusion, Digits, Eliciting, ReplyPage, SeenReply } from './pages.ts';

/** The page of a reply code. A code that nobody defines is explained by its digits, with `known` false. */
export async function explainReply(code: number): Promise<ReplyPage> {
  const { reference } = await import('../protocol/reference/index.ts');
  return replyPage(reference, checked(code));
}

/** Two reply codes side by side: what they share, what tells them apart, when each is used and what to do. */
export async function compareReplies(a: number, b: number): Promise<ComparisonPage> {
  const { reference } = await import('../protocol/reference/index.ts');
  return comparisonPage(reference, checked(a), checked(b));
}

function checked(code: number): number {
  if (Number.isInteger(code) && code >= 0 && code < 700) return code;
  throw new RangeError(`no reply code: ${code} — three digits, the first of them 0 to 6`);
}
