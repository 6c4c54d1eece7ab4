import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Says in the very last line how it went: `12 passed, 0 failed`, for machines that read along. */
export class LastLine implements Reporter {
  #passed = 0;
  #failed = 0;

  onInit(_vitest: Vitest): void {
    process.once('exit', () => {
      process.stdout.write(`${this.#passed} passed, ${this.#failed} failed\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    this.#passed = tests.filter((test) => test.ok() && test.result().state === 'passed').length;
    // A file that cannot be loaded, and an error outside of all tests, count as a failure each.
    const broken = modules.filter((module) => !module.ok() && module.errors().length).length;
    this.#failed = tests.filter((test) => !test.ok()).length + broken + errors.length;
    if (this.#passed + this.#failed === 0) this.#failed = 1;
  }
}
