/**
 * Hands on what comes in the order in which it came, though some of it has to be waited for.
 * While nothing is waited for, that is at once.
 */
export function inArrivalOrder<T>(handOn: (thing: T) => void): (thing: T | Promise<T>) => void {
  const waiting: { thing?: { readonly value: T } }[] = [];
  const flush = () => {
    while (waiting[0]?.thing) handOn(waiting.shift()!.thing!.value);
  };
  return (thing) => {
    if (!(thing instanceof Promise) && waiting.length === 0) {
      handOn(thing);
      return;
    }
    const place: (typeof waiting)[number] = {};
    waiting.push(place);
    if (!(thing instanceof Promise)) place.thing = { value: thing };
    else
      void thing.then((value) => {
        place.thing = { value };
        flush();
      });
  };
}
