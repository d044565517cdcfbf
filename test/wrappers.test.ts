/** Every wrapper on its own lines: found by content, taken off line by line as expected. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../src/model.ts';
import { unwrap } from '../src/recognition/recognise.ts';
import { wrappers } from '../src/wrappers/index.ts';
import { bare, type Peeled } from '../src/wrappers/wrapper.ts';
import { expectFile, linesOf, names } from './support/fixture.ts';

const root = 'fixtures/wrappers';
const options = {
  offsetAt: () => 0,
  year: 0,
  reference: Date.UTC(2026, 11, 31),
  layout: '',
  assume: () => undefined,
};

/** What is left of each line when the wrappers of most lines are off. */
function peeled(lines: readonly string[]): { readonly ids: readonly string[]; readonly text: string } {
  const layer = unwrap(wrappers, lines, options).at(-1);
  const peels = (layer?.wrappers ?? []).map((w) => w.open(options));
  const ids = (layer?.wrappers ?? []).map((w) => w.id);
  const out = lines.map((line, i) => {
    let one: Peeled = { text: line, envelope: bare, times: 1 };
    for (const peel of peels) {
      const inner = peel(one.text, one.envelope);
      if (inner === undefined) return `${i + 1} not worn: ${JSON.stringify(one.text)}`;
      if (typeof inner === 'string') return `${i + 1} ${inner}`;
      one = inner;
    }
    return `${i + 1}${one.times > 1 ? ` x${one.times}` : ''} ${envelopeText(one.envelope)}${JSON.stringify(one.text)}`;
  });
  return { ids, text: `${[`# ${ids.join(' > ')}`, ...out].join('\n')}\n` };
}

function envelopeText({ time, host, program, pid }: Envelope): string {
  const parts = [
    Number.isNaN(time) ? '' : new Date(time).toISOString(),
    host,
    pid === '' ? program : `${program}[${pid}]`,
  ];
  const text = parts.filter((part) => part !== '').join(' ');
  return text === '' ? '' : `${text}: `;
}

for (const wrapper of wrappers) {
  describe(wrapper.id, () => {
    const logs = names(`${root}/${wrapper.id}`).filter((name) => !name.endsWith('.peeled'));

    it('has a fixture', () => {
      expect(logs.length).toBeGreaterThan(0);
    });

    for (const log of logs) {
      it(`comes off ${log}`, async () => {
        const octets = readFileSync(`${root}/${wrapper.id}/${log}`);
        const { ids, text } = peeled(await linesOf(octets));
        expect(ids).toContain(wrapper.id);
        expectFile(`${root}/${wrapper.id}/${log}.peeled`, text);
      });
    }
  });
}

it('leaves control characters in names alone where no terminal was recorded', () => {
  const lines = ['257 "/a\x1b[31mred\x1b[0m" created', '226 done', '221 bye', '150 here', '230 in', 'QUIT'];
  expect(unwrap(wrappers, lines, options).length).toBe(1);
});
