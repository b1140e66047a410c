import { z } from 'zod';
import type { Table } from './read-document.ts';
import { namesIn } from './read-document.ts';

/** `path` or `path or null` for every field of a shape, lists as `[]`, such as `groups[].id`. */
export type ShapePaths = readonly string[];

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The fields of a schema, alternatives merged. */
export function schemaToPaths(schema: z.ZodType): ShapePaths {
  const paths = new Set<string>();
  const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
  walk(json, '', paths);
  return [...paths].sort();
}

function walk(schema: JsonSchema, path: string, paths: Set<string>): void {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const isNullable = choices.some(choice => choice.type === 'null');
    for (const choice of choices) if (choice.type !== 'null') walk(choice, path, paths);
    if (isNullable) {
      paths.delete(path);
      paths.add(`${path} or null`);
    }
    return;
  }
  if (schema.properties) {
    if (path !== '') paths.add(path);
    for (const [name, field] of Object.entries(schema.properties))
      walk(field, path === '' ? name : `${path}.${name}`, paths);
  } else if (schema.items) walk(schema.items, `${path}[]`, paths);
  else if (path !== '') paths.add(schema.type?.includes('null') ? `${path} or null` : path);
}

/** The fields of a shape as the document's tables give them, named shapes unfolded. */
export function tableToPaths(tables: readonly Table[], shape: string): ShapePaths {
  const paths = new Set<string>();
  unfold(tables, shape, '', paths);
  addParents(paths);
  return [...paths].sort();
}

function unfold(tables: readonly Table[], shape: string, prefix: string, paths: Set<string>): void {
  const table = tables.find(({ heading, head }) => heading === shape && head[0] === 'field');
  if (!table) throw new Error(`the document has no table of ${shape}`);
  for (const [field = '', type = ''] of table.rows) {
    const [name = ''] = namesIn(field);
    const [inner] = namesIn(type).filter(candidate => /^[A-Z]/.test(candidate) && !candidate.includes('-'));
    const isNullable = type.endsWith(' or null');
    if (name.endsWith('…')) {
      unfold(tables, inner ?? '', prefix + name.slice(0, -1), paths);
      continue;
    }
    paths.add(`${prefix}${name}${isNullable ? ' or null' : ''}`);
    if (inner !== undefined) unfold(tables, inner, `${prefix}${name}.`, paths);
  }
}

/** `a.b` and `a[].b` need no row of their own for the object `a` or the item `a[]`. */
function addParents(paths: Set<string>): void {
  for (const path of [...paths])
    for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
      const parent = path.slice(0, end);
      if (!paths.has(`${parent} or null`)) paths.add(parent);
    }
}
