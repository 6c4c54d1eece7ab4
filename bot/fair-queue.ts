/**
 * Does one thing after the other; people take turns, so that nobody waits for somebody who asks for
 * much at once. What one person asks for is done in the order asked.
 */
export class FairQueue {
  readonly #waiting = new Map<string, (() => Promise<void>)[]>();
  #working: Promise<void> | undefined;

  /** Does something for somebody when their turn comes. @param task must not reject */
  add(person: string, task: () => Promise<void>): void {
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
    for (;;) {
      const [turn] = this.#waiting;
      if (!turn) break;
      const [person, [task, ...others]] = turn;
      // To the end of the queue, with what is still to do.
      this.#waiting.delete(person);
      if (others.length) this.#waiting.set(person, others);
      await task?.();
    }
    this.#working = undefined;
  }
}
