/**
 * The same function of an immutable value, computed once for each: pages of one schedule share
 * what takes time to compute. What nobody holds any more is forgotten.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as V;
  };
}
