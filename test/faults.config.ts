import { defineConfig } from 'vitest/config';
import { SUITES } from './faults/list.ts';

/** The whole fault list: processes killed, disks filled, backlogs of days, clocks that jump. `npm run faults`. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts', ...SUITES],
    root: '.',
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
