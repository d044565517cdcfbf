/** Conditions made ready: tests of clients, users, paths and codes. */
import { inNetwork, type Network, parseNetwork } from '../protocol/host-port.ts';
import type { TextPattern } from './config.ts';
import { globTest, type TextTest } from './glob.ts';
import type { RegexCompiler } from './values.ts';

/** What tests are made with. */
export interface Compiler {
  readonly regex: RegexCompiler | undefined;
  readonly ownNetworks: readonly string[];
}

/** Fits everything. */
export function anything(): boolean {
  return true;
}

/** True where one of the patterns fits; no pattern fits everything. */
export function textTest(patterns: readonly TextPattern[], compiler: Compiler): TextTest {
  const tests = patterns.map((pattern) => patternTest(pattern, compiler));
  if (tests.length === 0) return anything;
  return (text) => tests.some((test) => test(text));
}

/** As {@link textTest}; a glob without a slash is compared with the name behind the last slash. */
export function pathTest(patterns: readonly TextPattern[], compiler: Compiler): TextTest {
  const tests = patterns.map((pattern): TextTest => {
    const test = patternTest(pattern, compiler);
    if (pattern.kind === 'regex' || pattern.source.includes('/')) return test;
    return (path) => test(path.slice(path.lastIndexOf('/') + 1));
  });
  if (tests.length === 0) return anything;
  return (path) => tests.some((test) => test(path));
}

export function patternTest({ kind, source, ignoreCase }: TextPattern, { regex }: Compiler): TextTest {
  if (kind === 'glob') return globTest(source, ignoreCase);
  const test = regex?.(source, ignoreCase);
  if (test === undefined || typeof test === 'string') throw new Error(`no regular expression: '${source}'`);
  return test;
}

/** True for addresses in one of the networks and for names that fit; no client fits everyone. */
export function clientTest(clients: readonly string[], { ownNetworks }: Compiler): TextTest {
  if (clients.length === 0) return anything;
  const networks = networksOf(clients, ownNetworks);
  const names = clients
    .filter((client) => client !== 'own' && parseNetwork(client) === undefined)
    .map((client) => globTest(client, true));
  let last = '';
  let lastFits = false;
  return (host) => {
    if (host === '') return false;
    if (host === last) return lastFits;
    last = host;
    lastFits = networks.some((network) => inNetwork(network, host)) || names.some((test) => test(host));
    return lastFits;
  };
}

/** True for a network (CIDR) that lies wholly within one of those named. */
export function networkTest(clients: readonly string[], { ownNetworks }: Compiler): TextTest {
  const networks = networksOf(clients, ownNetworks);
  return (text) => {
    const inner = parseNetwork(text);
    const first = text.split('/')[0] ?? '';
    return inner !== undefined && networks.some((outer) => outer.bits <= inner.bits && inNetwork(outer, first));
  };
}

function networksOf(clients: readonly string[], ownNetworks: readonly string[]): readonly Network[] {
  return clients
    .flatMap((client) => (client === 'own' ? ownNetworks : [client]))
    .map(parseNetwork)
    .filter((network) => network !== undefined);
}
