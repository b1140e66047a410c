/** Copies of maps with one change: the state's maps are small and never changed in place. */

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

/** Without the entries whose value is over; the same map when none is. */
export function withoutEntries<K, V>(
  map: ReadonlyMap<K, V>,
  isOver: (value: V) => boolean,
): ReadonlyMap<K, V> {
  const over = [...map].filter(([, value]) => isOver(value));
  if (over.length === 0) return map;
  const copy = new Map(map);
  for (const [key] of over) copy.delete(key);
  return copy;
}
