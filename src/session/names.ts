/** Clients and users as reports name them: one string object for the same name, for as long as the analysis lives. */
import { normalizeAddress } from '../protocol/host-port.ts';
import { maskArgument } from '../protocol/secrets.ts';
import { interner, own } from '../text.ts';

export class Names {
  readonly client: (peer: string) => string = interner((peer) => own(normalizeAddress(peer)));
  /** Without a password behind it. */
  readonly user: (name: string) => string = interner((name) => own(maskArgument('USER', name)));
}
