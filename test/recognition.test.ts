/** Formats are told apart: every fixture is won by its own dialect, and what is not FTP is taken for nothing. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../src/analyze.ts';
import { dialects } from '../src/dialects/index.ts';
import { names } from './support/fixture.ts';

interface Win {
  readonly log: string;
  readonly wanted: string;
  readonly taken: string;
  readonly score: number;
  readonly runnerUp: string;
  readonly runnerUpScore: number;
}

/** What the first lines of a log are taken for, through whatever wraps them. */
function taken(path: string, wanted: string): Win {
  const analyzer = createAnalyzer({ rules: [] });
  analyzer.source({ name: path, reference: 0 });
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) analyzer.line(line);
  const first = analyzer.endSource()[0];
  return {
    log: path,
    wanted,
    taken: first?.dialect ?? '-',
    score: first?.score ?? 0,
    runnerUp: first?.runnerUp ?? '',
    runnerUpScore: first?.runnerUpScore ?? 0,
  };
}

describe('recognition', () => {
  it('lets every dialect win on its own logs and on no other', () => {
    const wins = dialects.flatMap((dialect) =>
      names(`fixtures/dialects/${dialect.id}`)
        .filter((name) => !name.endsWith('.events') && !name.endsWith('.md'))
        .map((name) => taken(`fixtures/dialects/${dialect.id}/${name}`, dialect.id)),
    );
    const off = wins.filter((win) => win.taken !== win.wanted);
    const near = wins.filter((win) => win.runnerUp !== '' && win.score - win.runnerUpScore < 0.05);
    console.log(matrix(wins));
    console.log(
      `${wins.length} logs of ${dialects.length} dialects, ${off.length} taken for another, ${near.length} won by less than 5 %`,
    );
    for (const win of near)
      console.log(
        `  ${win.log}: ${win.taken} ${win.score.toFixed(2)}, ${win.runnerUp} ${win.runnerUpScore.toFixed(2)}`,
      );
    expect(off).toEqual([]);
  });

  it('shows every sample that a dialect would claim to it: its marks stand there', () => {
    const marked = dialects.filter((dialect) => dialect.marks !== undefined);
    expect(marked.length).toBeGreaterThan(dialects.length / 2);
    const wrong: string[] = [];
    const look = (texts: readonly string[], where: string): void => {
      const whole = texts.join('\n');
      const sample = { texts, programs: texts.map(() => '') };
      for (const { id, marks = [], detect } of marked)
        if (!marks.some((mark) => whole.includes(mark)) && detect(sample) > 0) wrong.push(`${id}: ${where}: ${whole}`);
    };
    for (const { id } of dialects)
      for (const name of names(`fixtures/dialects/${id}`)) {
        if (name.endsWith('.events') || name.endsWith('.md')) continue;
        const lines = readFileSync(`fixtures/dialects/${id}/${name}`, 'utf8')
          .split(/\r?\n/)
          .filter((l) => l.trim() !== '');
        look(lines.slice(0, 200), `${id}/${name}`);
        for (const line of lines.slice(0, 200)) look([line], `${id}/${name}`);
      }
    expect(wrong).toEqual([]);
  });

  it('takes a table with command and code in one row for no packets', () => {
    const analyzer = createAnalyzer({ rules: [] });
    const rows = [
      ['timestamp', 'ip', 'port', 'command', 'file_size', 'reply_code', 'reply_msg'],
      ['1331903558', '192.0.2.49', '34433', 'PASV', '-', '227', 'Entering Passive Mode'],
      ['1331903560', '198.51.100.46', '56158', 'TYPE', '-', '200', 'Switching to Binary mode'],
      ['1331905066', '203.0.113.36', '1053', 'RETR', '6656', '226', 'Transfer complete'],
    ];
    for (const row of rows) analyzer.line(row.join('\t'));
    expect(analyzer.report().tally).toMatchObject({ lines: 4, understood: 0, unparsed: 4 });
  });

  for (const name of names('fixtures/not-ftp')) {
    it(`takes ${name} for no FTP log`, () => {
      const analyzer = createAnalyzer();
      analyzer.source({ name, reference: 0 });
      for (const line of readFileSync(`fixtures/not-ftp/${name}`, 'latin1').split('\n')) analyzer.line(line);
      const report = analyzer.report();
      expect(report.tables.get('overview')?.[0]?.['sessions']).toBe(0);
      expect(report.tally.understood).toBe(0);
      expect(report.findings).toEqual([]);
    });
  }
});

/** The confusion matrix, off-diagonal cells and runners-up only: nearly all others are empty. */
function matrix(wins: readonly Win[]): string {
  const cells = new Map<string, number>();
  for (const win of wins) {
    const key = `${win.wanted.padEnd(28)} taken for ${win.taken}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return [...cells].map(([key, n]) => `${key} ${n}`).join('\n');
}
