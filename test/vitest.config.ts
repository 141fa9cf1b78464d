import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts; nothing is written without it. */
const results = process.env['XUNJIAN_TEST_RESULTS'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**'],
    root: '.',
    isolate: false,
    // Most of the time goes by waiting for real servers: two files at a time on two cores halve it.
    maxWorkers: 2,
    // A test that hangs is a fault; one that waits for a busy machine (a load of ten on two cores was seen) is not.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});
