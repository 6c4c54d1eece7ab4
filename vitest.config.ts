import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LastLine } from './test/setup/last-line.ts';

const deployment = 'test/deploy/{machine/*,puppet}.integration.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', new LastLine()],
    // Much of the time a test waits, for servers and browsers.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    // Patient: other work may run on the same machine.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.integration.test.ts'],
        },
      },
      {
        extends: true,
        // With real servers, browsers and processes.
        test: {
          name: 'integration',
          include: ['test/**/*.integration.test.ts'],
          exclude: [deployment],
          globalSetup: ['test/setup/compile-site.ts'],
        },
      },
      {
        extends: true,
        // They set up this machine, and remove it all again: one after the other, after all others.
        test: {
          name: 'deployment',
          include: [deployment],
          globalSetup: ['test/setup/make-release.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
