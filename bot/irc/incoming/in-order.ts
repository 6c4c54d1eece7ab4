/**
 * Delivers things in the order in which they came, though some of them have to be waited for.
 * While nothing is waited for, that is at once.
 */
export function inArrivalOrder<T>(deliver: (thing: T) => void): (thing: T | Promise<T>) => void {
  const waiting: { thing?: { readonly value: T } }[] = [];
  const flush = () => {
    while (waiting[0]?.thing) deliver(waiting.shift()!.thing!.value);
  };
  return (thing) => {
    if (!(thing instanceof Promise) && waiting.length === 0) {
      deliver(thing);
      return;
    }
    const entry: (typeof waiting)[number] = {};
    waiting.push(entry);
    if (!(thing instanceof Promise)) entry.thing = { value: thing };
    else
      void thing.then((value) => {
        entry.thing = { value };
        flush();
      });
  };
}
