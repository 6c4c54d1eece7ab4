import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LastLine } from './test/setup/last-line.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-site.ts'],
    reporters: ['default', new LastLine()],
    // Much of the time a test waits, for servers and browsers.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    // Patient: other work may run on the same machine.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
