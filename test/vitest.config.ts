import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts; nothing is written without it. */
const results = process.env['XUNJIAN_TEST_RESULTS'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    root: '.',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
});
