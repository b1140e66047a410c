import { describe, expect, test } from 'vitest';
import { LedProtocolEntry } from '#core/wire/device-settings.ts';
import type { Result } from '#core/wire/result.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { createBoardSimulator, createLedProtocol, type LedTemplates } from '#drivers/led/led-families.ts';
import { ledBusTimes } from '#drivers/led/led-settings.ts';
import { createHandClock } from '../hand-clock.ts';
import { benchLine, boardText, windowBoard } from './led-bench.ts';

const BAUD_RATE = 9600;

/** A template that answers, with most things a template can have. */
const OWN_TEMPLATES: LedTemplates = {
  'bank-own': {
    id: 'bank-own',
    title: 'Boards of one branch',
    parts: [
      { hex: '02' },
      { addr: 'u8' },
      { len: 'u8', of: [3, 3] },
      { text: 'gbk' },
      { check: 'crc16-modbus', of: [1, 3], order: 'ascii' },
      { hex: '03' },
    ],
    stuffing: [
      { byte: '02', as: '1B 12' },
      { byte: '03', as: '1B 13' },
      { byte: '1B', as: '1B 1B' },
    ],
    ack: { hex: '06 ?? 03', timeoutMs: 200 },
    limits: { maxChars: 20 },
  },
};

const entryOf = (json: unknown): LedProtocolEntry => LedProtocolEntry.parse(json);
const template = (templateId: string) => entryOf({ kind: 'template', templateId });
const ANSWERING = {
  'Modbus DM36': entryOf({ kind: 'modbus', map: 'dm36' }),
  'Modbus DM56': entryOf({ kind: 'modbus', map: 'dm56' }),
  'Modbus Armfly': entryOf({ kind: 'modbus', map: 'armfly' }),
  'Modbus EmbeddedArt': entryOf({ kind: 'modbus', map: 'embedded-art' }),
  'Alpha with answers': entryOf({ kind: 'alpha', answers: true }),
  "a bank's own template": template('bank-own'),
};

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

type Fault = 'dead' | 'silent' | 'busy' | 'spoilt' | 'split' | 'late';

/** A bus whose only board has worked for a while, then gets the fault and a new call. */
async function faultyBench(entry: LedProtocolEntry, fault: Fault) {
  const clock = createHandClock();
  const protocol = unwrap(createLedProtocol(entry, OWN_TEMPLATES));
  const simulator = unwrap(createBoardSimulator(entry, [1], clock, OWN_TEMPLATES));
  const settings = { ...ledBusTimes(protocol, BAUD_RATE), boards: [windowBoard(1)], pollEveryMs: 5000 };
  const bus = new LedBus(benchLine(simulator, clock, BAUD_RATE), clock, settings, { protocol });
  const health: string[] = [];
  bus.onHealth((_boardId, news) => health.push(`${news.status} ${news.code}`));
  const textShown = () => simulator.boards()[0]?.areas[0]?.text ?? null;
  bus.start();
  bus.show(boardText(1, 'A001', 'idle', 'still'));
  await clock.advance(60_000);
  expect([health.at(-1), textShown()]).toEqual(['ready null', 'A001']);
  simulator.setFault(1, fault, true);
  bus.show(boardText(1, 'A002', 'call', 'still'));
  await clock.advance(20_000);
  return { bus, clock, simulator, health, textShown };
}

describe.each(Object.entries(ANSWERING))('boards that misbehave: %s', (_name, entry) => {
  test.each([
    ['dead', /^down L201$/],
    ['silent', /^down L201$/],
    ['late', /^down L201$/],
    ['spoilt', /^down L205$/],
    ['busy', /^(warning L204|down L201)$/],
  ] as const)('[HW3] %s is told, and is over when it is', async (fault, told) => {
    const { clock, simulator, health, textShown } = await faultyBench(entry, fault);
    expect(health.at(-1)).toMatch(told);
    simulator.setFault(1, fault, false);
    await clock.advance(60_000);
    expect([health.at(-1), textShown()]).toEqual(['ready null', 'A002']);
  });

  test('[HW3] answers byte by byte, and an adapter that repeats every byte, are no faults', async () => {
    const { bus, clock, simulator, health, textShown } = await faultyBench(entry, 'split');
    const toldBefore = health.length;
    simulator.setEcho(true);
    bus.show(boardText(1, 'A003', 'call', 'still'));
    await clock.advance(20_000);
    expect(textShown()).toBe('A003');
    expect(health.slice(toldBefore)).toEqual([]);
  });

  test('[HW3] after a power cut the text comes back', async () => {
    const { clock, simulator, textShown } = await faultyBench(entry, 'split');
    simulator.cutPower(1);
    expect(textShown()).toBeNull();
    await clock.advance(60_000);
    expect(textShown()).toBe('A002');
  });
});

describe('choosing the language of a line', () => {
  test('[HW3] a template that is not there or not valid is refused by name', () => {
    const facts = { field: 'protocol.templateId', reason: 'unknown' };
    const absent = { ok: false, error: { code: 'L208', facts } };
    expect(createLedProtocol(template('nobody-s'))).toEqual(absent);
    expect(createBoardSimulator(template('nobody-s'), [1], createHandClock())).toEqual(absent);
    expect(createLedProtocol(template('constructor'))).toEqual(absent);
    const wrong = { mine: { id: 'mine', title: 'Mine', parts: [] } };
    expect(createLedProtocol(template('mine'), wrong)).toMatchObject({
      ok: false,
      error: { code: 'L208', facts: { field: 'parts' } },
    });
  });

  test("[HW3] a bank's own template comes before the shipped one of its name", () => {
    const parts = [{ text: 'ascii', width: 2 }];
    const own = { 'aa-bb-strip': { id: 'aa-bb-strip', title: 'Ours', parts } };
    const protocol = unwrap(createLedProtocol(template('aa-bb-strip'), own));
    const frame = protocol.encode(windowBoard(1), {
      kind: 'update',
      parts: [{ area: 0, text: 'A1', effect: 'still', visible: true }],
      removeAfterS: 60,
    });
    expect([...(frame?.bytes ?? [])]).toEqual([0x41, 0x31]);
  });
});
