import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventEnvelope, isEventEnvelope } from '#core/wire/event-envelope.ts';
import { SEED } from '../../seed.ts';

const EVENT: EventEnvelope = {
  ...{
    branch: '0101',
    epoch: 1,
    seq: 7,
    id: 'event-7',
    at: 1_700_000_000_000,
    type: 'ticket-issued',
    version: 1,
  },
  ...{ actor: 'customer', station: 'station-1', data: { number: 'A001' }, hash: 'a'.repeat(64) },
};

const long = (length: number) => '字'.repeat(length);
const WRONG = [
  ...[
    undefined,
    null,
    true,
    '',
    'x',
    long(64),
    long(65),
    long(80),
    long(81),
    -1,
    0,
    1,
    1.5,
    2 ** 53,
    Number.NaN,
  ],
  ...[{}, [], { __proto__: null }, new Date(0), 'a'.repeat(64), 'A'.repeat(64), `${'a'.repeat(64)}\n`],
];

describe('an event', () => {
  it('is one as it stands, and with nothing left out or added', () => {
    expect(isEventEnvelope(EVENT)).toBe(true);
    for (const field of Object.keys(EVENT)) {
      const { [field as keyof EventEnvelope]: _, ...rest } = EVENT;
      expect(isEventEnvelope(rest)).toBe(false);
    }
    expect(isEventEnvelope({ ...EVENT, more: 1 })).toBe(false);
    for (const value of [null, undefined, 'text', 1, [EVENT]]) expect(isEventEnvelope(value)).toBe(false);
  });

  it('is judged as its schema judges it, whatever stands in whichever field', () => {
    const judged = (value: unknown) => [isEventEnvelope(value), EventEnvelope.safeParse(value).success];
    for (const field of Object.keys(EVENT))
      for (const value of WRONG) {
        const [quick, schema] = judged({ ...EVENT, [field]: value });
        expect([field, value, quick]).toEqual([field, value, schema]);
      }
  });

  it(`is judged as its schema judges it, with anything in any fields (seed ${SEED})`, () => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(EVENT), 'more'), fc.anything(), {
      maxKeys: 2,
    });
    const property = fc.property(fields, changes => {
      const value = { ...EVENT, ...changes };
      expect(isEventEnvelope(value)).toBe(EventEnvelope.safeParse(value).success);
    });
    fc.assert(property, { seed: SEED, numRuns: 2_000 });
  });
});
