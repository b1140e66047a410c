import { z } from 'zod';

/**
 * What a form needs to know of a schema. Made from the schema itself, so that a field added to the bank document
 * can be edited the day it is there; what no form fits is edited as JSON.
 */
export type Shape =
  | { readonly kind: 'local-text'; readonly most: number | null }
  | { readonly kind: 'text'; readonly most: number | null; readonly format: 'plain' | 'id' | 'date' }
  /** A text that is most often one of these. */
  | { readonly kind: 'suggested'; readonly offers: readonly string[]; readonly most: number | null }
  | {
      readonly kind: 'number';
      readonly least: number | null;
      readonly most: number | null;
      readonly unit: NumberUnit;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly Choice[] }
  | { readonly kind: 'choices'; readonly options: readonly Choice[] }
  /** The id, or ids, of something in a list of the document; `base` is the singular of the list's name. */
  | { readonly kind: 'reference'; readonly base: string }
  | { readonly kind: 'references'; readonly base: string; readonly least: number }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'variants'; readonly tag: string; readonly variants: readonly Variant[] }
  | { readonly kind: 'list'; readonly item: Shape; readonly least: number; readonly most: number | null }
  | { readonly kind: 'nullable'; readonly inner: Shape }
  | { readonly kind: 'json' };

/** How a number is written by people: as it is, minutes of a day as a time, milliseconds as seconds. */
export type NumberUnit = 'plain' | 'minutes' | 'time-of-day' | 'duration';
export type Choice = string | number;

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** What a missing field means; undefined where it must be there. */
  readonly fallback: unknown;
}

export interface Variant {
  readonly value: string;
  readonly fields: readonly Field[];
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const WEEKDAYS: readonly Choice[] = [1, 2, 3, 4, 5, 6, 7];

/** The shape of a schema. `name` is the field's own: it tells references, durations and weekdays apart. */
export function schemaToShape(schema: z.ZodType): Shape {
  return toShape(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '');
}

function toShape(schema: JsonSchema, name: string): Shape {
  const alternatives = schemasOf(schema.anyOf ?? schema.oneOf);
  if (alternatives.length > 0) return alternativesToShape(alternatives, name);
  if (schema.enum) return { kind: 'choice', options: schema.enum.filter(isChoice) };
  switch (schema.type) {
    case 'boolean':
      return { kind: 'boolean' };
    case 'integer':
    case 'number':
      return numberToShape(schema, name);
    case 'string':
      return textToShape(schema, name);
    case 'array':
      return listToShape(schema, name);
    case 'object':
      return objectToShape(schema);
    default:
      return { kind: 'json' };
  }
}

function alternativesToShape(alternatives: readonly JsonSchema[], name: string): Shape {
  const others = alternatives.filter(one => one.type !== 'null');
  const [only] = others;
  if (only && others.length === 1)
    return others.length === alternatives.length
      ? toShape(only, name)
      : { kind: 'nullable', inner: toShape(only, name) };
  const tag = Object.entries(only?.properties ?? {}).find(([, part]) => constOf(part) !== undefined)?.[0];
  if (tag === undefined || others.length < alternatives.length) return { kind: 'json' };
  const variants = others.flatMap(one => {
    const value = constOf(one.properties?.[tag]);
    const object = objectToShape(one);
    return value === undefined || object.kind !== 'object'
      ? []
      : [{ value, fields: object.fields.filter(field => field.name !== tag) }];
  });
  return variants.length === others.length ? { kind: 'variants', tag, variants } : { kind: 'json' };
}

function numberToShape(schema: JsonSchema, name: string): Shape {
  const { minimum: least = null, maximum = null } = schema;
  if (/^weekdays?$/.test(name)) return { kind: 'choice', options: WEEKDAYS };
  const most = maximum === Number.MAX_SAFE_INTEGER ? null : maximum;
  return { kind: 'number', least, most, unit: unitOf(name) };
}

function unitOf(name: string): NumberUnit {
  if (name.endsWith('Ms')) return 'duration';
  if (name.endsWith('Minute')) return 'time-of-day';
  return /[mM]inutes$/.test(name) ? 'minutes' : 'plain';
}

function textToShape(schema: JsonSchema, name: string): Shape {
  const base = /^(\w+)Ids?$/.exec(name)?.[1];
  if (base !== undefined) return { kind: 'reference', base };
  const format = name === 'id' ? 'id' : schema.format === 'date' ? 'date' : 'plain';
  return { kind: 'text', most: schema.maxLength ?? null, format };
}

function listToShape(schema: JsonSchema, name: string): Shape {
  const [itemSchema] = schemasOf([schema.items]);
  if (!itemSchema) return { kind: 'json' };
  const [least, most] = [schema.minItems ?? 0, schema.maxItems ?? null];
  const item = toShape(itemSchema, name);
  if (item.kind === 'reference') return { kind: 'references', base: item.base, least };
  if (item.kind === 'choice') return { kind: 'choices', options: item.options };
  return { kind: 'list', item, least, most };
}

function objectToShape(schema: JsonSchema): Shape {
  const { properties } = schema;
  if (!properties) return { kind: 'json' };
  const names = Object.keys(properties);
  const texts = schemasOf([properties.zh, properties.en]);
  if (names.length === 2 && texts.length === 2)
    return { kind: 'local-text', most: texts[0]?.maxLength ?? null };
  return {
    kind: 'object',
    fields: Object.entries(properties).flatMap(([name, part]) => {
      const [field] = schemasOf([part]);
      return field ? [{ name, shape: toShape(field, name), fallback: field.default }] : [];
    }),
  };
}

function schemasOf(parts: unknown): JsonSchema[] {
  return Array.isArray(parts) ? parts.filter(part => typeof part === 'object' && part !== null) : [];
}

function constOf(part: unknown): string | undefined {
  const value = schemasOf([part])[0]?.const;
  return typeof value === 'string' ? value : undefined;
}

function isChoice(value: unknown): value is Choice {
  return typeof value === 'string' || typeof value === 'number';
}
