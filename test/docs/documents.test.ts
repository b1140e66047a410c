import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { DeviceSettings, KeypadEntry, LedBusEntry, ReaderEntry } from '#core/wire/device-settings.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { readDocument } from './read-document.ts';

const ROOT = new URL('../../', import.meta.url);
const decisions = readdirSync(new URL('docs/decisions/', ROOT)).sort();
const documents = ['adding.md', 'link.md', 'protocol.md', ...decisions.map(name => `decisions/${name}`)];

describe('documents', () => {
  test.each(documents)('every file that %s names is there', name => {
    const { text } = readDocument(name);
    const paths = [
      ...text.matchAll(/`((?:core|drivers|src-main|src-renderer|head-office|test|docs)\/[^`*\s]*)`/g),
    ];
    for (const [, path = ''] of paths) expect(existsSync(new URL(path, ROOT)), path).toBe(true);
  });

  test('decisions are numbered without gaps, each with its reason and consequence', () => {
    for (const [index, name] of decisions.entries()) {
      expect(name.slice(0, 5)).toBe(`${String(index + 1).padStart(4, '0')}-`);
      const { text } = readDocument(`decisions/${name}`);
      expect(text).toMatch(new RegExp(`^# ${index + 1}\\. `));
      for (const part of ['Decision', 'Reason', 'Consequence']) expect(text).toContain(`**${part}.**`);
    }
  });

  test('the keypads of adding.md are entries the program takes, each with a profile for its connection', () => {
    const examples = readDocument('adding.md').blocks.filter(({ text }) =>
      text.includes('"network-evaluator"'),
    );
    expect(examples).toHaveLength(1);
    const transports = { hid: 'hid', serial: 'serial', shortcut: 'keyboard-shortcut', network: 'websocket' };
    for (const json of JSON.parse(examples[0]?.text ?? '')) {
      const { profileId, connection } = KeypadEntry.parse(json);
      const kind = typeof connection === 'string' ? connection : connection.kind;
      expect(SHIPPED_KEYPAD_PROFILES[profileId]).toMatchObject({ transport: transports[kind as 'hid'] });
    }
  });

  test('the boards of adding.md are a bus the program takes', () => {
    const examples = readDocument('adding.md').blocks.filter(({ words }) => words[0] === 'LedBusEntry');
    expect(examples).toHaveLength(1);
    expect(LedBusEntry.safeParse(JSON.parse(examples[0]?.text ?? '')).success).toBe(true);
  });

  test('the reader of adding.md is an entry the program takes', () => {
    const examples = readDocument('adding.md').blocks.filter(({ words }) => words[0] === 'ReaderEntry');
    expect(examples).toHaveLength(1);
    for (const { text } of examples) {
      const entry: unknown = JSON.parse(text);
      expect(ReaderEntry.parse(entry)).toMatchObject(entry as object);
    }
  });

  test('the devices of adding.md are settings the program takes, for counters the sample bank has', () => {
    const [example] = readDocument('adding.md').blocks.filter(({ language }) => language === 'json');
    const settings = DeviceSettings.parse(JSON.parse(example?.text ?? ''));
    const counterIds = SAMPLE_BANK.counters.map(({ id }) => id);
    for (const { counterId, profileId } of settings.keypads) {
      expect(counterIds).toContain(counterId);
      expect(Object.keys(SHIPPED_KEYPAD_PROFILES)).toContain(profileId);
    }
  });
});
