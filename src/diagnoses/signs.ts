/** Conditions that several diagnoses share. */
import { addressClass } from '../protocol/host-port.ts';
import type { Case, Found } from './diagnosis.ts';
import { placesOf } from './judge.ts';

/** Somebody says it. */
export function whenSaid(c: Case, ...meanings: readonly string[]): Found | undefined {
  const said = c.said(...meanings);
  return said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf(said) };
}

/** A reply that refuses says it. */
export function whenRefused(c: Case, meaning: string): Found | undefined {
  const units = c.units.filter((unit) => unit.meaning === meaning);
  const said = c.story.signs.filter((s) => s.meaning === meaning && s.code >= 400 && s.line > c.story.lastGood);
  return units.length + said.length === 0 ? undefined : { certainty: 'certain', lines: placesOf([...units, ...said]) };
}

/** An address that is reached only from inside its own network. */
export function isInner(host: string): boolean {
  const sort = addressClass(host);
  return sort !== '' && sort !== 'public' && sort !== 'documentation';
}

/** The server announces an address at which the client cannot reach it. */
export function isWrong(host: string, { server, client }: Case): boolean {
  if (host === '' || host === server) return false;
  const sort = addressClass(host);
  if (sort === 'loopback' || sort === 'unspecified') return addressClass(server) !== 'loopback';
  if (server === '') return isInner(host) && !isInner(client);
  if (isInner(host)) return !isInner(server);
  return !isInner(server) && server !== host;
}
