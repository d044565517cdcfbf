/** What rules keep of facts does not depend on the order in which they come, nor on whether they came in order at first. */
import { expect, it } from 'vitest';
import { type Fact, inOrder, worstFirst } from '../src/rules/engine/fact.ts';
import { enter, factsOf, ledgers, mergeLedgers } from '../src/rules/kinds/ledger.ts';
import { mergeSightings, type Sightings, sight, sightings } from '../src/rules/kinds/sightings.ts';
import { randomOf } from './support/mutation.ts';

const clients = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
const below = randomOf(42);

/** Facts of three clients; `disorder`: percentage of those that stand anywhere. */
function factsWith(disorder: number): readonly Fact[] {
  return Array.from({ length: 60 }, (_, i): Fact => {
    const at = below(100) < disorder ? below(60) : i;
    return {
      time: below(10) === 0 ? Number.NaN : at * 1000,
      source: 0,
      line: at + 1,
      session: 's',
      dialect: 'd',
      client: clients[below(3)] as string,
      user: '',
      note: `n${i}`,
      rank: below(4),
      done: true,
    };
  });
}

function seen(facts: readonly Fact[]): Sightings {
  const state = sightings();
  for (const fact of facts) sight(state, 'client', fact);
  return state;
}

function expectTelling(state: Sightings, facts: readonly Fact[]): void {
  for (const client of clients) {
    const own = facts.filter((fact) => fact.client === client);
    const group = state.map.get(client);
    const ordered = [...own].sort(inOrder);
    expect(group?.count ?? 0).toBe(own.length);
    expect(group?.first ?? []).toEqual(ordered.slice(0, 4));
    expect(group?.worst ?? []).toEqual([...own].sort(worstFirst).slice(0, 3));
    expect(group?.last ?? []).toEqual(ordered.slice(-3));
  }
}

it.each([0, 2, 30, 100])('keeps the first, the worst and the last, %i % of them out of order', (disorder) => {
  for (let round = 0; round < 20; round++) {
    const facts = factsWith(disorder);
    expectTelling(seen(facts), facts);
    const cut = below(facts.length);
    const [one, other] = [seen(facts.slice(0, cut)), seen(facts.slice(cut))];
    const more = factsWith(disorder).slice(cut);
    mergeSightings(one, other);
    for (const fact of more) sight(one, 'client', fact);
    expectTelling(one, [...facts, ...more]);
  }
});

it.each([0, 2, 30, 100])('a ledger is in order, %i % of them out of order', (disorder) => {
  for (let round = 0; round < 20; round++) {
    const facts = factsWith(disorder);
    const cut = below(facts.length);
    const [one, other] = [ledgers(), ledgers()];
    for (const [i, fact] of facts.entries()) enter(i < cut ? one : other, fact.client, fact);
    mergeLedgers(one, other);
    const more = factsWith(disorder).slice(cut);
    for (const fact of more) enter(one, fact.client, fact);
    for (const client of clients)
      expect(factsOf(one, client)).toEqual([...facts, ...more].filter((fact) => fact.client === client).sort(inOrder));
  }
});
