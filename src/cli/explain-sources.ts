/** What the reference pages may ask of the rest: the rules, and what a log line says. */

import type { LineReading } from '../explain/pages.ts';
import type { ExplainSources } from '../explain/resolve.ts';
import type { Event } from '../model.ts';

export const explainSources: ExplainSources = {
  rules: async () => (await import('../rules/index.ts')).rules.map((r) => r.meta),
  lineReader: async () => {
    const { readSingleLine } = await import('../recognition/single-line.ts');
    return (line) => {
      const read = readSingleLine(line);
      return read === undefined ? undefined : reading(read.dialect, read.title, read.event);
    };
  },
};

function reading(dialect: string, format: string, event: Event): LineReading {
  const { kind, verb, arg, code, text, peer, user, ok } = event;
  const claims = kind === 'login' || kind === 'transfer' || (kind === 'exchange' && code === 0);
  const outcome = !claims ? '' : ok ? 'ok' : 'failed';
  return { dialect, format, kind, verb, arg, code, text, client: peer, user, outcome };
}
