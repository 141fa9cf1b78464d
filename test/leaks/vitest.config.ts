import { defineConfig } from 'vitest/config';

/** `npm run leaks`: the whole leak suite. Its short form is also part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/leaks/**/*.leak.ts', 'test/leaks/**/*.test.ts', 'test/e2e/canary.test.ts', 'test/e2e/hostile.test.ts', 'test/agent/wire/**/*.test.ts'],
    root: '.',
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['verbose'],
  },
});
