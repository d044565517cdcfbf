/** Strings that mean harm, and reports, exchanges and sessions made of them. */
import type { Exchange, Remark, Session, Transfer } from '../../../src/model.ts';
import type { Report } from '../../../src/report.ts';
import { analysed, sampleLines } from './sample.ts';

/** By name: what each would do where it is not escaped. */
export const hostileStrings: readonly (readonly [string, string])[] = [
  ['ESC colour', '\x1b[31mred\x1b[0m'],
  ['CSI clear screen', '\x1b[2J\x1b[H'],
  ['C1 CSI', '\x9b2J\x9b1;1H'],
  ['OSC title', '\x1b]0;owned\x07'],
  ['OSC 8 link', '\x1b]8;;https://evil.example/\x1b\\click\x1b]8;;\x1b\\'],
  ['bidi override', 'txt.\u202egpj.exe\u202c'],
  ['bidi isolate', '\u2066admin\u2069'],
  ['zero width', 'ad\u200bmin\ufeff'],
  ['script', '<script>alert(1)</script>'],
  ['image', '<img src=x onerror=alert(1)>'],
  ['attribute', '" onmouseover="alert(1)" x="'],
  ['attribute single', "' onfocus=alert(1) autofocus '"],
  ['closing tags', '</code></td></tr></table></details></style></script><script>alert(2)</script>'],
  ['html comment', '<!-- --><!--> ]]>'],
  ['cdata', ']]><failure/><![CDATA['],
  ['entity', '&lt;b&gt; &#x3c;b&#x3e; &amp;'],
  ['workflow command', '::error::owned'],
  ['workflow command line', 'a\n::error file=a,line=1::owned\n::set-output name=x::y'],
  ['workflow escapes', '%0A::warning::owned %25 a,b:c'],
  ['formula', '=cmd()'],
  ['formula dde', "=cmd|' /C calc'!A0"],
  ['formula plus', '+1+1'],
  ['formula minus', '-2+3+cmd|x'],
  ['formula at', '@SUM(1,1)'],
  ['formula tab', '\t=1+1'],
  ['formula newline', '\r\n=1+1'],
  ['formula wide', '＝1+1'],
  ['csv', 'a","b"\r\nc,d'],
  ['markdown table', 'a | b \\| c `|` d'],
  ['markdown link', '[click](https://evil.example) ![x](https://evil.example/x.png)'],
  ['markdown html', '<details open><summary>x</summary></details>'],
  ['markdown mention', '@everyone #1 GH-1 www.evil.example https://evil.example a@evil.example :tada:'],
  ['markdown heading', '\n# owned\n- a\n```\nx'],
  ['backticks', '```` `` ` '],
  ['label', 'a"} 1\nftplog_owned{x="y'],
  ['backslash', '\\'],
  ['sarif message', '[link](1) {0} {x} \\['],
  ['lone surrogates', '\ud800x\udc00'],
  ['noncharacters', '\ufffe\uffff'],
  ['null', 'a\u0000b'],
  ['delete', '\x7f\x08\x08'],
  ['line separators', 'a\u2028b\u2029c\x85d'],
  ['prototype', '__proto__'],
  ['constructor', 'constructor'],
  ['long', 'x'.repeat(5000)],
  ['combining', `e${'\u0301'.repeat(300)}`],
  ['wide', '漢'.repeat(200)],
  ['emoji', '👩‍👩‍👧‍👦🏴‍☠️'],
  ['path', `/${'very/'.repeat(60)}file`],
  ['dots', '../../etc/passwd'],
  ['url', 'javascript:alert(1)'],
];

const base = analysed(sampleLines());

/** Keys of texts that come from the log, the command line or the file system; the other texts are ours. */
const foreign: ReadonlySet<string> = new Set([
  'name',
  'error',
  'text',
  'program',
  'client',
  'user',
  'path',
  'verb',
  'message',
  'source',
  'session',
  'network',
  'key',
  'server',
  'first',
  'file',
  'reason',
  'allowed',
  'title',
  'cause',
  'product',
  'weakens',
  'settle',
  'why',
  'advice',
  'falseAlarms',
]);

function replaced(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') return foreign.has(key) && !/^\d{4}-\d\d-\d\dT/.test(value) ? text : value;
  if (Array.isArray(value)) return value.map((each) => replaced(each, key, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaced(v, k, text)]));
}

/** The sample report with this text wherever a text comes from outside. */
export function hostileReport(text: string): Report {
  const { report } = base;
  const swap = <T>(value: T): T => replaced(value, '', text) as T;
  return {
    ...report,
    sources: swap(report.sources).map((s) => ({ ...s, error: text })),
    tables: new Map([...report.tables].map(([id, rows]) => [id, swap(rows)])),
    diagnoses: swap(report.diagnoses),
    findings: swap(report.findings),
    rules: report.rules.map((rule) => ({ ...swap(rule), references: [text], cwe: [text], attack: [text] })),
    assumptions: [text],
    suppressed: swap(report.findings.slice(0, 1)).map((f) => ({ ...f, reason: text, allowed: text, expires: null })),
    baseline: { file: text, known: 1, new: 1, gone: 0, newPairs: [] },
  };
}

type Item =
  | { readonly exchange: Exchange }
  | { readonly transfer: Transfer }
  | { readonly remark: Remark }
  | { readonly session: Session };

/** What was fed for the sample, with this text in it. */
export function hostileRows(text: string): readonly Item[] {
  const items: Item[] = [];
  const spoilt = (session: Session): Session => ({ ...session, client: text, user: text, server: text, key: text });
  base.feed(
    {
      exchange: (x): string => {
        const replies = x.replies.map((r) => ({ ...r, text }));
        items.push({ exchange: { ...x, session: spoilt(x.session), verb: x.asked ? text : '', arg: text, replies } });
        return '';
      },
      transfer: (t): string => {
        items.push({ transfer: { ...t, session: spoilt(t.session), path: text } });
        return '';
      },
      session: (s): string => {
        items.push({
          remark: { session: spoilt(s), source: 0, line: 1, time: 0, meaning: text, about: 'data', code: 425 },
        });
        items.push({ session: spoilt(s) });
        return '';
      },
      end: () => [],
    },
    [],
  );
  return items;
}
