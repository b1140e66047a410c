import { isRecord, type Path } from './form/parts.ts';

/** One difference between two documents. */
export interface Change {
  /** Where; items of lists that have an id or a number are compared by it and named by it. */
  readonly path: Path;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly before: unknown;
  readonly after: unknown;
}

/** More differences than these are no longer read one by one. */
export const MAX_CHANGES = 300;

/** What differs from `before` to `after`, in the order of the document; the version number is no difference. */
export function documentChanges(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = [];
  compare(before, after, [], changes);
  return changes.filter(({ path }) => !(path.length === 1 && path[0] === 'version')).slice(0, MAX_CHANGES);
}

function compare(before: unknown, after: unknown, path: Path, changes: Change[]): void {
  if (isSame(before, after)) return;
  if (isRecord(before) && isRecord(after) && !isText(before)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(before[key], after[key], [...path, key], changes);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && hasKeys(before) && hasKeys(after)) {
    compareLists(before, after, path, changes);
    return;
  }
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  changes.push({ path, kind, before, after });
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
  changes: Change[],
): void {
  const earlier = new Map(before.map(item => [keyOf(item), item]));
  const later = new Set(after.map(keyOf));
  for (const item of before) {
    const key = keyOf(item);
    if (key !== undefined && !later.has(key))
      changes.push({ path: [...path, key], kind: 'removed', before: item, after: undefined });
  }
  for (const item of after) {
    const key = keyOf(item);
    if (key === undefined) continue;
    if (earlier.has(key)) compare(earlier.get(key), item, [...path, key], changes);
    else changes.push({ path: [...path, key], kind: 'added', before: undefined, after: item });
  }
  const stayed = before.map(keyOf).filter(key => later.has(key ?? ''));
  const order = after.map(keyOf).filter(key => earlier.has(key));
  if (!isSame(stayed, order)) changes.push({ path, kind: 'moved', before: stayed, after: order });
}

/** What names an item for people and machines alike. */
export function keyOf(item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  const { id, number } = item;
  return typeof id === 'string' ? id : typeof number === 'string' ? number : undefined;
}

function hasKeys(list: readonly unknown[]): boolean {
  const keys = list.map(keyOf);
  return keys.every(key => key !== undefined) && new Set(keys).size === keys.length;
}

/** A Chinese text and its English belong together: one difference. */
function isText(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value.zh === 'string' && typeof value.en === 'string';
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
