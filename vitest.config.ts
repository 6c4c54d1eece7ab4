import { defineConfig } from 'vitest/config';
import { LastLine } from './test/setup/last-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-site.ts'],
    reporters: ['default', new LastLine()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
