/** Why something failed: each diagnosis on logs that show it, and none on logs in which nothing failed. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../src/analyze-inputs.ts';
import { diagnoses } from '../src/diagnoses/index.ts';
import { aboutIn, codeIn, meaningOfRemark, meaningOfReply } from '../src/protocol/phrases.ts';
import type { Report } from '../src/report.ts';
import { why } from '../src/reporters/why.ts';
import { rules as allRules } from '../src/rules/index.ts';
import { expectFile, names } from './support/fixture.ts';

const folder = 'fixtures/diagnoses';

function logsOf(id: string): readonly string[] {
  return names(`${folder}/${id}`).filter((name) => name.endsWith('.log'));
}

async function textOf(report: Report): Promise<string> {
  const context = { color: false, width: 80, rows: new Set<never>(), sources: report.sources.map(({ name }) => name) };
  return [...(await why.open(context).end(report))].join('');
}

describe('a diagnosis', () => {
  it.each(diagnoses.map(({ id }) => id))('%s is shown by a log', (id) => {
    expect(logsOf(id).length).toBeGreaterThan(0);
  });

  it.each(names(folder).flatMap((id) => logsOf(id).map((name) => [id, name] as const)))('%s: %s', async (id, name) => {
    const path = `${folder}/${id}/${name}`;
    const report = await analyze(path);
    const found = report.diagnoses.map((row) => row.id);
    expect(found).toEqual(id === 'none' ? [] : expect.arrayContaining([id]));
    if (id !== 'none') expectFile(`${path}.why`, await textOf(report));
  });

  it('has an id that no rule has: both are results, and both are what --fail-on takes', () => {
    const rules = new Set(allRules.map(({ meta }) => meta.id));
    expect(diagnoses.filter(({ id }) => rules.has(id))).toEqual([]);
  });

  it('states its facts once, and something to do', () => {
    for (const { id, title, cause, cures, settle } of diagnoses) {
      expect(cures.length, id).toBeGreaterThan(0);
      expect(title, id).not.toMatch(/\.$/);
      for (const text of [cause, settle, ...cures.map((cure) => cure.text)]) expect(text, id).toMatch(/[.?]$/);
      for (const { weakens = '.' } of cures) expect(weakens, id).toMatch(/\.$/);
    }
  });

  it('goes by what is left where lines are missing, and is then no surer', async () => {
    const rank = { certain: 0, likely: 1, possible: 2 };
    const { readFileSync } = await import('node:fs');
    for (const name of logsOf('pasv-unroutable')) {
      const lines = readFileSync(`${folder}/pasv-unroutable/${name}`, 'utf8').split('\n');
      const whole = await analyze({ name, lines });
      const half = await analyze({ name, lines: lines.slice(0, lines.length / 2) });
      const sure = (report: Report): number => Math.min(3, ...report.diagnoses.map((row) => rank[row.certainty]));
      expect(sure(half)).toBeGreaterThanOrEqual(sure(whole));
    }
  });
});

describe('a phrase', () => {
  it.each([
    ['curl: (6) Could not resolve host: ftp.example.net', 'resolve-failed'],
    ['Status: Connection attempt failed with "ECONNREFUSED - Connection refused by server".', 'refused'],
    ['**** Timeout - reconnecting', 'timed-out'],
    ['Error: GnuTLS error -15: An unexpected TLS packet was received.', 'tls-wrong-version'],
    ['<--- SSH-2.0-OpenSSH_9.2p1', 'ssh'],
    ['< 220 You may not log in: too many users', ''],
    ['-rw-r--r-- 1 kim kim 108 Nov 30 02:19 notes.txt', ''],
  ])('%s means %s', (text, meaning) => {
    expect(meaningOfRemark(text)).toBe(meaning);
  });

  it.each([
    [530, 'PASS', 'Sorry, the maximum number of clients (3) from your host are already connected.', 'limit'],
    [550, 'USER', 'SSL/TLS required on the control channel', 'tls-required'],
    [500, 'PORT', "I won't open a connection to 192.168.1.23 (only to 198.51.100.7)", 'port-address-refused'],
    [530, 'USER', 'Permission denied.', 'login-not-allowed'],
    [550, 'STOR', 'Permission denied.', 'denied'],
    [500, 'PASS', 'OOPS: cannot change directory:/home/kim', 'login-home'],
  ])('%i to %s, "%s", means %s', (code, verb, text, meaning) => {
    expect(meaningOfReply(code, verb, text)).toBe(meaning);
  });

  it('tells which connection it is about, and which reply it quotes', () => {
    expect(aboutIn('Timeout detected. (data connection)')).toBe('data');
    expect(aboutIn('Error: Timeout (control socket)')).toBe('control');
    expect(aboutIn('timed out')).toBe('');
    expect(codeIn('ftplib.error_perm: 550 Permission denied.')).toBe(550);
    expect(codeIn('port 550 is closed')).toBe(0);
  });
});
