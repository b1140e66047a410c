import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { WINDOW_COMMANDS } from '#core/wire/commands.ts';
import { MAX_DOCUMENT_BYTES } from '#core/wire/commands-documents.ts';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import { chainHash, GENESIS_HASH } from '#core/wire/event-chain.ts';
import { EventEnvelope } from '#core/wire/event-envelope.ts';
import { LocalText } from '#core/wire/fields.ts';
import {
  HostMessage,
  MAX_MESSAGE_CHARACTERS,
  MAX_SET_UP_MESSAGE_CHARACTERS,
  WindowKind,
  WindowMessage,
} from '#core/wire/port-messages.ts';
import {
  BranchStatus,
  ClaimRequest,
  CursorAnswer,
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  MAX_LONE_EVENT_BYTES,
  NamedAnswer,
  PushAnswer,
  PushRequest,
  RefusalAnswer,
  RegisterRequest,
} from '#core/wire/upload.ts';
import { VIEWS, type ViewName } from '#core/wire/views.ts';
import { WINDOW_RULES } from '#main/host/window-rules.ts';
import { namesIn, readDocument, type Table } from './read-document.ts';
import { schemaToPaths, tableToPaths } from './shape-paths.ts';

const { text, blocks, tables } = readDocument('protocol.md');
const examples = blocks.filter(block => block.language === 'json');

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  WindowMessage,
  HostMessage,
  PushRequest,
  PushAnswer,
  NamedAnswer,
  ClaimRequest,
  RegisterRequest,
  CursorAnswer,
  BranchStatus,
  RefusalAnswer,
};

const tableWithHead = (first: string): Table => {
  const table = tables.find(({ head }) => head[0] === first);
  if (!table) throw new Error(`no table starts with ${first}`);
  return table;
};
const sha256Hex = (content: string) => createHash('sha256').update(content, 'utf8').digest('hex');

describe('examples of docs/protocol.md', () => {
  test.each(examples.map((example, index) => [index + 1, example] as const))(
    'example %i is what the program understands',
    (_, { words: [schema = '', view], text: json }) => {
      const value: unknown = JSON.parse(json);
      const message = SCHEMAS[schema]?.parse(value);
      expect(message).toEqual(value);
      if (view === undefined) return;
      const shown = (message as { value: unknown }).value;
      expect(VIEWS[view as ViewName].parse(shown)).toEqual(shown);
    },
  );

  test('there is an example of every message, view and upload shape', () => {
    const kinds = examples.map(({ text: json }) => JSON.parse(json).kind).filter(Boolean);
    const allKinds = [...WindowMessage.options, ...HostMessage.options].map(({ shape }) => shape.kind.value);
    expect([...new Set(kinds)].sort()).toEqual([...allKinds].sort());
    expect(examples.flatMap(({ words }) => words[1] ?? []).sort()).toEqual(Object.keys(VIEWS).sort());
    expect([...new Set(examples.map(({ words }) => words[0]))].sort()).toEqual(Object.keys(SCHEMAS).sort());
  });

  test('[ID3] the chain can be checked with the printed commands', () => {
    const push = examples.find(({ words }) => words[0] === 'PushRequest');
    const { events } = PushRequest.parse(JSON.parse(push?.text ?? ''));
    const printed = blocks.find(block => block.language === 'sh')?.text ?? '';
    const hashed = [...printed.matchAll(/printf '%s' '([^']*)' \| sha256sum/g)].map(([, bytes = '']) =>
      sha256Hex(bytes),
    );
    const envelopes = events.map(event => EventEnvelope.parse(event));
    expect(hashed).toEqual(envelopes.map(event => event.hash));
    let previous = GENESIS_HASH;
    for (const event of envelopes) {
      expect(chainHash(previous, event, sha256Hex)).toBe(event.hash);
      previous = event.hash;
    }
  });
});

describe('tables of docs/protocol.md', () => {
  const shapes: (readonly [string, z.ZodType])[] = [
    ...Object.entries(VIEWS),
    ['LocalText', LocalText],
    ['EventEnvelope', EventEnvelope],
    ['PushAnswer', PushAnswer],
    ['PushRequest', PushRequest],
    ['NamedAnswer', NamedAnswer],
    ['ClaimRequest', ClaimRequest],
    ['RegisterRequest', RegisterRequest],
    ['CursorAnswer', CursorAnswer],
    ['BranchStatus', BranchStatus],
  ];
  test.each(shapes)('%s has exactly the fields of its schema', (name, schema) => {
    expect(tableToPaths(tables, name)).toEqual(schemaToPaths(schema));
  });

  test.each([
    ['from the window', WindowMessage],
    ['from the host', HostMessage],
  ] as const)('messages %s have exactly the fields of their schema', (head, schema) => {
    const documented = tableWithHead(head).rows.map(([kind, fields]) => [namesIn(kind)[0], namesIn(fields)]);
    const defined = schema.options.map(({ shape }) => {
      const { kind, ...fields } = shape;
      return [kind.value, Object.keys(fields)];
    });
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defined));
  });

  test('every command is there with its arguments, and every refusal has a meaning', () => {
    const { rows } = tableWithHead('command');
    const documented = rows.map(([command, args]) => [namesIn(command)[0], namesIn(args)]);
    const defined = Object.entries(WINDOW_COMMANDS).map(([type, { shape }]) => [type, Object.keys(shape)]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(defined));

    const codeRows = tableWithHead('code').rows.flatMap(([code, meaning, , other, otherMeaning]) => [
      [code, meaning],
      [other, otherMeaning],
    ]);
    const meanings = Object.fromEntries(codeRows.filter(([code]) => code));
    for (const code of rows.flatMap(([, , , refusals = '']) => refusals.split(' ').filter(Boolean)))
      expect(meanings[code], code).toBe(ERROR_CODES[code as keyof typeof ERROR_CODES]);
  });

  test('windows may do what the program lets them do', () => {
    const documented = tableWithHead('window').rows.map(([window, views, commands]) => [
      namesIn(window)[0],
      { views: namesIn(views), commands: namesIn(commands) },
    ]);
    expect(Object.fromEntries(documented)).toEqual(WINDOW_RULES);
    expect(documented).toHaveLength(WindowKind.options.length);
  });

  test('limits and codes named in the text are those of the program', () => {
    for (const limit of [
      MAX_MESSAGE_CHARACTERS,
      MAX_SET_UP_MESSAGE_CHARACTERS,
      3 * MAX_SET_UP_MESSAGE_CHARACTERS,
      MAX_DOCUMENT_BYTES,
      MAX_BATCH_BYTES,
      MAX_LONE_EVENT_BYTES,
    ])
      expect(text).toContain(limit.toLocaleString('en'));
    expect(text).toContain(`${MAX_BATCH_EVENTS} events`);
    const codes = new Set(text.match(/\b[A-Z][0-9]{3}\b/g)?.filter(code => /^[CDMSTU]/.test(code)));
    for (const code of codes) expect(Object.keys(ERROR_CODES)).toContain(code);
  });
});
