/** Copies of maps with one change: the state's maps are small and never changed in place. */

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

/** With one entry more and without those whose value is over, in one pass: this runs for every ticket issued. */
export function withEntryWithoutOver<K, V>(
  map: ReadonlyMap<K, V>,
  key: K,
  value: V,
  isOver: (value: V) => boolean,
): ReadonlyMap<K, V> {
  const copy = new Map<K, V>();
  for (const [otherKey, other] of map) if (!isOver(other)) copy.set(otherKey, other);
  return copy.set(key, value);
}
