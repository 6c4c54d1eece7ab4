import { defineConfig } from 'vitest/config';
import { LastLine } from './test/setup/last-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-site.ts'],
    reporters: ['default', new LastLine()],
    // Patient: other work may run on the same machine.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
