/** Parts of a document by path, changed by copying: the document shown is never changed in place. */
export type Path = readonly (string | number)[];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part at `path`, undefined where there is none. */
export function partAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const key of path) {
    if (Array.isArray(part) && typeof key === 'number') part = part[key];
    else if (isRecord(part) && Object.hasOwn(part, key)) part = part[key];
    else return undefined;
  }
  return part;
}

/** The list at `path`; empty where there is none. */
export function listAt(value: unknown, path: Path): readonly unknown[] {
  const part = partAt(value, path);
  return Array.isArray(part) ? part : [];
}

/** The value with `part` at `path`. A path that leads nowhere changes nothing. */
export function withPart(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value) && typeof key === 'number')
    return value.map((item, index) => (index === key ? withPart(item, rest, part) : item));
  if (isRecord(value)) return { ...value, [key]: withPart(value[key], rest, part) };
  return value;
}

/** The list with the item at `from` moved to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const others = list.filter((_, index) => index !== from);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** Lists a reference can mean, with where they are: the document's own and those one level below. */
export function referenceList(document: unknown, base: string): readonly unknown[] {
  const wanted = base.toLowerCase();
  let close: readonly unknown[] = [];
  for (const [name, list] of namedLists(document)) {
    const singular = name.replace(/(ss)es$|s$/, '$1').toLowerCase();
    if (singular === wanted) return list;
    if (wanted.endsWith(singular) || singular.endsWith(wanted)) close = list;
  }
  return close;
}

function namedLists(document: unknown): [string, readonly unknown[]][] {
  if (!isRecord(document)) return [];
  return Object.entries(document).flatMap(([name, part]): [string, readonly unknown[]][] => {
    if (Array.isArray(part)) return [[name, part]];
    if (!isRecord(part)) return [];
    return Object.entries(part).flatMap(([inner, list]): [string, readonly unknown[]][] =>
      Array.isArray(list) ? [[inner, list]] : [],
    );
  });
}
