import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A process for each core, so that CPU time is that of one file; the files of a process share the modules of `src`,
    // whose loading took longer than most tests.
    pool: 'forks',
    isolate: false,
    // For what hangs, not for what is slow.
    testTimeout: 120_000,
  },
});
