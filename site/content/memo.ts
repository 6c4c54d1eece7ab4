import { computed, type ReadonlySignal } from '@preact/signals-core';
import { isDeepStrictEqual } from 'node:util';

/**
 * A function of content, computed again only when a part that it read has changed since. What comes
 * out equal stays the same value, so that nothing which read it is computed again: two values of one
 * function are the same object exactly when they are equal. Of a value that never changes it is
 * computed once. What nobody holds any more is forgotten.
 *
 * What was read is noted by the content itself (`LiveLocals`): nobody declares it.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const nodes = new WeakMap<K, ReadonlySignal<V>>();
  return (key) => {
    let node = nodes.get(key);
    if (!node) nodes.set(key, (node = stable(() => compute(key))));
    return node.value;
  };
}

/** The same with a name beside the content: one value for each track, room, day. */
export function memoEach<K extends object, V>(
  compute: (key: K, name: string) => V,
): (key: K, name: string) => V {
  const nodesOf = memo((_key: K) => new Map<string, ReadonlySignal<V>>());
  return (key, name) => {
    const nodes = nodesOf(key);
    let node = nodes.get(name);
    if (!node) nodes.set(name, (node = stable(() => compute(key, name))));
    return node.value;
  };
}

/** A computed value that keeps its identity as long as it is equal. */
function stable<V>(compute: () => V): ReadonlySignal<V> {
  let last: V;
  return computed(() => {
    const value = compute();
    return isDeepStrictEqual(value, last) ? last : (last = value);
  });
}
