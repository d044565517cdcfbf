// Prints how well ftplog reads the recorded sessions of fixtures/corpus. Arguments: dialects or parts of paths with a slash;
// -v says what differs, -u leaves out what is exact.
import { runBundled } from './bundled.mjs';

await runBundled('test/support/corpus-table.ts', 'corpus');
