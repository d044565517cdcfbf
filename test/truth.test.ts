/**
 * Inputs that were once misread, or could be, from the first octet to the findings. A case is a folder of logs; `told.txt`
 * holds what is told of them: sessions, exchanges, transfers, findings and what became of the lines.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import type { Exchange, Session, Transfer } from '../src/model.ts';
import { expectFile, linesOf, names } from './support/fixture.ts';
import { findingText } from './support/rule-fixture.ts';

const root = 'fixtures/truth';
const told = 'told.txt';

function stamp(ms: number): string {
  return Number.isNaN(ms) ? '-' : new Date(ms).toISOString();
}

function exchangeText(x: Exchange): string {
  const command = x.arg === '' ? x.verb : `${x.verb} ${JSON.stringify(x.arg)}`;
  const codes = x.replies.map((r) => r.code).join(' ');
  const user = x.session.user === '' ? '' : ` as ${JSON.stringify(x.session.user)}`;
  return `  ${x.session.id} ${command} = ${codes === '' ? x.outcome : codes}${user}`;
}

function transferText(t: Transfer): string {
  return `  ${t.session.id} ${t.direction} ${JSON.stringify(t.path)} ${t.bytes}${t.complete ? '' : ' incomplete'}`;
}

function sessionText(s: Session): string {
  const user = s.user === '' ? '' : ` user ${JSON.stringify(s.user)}`;
  const logged = s.loggedIn ? ' logged in' : '';
  const failed = s.failedLogins > 0 ? ` failed ${s.failedLogins}` : '';
  const end = s.end === '' ? '' : ` ${s.end}`;
  return `session ${s.id} client ${s.client === '' ? '?' : s.client}${user}${logged}${failed} ${stamp(s.opened)} ${stamp(s.closed)}${end}`;
}

async function tell(folder: string): Promise<string> {
  const out: string[] = [];
  const analyzer = createAnalyzer({
    observer: {
      exchange: (x) => void out.push(exchangeText(x)),
      transfer: (t) => void out.push(transferText(t)),
      session: (s) => void out.push(sessionText(s)),
    },
  });
  for (const name of names(folder)) {
    if (name === told) continue;
    analyzer.source({ name, reference: Date.UTC(2026, 11, 31) });
    const octets = readFileSync(`${folder}/${name}`);
    for (const line of await linesOf(octets)) analyzer.line(line);
    analyzer.endSource({ bytes: octets.length, clippedLines: 0 });
  }
  const { tally, findings, sources } = analyzer.report(0);
  for (const f of findings) out.push(`finding ${findingText(f)}: ${f.message}`);
  for (const s of sources) out.push(`read ${s.name} as ${s.dialects.map((d) => d.id).join(', ')}`);
  const { lines, understood, noise, unparsed, ambiguous } = tally;
  out.push(
    `lines ${lines}: ${understood} understood, ${noise} noise, ${unparsed} not understood, ${ambiguous} ambiguous`,
  );
  return `${out.join('\n')}\n`;
}

for (const name of names(root)) {
  it(`tells ${name}`, async () => {
    const text = await tell(`${root}/${name}`);
    expectFile(`${root}/${name}/${told}`, text);
    expect(text).toContain('read ');
  });
}
