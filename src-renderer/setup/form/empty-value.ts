import { isRecord } from './parts.ts';
import type { Field, Shape } from './shape.ts';

/** A value to start from, to be filled in; what a person must write is empty and shows as a problem until it is. */
export function emptyValue(shape: Shape): unknown {
  switch (shape.kind) {
    case 'local-text':
      return { zh: '', en: '' };
    case 'text':
    case 'suggested':
    case 'reference':
      return '';
    case 'number':
      return shape.least ?? 0;
    case 'boolean':
      return false;
    case 'choice':
      return shape.options[0] ?? '';
    case 'choices':
    case 'references':
      return [];
    case 'list':
      return Array.from({ length: shape.least }, () => emptyValue(shape.item));
    case 'object':
      return emptyFields(shape.fields);
    case 'variants':
      return emptyVariant(shape, shape.variants[0]?.value ?? '');
    case 'nullable':
    case 'json':
      return null;
  }
}

/** An item of kind `value` with its own fields empty. */
export function emptyVariant(shape: Extract<Shape, { kind: 'variants' }>, value: string): unknown {
  const variant = shape.variants.find(one => one.value === value);
  return { [shape.tag]: value, ...emptyFields(variant?.fields ?? []) };
}

function emptyFields(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, shape, fallback }) => [name, fallback === undefined ? emptyValue(shape) : fallback]),
  );
}

/** A new item for a list, with an id that nothing else there has: `queue-2` in `queues`. */
export function newItem(shape: Shape, list: readonly unknown[], listName: string): unknown {
  const item = emptyValue(shape);
  return isRecord(item) && 'id' in item ? { ...item, id: freshId(list, listName) } : item;
}

/** A copy of an item, under an id of its own; a name people know it by (a number, a letter) is theirs to change. */
export function copyItem(item: unknown, list: readonly unknown[], listName: string): unknown {
  return isRecord(item) && 'id' in item ? { ...item, id: freshId(list, listName) } : item;
}

function freshId(list: readonly unknown[], listName: string): string {
  const base = listName.replace(/(ss)es$|(x)es$|s$/, '$1$2').toLowerCase();
  const taken = new Set(list.map(item => (isRecord(item) ? item.id : undefined)));
  let number = list.length + 1;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
