/** How many tasks may be in work together, so that a newcomer never waits for more than those. */
const mostTogether = 32;

interface Task {
  readonly run: () => Promise<void>;
  /** Begins only after everything before it is done, and nothing begins before it is. */
  readonly isAlone: boolean;
}

/**
 * Begins one thing after the other; people take turns, so that nobody waits for somebody who asks for
 * much at once. What one person asks for is begun in the order asked. What may be in work together
 * with others doesn't wait for them.
 */
export class FairQueue {
  readonly #waiting = new Map<string, Task[]>();
  readonly #inWork = new Set<Promise<void>>();
  #working: Promise<void> | undefined;

  /** Does something for somebody when their turn comes. @param run must not reject */
  add(person: string, run: () => Promise<void>, { isAlone = true } = {}): void {
    const task = { run, isAlone };
    const tasks = this.#waiting.get(person);
    if (tasks) tasks.push(task);
    else this.#waiting.set(person, [task]);
    this.#working ??= this.#work();
  }

  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, tasks) => sum + tasks.length, 0);
  }

  /** Resolves when nothing waits any more. */
  async done(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // Looked at and left in one go: what is added in between would be left lying.
    while (this.#waiting.size || this.#inWork.size) {
      const task = this.#take();
      if (task) await this.#begin(task);
      else await Promise.race(this.#inWork);
    }
    this.#working = undefined;
  }

  async #begin({ run, isAlone }: Task): Promise<void> {
    if (isAlone) await Promise.all(this.#inWork);
    const work = run();
    this.#inWork.add(work);
    void work.finally(() => this.#inWork.delete(work));
    if (isAlone) await work;
    else if (this.#inWork.size >= mostTogether) await Promise.race(this.#inWork);
  }

  /** The next task in turn. */
  #take(): Task | undefined {
    const [turn] = this.#waiting;
    if (!turn) return undefined;
    const [person, [task, ...others]] = turn;
    // To the end of the queue, with what is still to do.
    this.#waiting.delete(person);
    if (others.length) this.#waiting.set(person, others);
    return task;
  }
}
