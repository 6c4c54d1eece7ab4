/** Remembers the last things that it was told; older ones are forgotten. */
export class RecentSet {
  readonly #things = new Set<string>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Is it remembered? From now on it is. */
  seen(thing: string): boolean {
    if (this.#things.has(thing)) return true;
    this.#things.add(thing);
    if (this.#things.size > this.#capacity) {
      const [oldest] = this.#things;
      this.#things.delete(oldest!);
    }
    return false;
  }

  has(thing: string): boolean {
    return this.#things.has(thing);
  }
}
