// Bundles and runs bench/dialects.ts: npm run bench:dialects
import { runBundled } from '../scripts/bundled.mjs';

await runBundled('bench/dialects.ts', 'bench-dialects');
