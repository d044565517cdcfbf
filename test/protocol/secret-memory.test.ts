/** Secrets that are remembered, and forgotten. */
import { expect, it } from 'vitest';
import { conceal, LatestSecrets } from '../../src/protocol/secret-memory.ts';

function keep(secrets: LatestSecrets, ...values: readonly string[]): void {
  for (const value of values) {
    const secret = conceal([value]);
    if (secret === undefined) throw new Error(`${value} is no secret`);
    secrets.keep(secret);
  }
}

function hidden(secrets: LatestSecrets, values: readonly string[]): readonly string[] {
  return values.filter((value) => secrets.all().some((secret) => secret.is(value)));
}

it('keeps the latest secrets, each once, and forgets those long ago', () => {
  const secrets = new LatestSecrets(2);
  keep(secrets, 'zebra-one', 'zebra-two', 'ZEBRA-one');
  expect(secrets.all().length).toBe(2);
  keep(secrets, 'zebra-three', 'zebra-one');
  const all = ['zebra-one', 'zebra-two', 'zebra-three', 'zebra-four', 'zebra-five'];
  expect(hidden(secrets, all)).toEqual(['zebra-one', 'zebra-two', 'zebra-three']);
  expect(secrets.all().length).toBe(3);
  keep(secrets, 'zebra-four', 'zebra-five');
  expect(hidden(secrets, all)).toEqual(['zebra-one', 'zebra-three', 'zebra-four', 'zebra-five']);
  expect(JSON.stringify(secrets)).not.toContain('zebra');
});
