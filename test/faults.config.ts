import { defineConfig } from 'vitest/config';

/** The heavier part of the fault list: processes killed, disks filled, backlogs of days. `npm run faults`. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    root: '.',
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
