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

it('keeps the latest secrets, each once, and forgets the oldest', () => {
  const secrets = new LatestSecrets(2);
  keep(secrets, 'zebra-one', 'zebra-two', 'ZEBRA-one');
  expect(secrets.all().length).toBe(2);
  keep(secrets, 'zebra-three');
  expect(hidden(secrets, ['zebra-one', 'zebra-two', 'zebra-three'])).toEqual(['zebra-one', 'zebra-three']);
  expect(JSON.stringify(secrets)).not.toContain('zebra');
});
