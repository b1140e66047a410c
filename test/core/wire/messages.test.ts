import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { EVENT_DATA, EVENT_VERSIONS, envelopeToEvent } from '#core/branch/events.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { type WINDOW_COMMANDS, WindowCommand } from '#core/wire/commands.ts';
import { DeviceSettings } from '#core/wire/device-settings.ts';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import { Note } from '#core/wire/fields.ts';
import { HostMessage, WindowMessage } from '#core/wire/port-messages.ts';
import { SEED } from '../../seed.ts';

/** A valid command of each type, by hand. */
const COMMANDS: Record<keyof typeof WINDOW_COMMANDS, object> = {
  'issue-ticket': { businessId: 'personal-cash', language: 'zh', largeType: false },
  'identify-customer': { number: '4111111111111111', source: 'typed' },
  'reprint-own-ticket': { ticketId: 't', identification: 'v1.2026-03.sealed' },
  'accept-self-service': { businessId: 'payments' },
  'set-self-service-state': { machineId: 'cash-machine-1', state: 'down' },
  'book-appointment': { businessId: 'wealth', date: '2026-03-02', minute: 600, phone: null },
  'cancel-appointment': { appointmentId: 'a' },
  'check-in': { codeOrPhone: '123456', language: 'zh', largeType: true },
  'sign-in': { staffNumber: '1001', password: '口令' },
  'sign-out': {},
  'open-counter': { counterId: 'counter-1' },
  'pause-counter': { counterId: 'counter-1', reasonId: 'lunch' },
  'resume-counter': { counterId: 'counter-1' },
  'close-counter': { counterId: 'counter-1' },
  'call-next': { counterId: 'counter-1' },
  'call-chosen': { counterId: 'counter-1', number: 'A001', reasonId: 'unwell' },
  'recall-ticket': { counterId: 'counter-1', ticketId: 't' },
  'start-service': { counterId: 'counter-1', ticketId: 't' },
  'mark-no-show': { counterId: 'counter-1', ticketId: 't' },
  'finish-service': { counterId: 'counter-1', ticketId: 't' },
  'undo-finish': { counterId: 'counter-1', ticketId: 't' },
  'transfer-ticket': {
    counterId: 'counter-1',
    ticketId: 't',
    to: { kind: 'counter', counterId: 'vip-room' },
    position: 'front',
    note: '请核对身份',
  },
  'park-ticket': { counterId: 'counter-1', ticketId: 't', paperIds: ['form'], note: '' },
  'tick-paper': { ticketId: 't', paperId: 'form', isHere: true },
  'ready-ticket': { ticketId: 't', returnTo: 'same-counter' },
  'add-business': { ticketId: 't', businessId: 'wealth' },
  'remove-business': { ticketId: 't', businessId: 'wealth' },
  'start-next-business': { counterId: 'counter-1', ticketId: 't', businessId: 'wealth' },
  'start-walk-in': { counterId: 'counter-1', businessId: 'wealth' },
  'raise-cue': {
    counterId: 'counter-1',
    cueId: 'large-cash',
    action: 'call-help',
    signIds: ['split'],
    note: '',
  },
  'handle-cue': { alertId: 'a', note: '已到场' },
  'press-rating-screen': { counterId: 'counter-1', ratingId: 'r', position: 1 },
  'ask-one-metre-line': { counterId: 'counter-1' },
  /** With every default written out: what is read is then the same. */
  'save-device-settings': {
    settings: DeviceSettings.parse({
      printers: [],
      ledBuses: [],
      keypads: [],
      voices: [{ id: 'voice-1', packs: ['zh-CN'], times: 2 }],
    }),
    basedOn: 'r',
  },
  'open-pairing-code': {},
  'close-pairing-code': {},
  'name-standby': { stationId: 'station-2' },
  'release-standby': {},
  'revoke-station': { stationId: 'station-3' },
  'rename-station': { stationId: 'station-2', name: '3 号窗口' },
  'begin-several': { name: '大堂电脑', port: 5850, roles: ['lobby', 'manager'] },
  'find-branches': {},
  'join-branch': {
    ...{ host: '192.168.1.5', port: 5850, code: 'K7QM 4RPT', stationId: 'pc-2', name: '' },
    ...{ roles: [], listenPort: null, setAside: false },
  },
  'decide-host': { decision: 'take-over', epoch: 3, staffNumber: '2001', password: 'p' },
  'find-devices': { searchNetwork: false, addresses: ['192.0.2.7'], publishers: [] },
  'forget-found-devices': {},
  'test-device': { deviceId: 'printer-1' },
  'learn-keypad': { address: 'COM3', profileId: 'our-keypad', baudRate: 9600 },
  'stop-learning': {},
  'save-voice-clip': { pack: 'sichuan', title: '四川话', language: 'zh', clipId: 'digit-1', wav: 'UklGRg==' },
  'mark-left': { ticketId: 't' },
  'take-back-left': { ticketId: 't' },
  'move-ticket': { ticketId: 't', queueId: 'cards', position: 'arrival', note: '' },
  'set-care': { ticketId: 't', reasonId: 'elderly' },
  'ask-counter-to-open': { counterId: 'counter-3' },
  'call-colleague': { staffNumber: '1001', note: '请来授权' },
  'answer-ask': { askId: 'a', answer: 'coming' },
  'withdraw-ask': { askId: 'a' },
  'note-incident': { kind: 'complaint', text: '等候时间长', ticketId: null },
  'handle-incident': { incidentId: 'i', note: '已致歉' },
  'return-no-show': { ticketId: 't' },
  'reprint-ticket': { ticketId: 't' },
  'handle-bad-rating': { ratingId: 'r', note: '已道歉' },
  'propose-document': { document: '{}', when: 'now' },
  'withdraw-document': { version: 2 },
  'set-password': { staffNumber: '1001', password: '新口令-2026' },
};
const commands = Object.entries(COMMANDS).map(([type, args]) => ({ id: 'command-1', type, args }));

/** A valid message of each kind, by hand. */
const MESSAGES: object[] = [
  { kind: 'hello', protocol: 1, window: 'kiosk' },
  { kind: 'subscribe', subscription: 1, view: 'kiosk', args: {} },
  { kind: 'unsubscribe', subscription: 1 },
  { kind: 'announcement-played', id: 'a', played: true },
  { kind: 'bench', order: { type: 'press-key', deviceId: 'keypad-1', position: 1 } },
  { kind: 'bench', order: { type: 'set-fault', deviceId: 'printer', fault: null } },
  ...commands.map(command => ({ kind: 'command', command })),
];

const NASTY_TEXTS = [
  '',
  ' ',
  '\u0000',
  '😀',
  '\ud800',
  '号'.repeat(10_000),
  'a'.repeat(10_000),
  '😀'.repeat(5000),
  '__proto__',
  'constructor',
  "'; DROP TABLE event; --",
  '../../etc/passwd',
  'A'.repeat(65),
];
const nasty = fc.oneof(
  fc.constantFrom<unknown>(...NASTY_TEXTS, null, -1, 0, 1.5, 2 ** 53, true, [], {}, [[]]),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** The paths of all fields of a value, as lists of keys. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy: Record<string, unknown> = { ...(value as object) };
  copy[key] = replaceAt(copy[key], rest, replacement);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

/** One of the valid values with one place replaced by something nasty. */
function damaged(valid: readonly object[]) {
  const cases = valid.flatMap(value => pathsOf(value).map(path => ({ value, path })));
  return fc
    .tuple(fc.constantFrom(...cases), nasty)
    .map(([{ value, path }, bad]) => replaceAt(value, path, bad));
}

describe('messages from outside', () => {
  it('valid ones of every kind are read', () => {
    for (const message of MESSAGES) expect(WindowMessage.parse(message)).toEqual(message);
    for (const command of commands) expect(WindowCommand.parse(command)).toEqual(command);
  });

  it('a field that is not known is refused, at every depth', () => {
    for (const message of MESSAGES)
      for (const path of pathsOf(message)) {
        const spoilt = replaceAt(message, [...path, 'surplus'], 1);
        const place = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], message);
        if (typeof place !== 'object' || place === null) continue;
        expect(WindowMessage.safeParse(spoilt).success, JSON.stringify(spoilt)).toBe(false);
      }
  });

  it('a missing field is refused, but for the session', () => {
    for (const command of commands)
      for (const key of Object.keys(command.args)) {
        const { [key]: _left, ...args } = command.args as Record<string, unknown>;
        expect(WindowCommand.safeParse({ ...command, args }).success).toBe(false);
      }
  });

  it('texts without end, control characters and odd identifiers are refused', () => {
    const read = (change: object) => WindowCommand.safeParse({ ...commands[0], ...change }).success;
    for (const text of NASTY_TEXTS.filter(text => !/^[\w.:-]{1,64}$/.test(text)))
      expect([read({ id: text }), read({ session: text })], text.slice(0, 20)).toEqual([false, false]);
    const note = (text: string) => Note.min(1).safeParse(text).success;
    expect([note('好'.repeat(500)), note('好'.repeat(501))]).toEqual([true, false]);
    expect([note('  '), note('a\u0000b'), note('第一行\n第二行'), note('😀')]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(Note.parse(' 已道歉 ')).toBe('已道歉');
  });

  it(`12,000 damaged messages are read or refused, never thrown at (seed ${SEED})`, () => {
    let refused = 0;
    fc.assert(
      fc.property(damaged(MESSAGES), message => {
        const read = WindowMessage.safeParse(message);
        if (!read.success) refused++;
        // What was read holds only known fields, and reads as itself again.
        else expect(WindowMessage.parse(JSON.parse(JSON.stringify(read.data)))).toEqual(read.data);
      }),
      { seed: SEED, numRuns: 12_000 },
    );
    expect(refused).toBeGreaterThan(6000);
  });

  it(`4,000 values of any kind are no message (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(WindowMessage.safeParse(value).success).toBe(false);
        expect(HostMessage.safeParse(value).success).toBe(false);
      }),
      { seed: SEED, numRuns: 4000 },
    );
  });
});

describe('bank documents from outside', () => {
  it(`4,000 damaged documents are accepted or refused, never thrown at (seed ${SEED})`, () => {
    let refused = 0;
    fc.assert(
      fc.property(damaged([SAMPLE_BANK]), document => {
        if (!BankDocument.safeParse(document).success) refused++;
      }),
      { seed: SEED, numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(2000);
  });
});

describe('recorded events', () => {
  const envelope = {
    branch: 'b',
    epoch: 1,
    seq: 7,
    id: 'e',
    at: 0,
    type: 'ticket-no-show',
    version: 1,
    actor: 'system',
    station: 's',
    data: { ticketId: 't', counterId: 'c' },
    hash: '0'.repeat(64),
  };

  it('a type, a version or data this program does not know is a coded failure that names the event', () => {
    expect(envelopeToEvent(envelope)).toMatchObject({ ok: true, value: { type: 'ticket-no-show', at: 0 } });
    for (const change of [
      { type: 'coffee-break' },
      { type: 'toString' },
      { type: '__proto__' },
      { version: 2 },
      { data: { ticketId: 't' } },
      { data: { ...envelope.data, surplus: 1 } },
    ])
      expect(envelopeToEvent({ ...envelope, ...change })).toMatchObject({
        ok: false,
        error: { code: 'D407', facts: { seq: 7 } },
      });
  });

  it('every type has a version', () => {
    expect(Object.keys(EVENT_VERSIONS).sort()).toEqual(Object.keys(EVENT_DATA).sort());
  });
});

describe('error codes', () => {
  it('are in the range of their area and each says something of its own', () => {
    const areas: Record<string, [number, number]> = {
      P: [101, 199],
      L: [201, 299],
      K: [301, 349],
      V: [351, 360],
      R: [361, 399],
      D: [401, 499],
      U: [501, 599],
      M: [601, 699],
      S: [701, 799],
      T: [801, 899],
      C: [901, 999],
    };
    for (const code of Object.keys(ERROR_CODES)) {
      const [from, to] = areas[code.charAt(0)] ?? [0, 0];
      const number = Number(code.slice(1));
      expect(number >= from && number <= to, code).toBe(true);
    }
    expect(new Set(Object.values(ERROR_CODES)).size).toBe(Object.keys(ERROR_CODES).length);
  });
});
