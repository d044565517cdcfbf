/** `html`: one file without network, for people to look at and to show around. */
import type { Exchange, Session } from '../model.ts';
import type { Report } from '../report.ts';
import { Conversations } from './html/conversations.ts';
import { page } from './html/page.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import type { Reporter, ReportWriter } from './reporter.ts';

function open(): ReportWriter {
  const conversations = new Conversations();
  return {
    exchange: (x: Exchange): string => {
      conversations.exchange(x);
      return '';
    },
    session: (s: Session): string => {
      conversations.session(s);
      return '';
    },
    end: async (report: Report): Promise<Iterable<string>> => {
      const hashes = { script: await sha256(script), style: await sha256(style) };
      const { reference } = await import('../protocol/reference/index.ts');
      const sessionCount = conversations.sessions;
      return page({ report, conversations: conversations.ranked(), sessionCount, texts: reference.replies, hashes });
    },
  };
}

/** For the content security policy: only this script and this style sheet are allowed. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

export const html: Reporter = {
  open,
};
