import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { STATION_EVENTS } from '#core/branch/events-stations.ts';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import {
  LinkBatch,
  LinkFrame,
  LinkHello,
  LinkMessage,
  LinkReplication,
  MAX_LINK_FRAME_BYTES,
  PairingAsk,
  PairingChallenge,
  PairingGrant,
  PairingProof,
  PairingRefusal,
} from '#core/wire/link-messages.ts';
import { LINK_LIMITS } from '#main/link/link-limits.ts';
import { namesIn, readDocument, type Table } from './read-document.ts';

const { text, blocks, tables } = readDocument('link.md');
const examples = blocks.filter(({ language }) => language === 'json');
const PAIRING = { PairingAsk, PairingChallenge, PairingProof, PairingGrant };
const SCHEMAS: Readonly<Record<string, z.ZodType>> = { LinkFrame, PairingRefusal, ...PAIRING };

const tableWithHead = (first: string): Table => {
  const table = tables.find(({ head }) => head[0] === first);
  if (!table) throw new Error(`no table starts with ${first}`);
  return table;
};

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema & { readonly const?: string }>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The fields of every kind of message, those of its parts together. */
function fieldsByKind(schema: z.ZodType): Record<string, string[]> {
  const kinds = new Map<string, Set<string>>();
  const walk = ({ properties, anyOf, oneOf }: JsonSchema) => {
    for (const choice of [...(anyOf ?? []), ...(oneOf ?? [])]) walk(choice);
    const kind = properties?.kind?.const;
    if (properties === undefined || kind === undefined) return;
    const fields = kinds.get(kind) ?? new Set();
    for (const field of Object.keys(properties)) if (field !== 'kind') fields.add(field);
    kinds.set(kind, fields);
  };
  walk(z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema);
  return Object.fromEntries([...kinds].map(([kind, fields]) => [kind, [...fields].sort()]));
}

const documented = (head: string) =>
  Object.fromEntries(
    tableWithHead(head).rows.map(([kind, fields]) => [namesIn(kind)[0], namesIn(fields).sort()]),
  );

describe('docs/link.md', () => {
  test.each(examples.map((example, index) => [index + 1, example] as const))(
    '[BR2] example %i is what the program understands',
    (_, { words: [schema = ''], text: json }) => {
      const value: unknown = JSON.parse(json);
      expect(SCHEMAS[schema]?.parse(value)).toEqual(value);
    },
  );

  test('[BR2] there is an example of every message and of every step of pairing', () => {
    const frames = examples.filter(({ words }) => words[0] === 'LinkFrame');
    const kinds = new Set(frames.map(({ text: json }) => JSON.parse(json).m.kind));
    expect([...kinds].sort()).toEqual(Object.keys(documented('message')).sort());
    expect([...new Set(examples.map(({ words }) => words[0]))].sort()).toEqual(Object.keys(SCHEMAS).sort());
    expect(frames.map(({ text: json }) => JSON.parse(json).n)).toEqual(frames.map((_, index) => index + 1));
  });

  test('[BR2] messages have exactly the fields of their schemas', () => {
    expect(documented('message')).toEqual({ ...fieldsByKind(LinkHello), ...fieldsByKind(LinkMessage) });
    const sorted = Object.entries(fieldsByKind(LinkReplication));
    expect(documented('log message')).toEqual(Object.fromEntries(sorted));
    const steps = Object.entries(PAIRING).map(([step, schema]) => [step, Object.keys(schema.shape)]);
    const written = tableWithHead('step').rows.map(([step, , fields]) => [namesIn(step)[0], namesIn(fields)]);
    expect(written).toEqual(steps);
    const batch = tableWithHead('field').rows.map(([field]) => namesIn(field)[0]?.replace('[]', ''));
    expect(batch).toEqual(Object.keys(LinkBatch.shape));
  });

  test('[BR3][BR5] the events that tell who decides have exactly the fields of their schemas', () => {
    const events = Object.entries(STATION_EVENTS).map(([type, { shape }]) => [type, Object.keys(shape)]);
    const written = tableWithHead('event').rows.map(([type, fields]) => [namesIn(type)[0], namesIn(fields)]);
    expect(written).toEqual(events);
  });

  test('limits and codes named in the text are those of the program', () => {
    const { pingEveryMs, silenceMs, maxUnsentBytes } = LINK_LIMITS;
    for (const bytes of [MAX_LINK_FRAME_BYTES, maxUnsentBytes])
      expect(text).toContain(bytes.toLocaleString('en'));
    for (const ms of [pingEveryMs, silenceMs]) expect(text).toContain(`${ms / 1000} s`);
    for (const code of text.match(/\b[MU][0-9]{3}\b/g) ?? [])
      expect(Object.keys(ERROR_CODES)).toContain(code);
  });
});
