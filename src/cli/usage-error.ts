/** Wrong use. */
import { printable } from '../text.ts';

/** What was wrong, and what to do; several problems a line each. Ends with exit status 2. */
export class UsageError extends Error {
  constructor(message: string | readonly string[]) {
    super([message].flat().map(printable).join('\nftplog: '));
  }
}
