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

  /** Resolves when nothing waits any more. */
  async done(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let task; (task = await this.#next());) {
      if (task.isAlone) await Promise.all(this.#inWork);
      const work = task.run();
      this.#inWork.add(work);
      void work.finally(() => this.#inWork.delete(work));
      if (task.isAlone) await work;
      else if (this.#inWork.size >= mostTogether) await Promise.race(this.#inWork);
    }
    this.#working = undefined;
  }

  /** Takes the next task in turn; undefined when nothing waits and everything is done. */
  async #next(): Promise<Task | undefined> {
    while (!this.#waiting.size && this.#inWork.size) await Promise.race(this.#inWork);
    const [turn] = this.#waiting;
    if (!turn) return undefined;
    const [person, [task, ...others]] = turn;
    // To the end of the queue, with what is still to do.
    this.#waiting.delete(person);
    if (others.length) this.#waiting.set(person, others);
    return task;
  }
}
