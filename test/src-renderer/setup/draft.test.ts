import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { documentChanges, MAX_CHANGES } from '#renderer/setup/changes.ts';
import { draftToText, keepDraft, readDraft } from '#renderer/setup/draft.ts';
import { instantToWallTime, wallTimeToInstant } from '#renderer/setup/wall-time.ts';
import { SEED } from '../../seed.ts';

describe('what was changed', () => {
  const with_ = (more: object) => ({ ...SAMPLE_BANK, version: 2, ...more });

  it('[HO3] is nothing for the same document under another version', () => {
    expect(documentChanges(SAMPLE_BANK, with_({}))).toEqual([]);
  });

  it('[HO3] names what is new, gone, changed and moved by what people call it', () => {
    const [first, second, ...others] = SAMPLE_BANK.queues;
    const queues = [
      second,
      { ...first, waitLimitMinutes: 30 },
      ...others.slice(1),
      { ...others[0], id: 'new', prefix: 'Z' },
    ];
    const changes = documentChanges(
      SAMPLE_BANK,
      with_({ queues, limits: { ...SAMPLE_BANK.limits, recalls: 5 } }),
    );
    expect(changes.map(({ kind, path }) => `${kind} ${path.join('.')}`)).toEqual([
      'removed queues.cards',
      'changed queues.personal-cash.waitLimitMinutes',
      'added queues.new',
      'moved queues',
      'changed limits.recalls',
    ]);
  });

  it('[HO3] takes a text in two languages as one, and lists without ids whole', () => {
    const texts = { ...SAMPLE_BANK.texts, notice: { zh: '新', en: 'new' } };
    const profiles = SAMPLE_BANK.profiles.map((one, index) =>
      index === 0 ? { ...one, gates: [{ kind: 'arrival' }] } : one,
    );
    const changes = documentChanges(SAMPLE_BANK, with_({ texts, profiles }));
    expect(changes.map(({ path }) => path.join('.'))).toEqual(['profiles.cash.gates', 'texts.notice']);
  });

  it('[HO3] is found for any two values, without end or exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const changes = documentChanges(before, after);
        expect(changes.length).toBeLessThanOrEqual(MAX_CHANGES);
        expect(documentChanges(before, structuredClone(before))).toEqual([]);
      }),
      { seed: SEED },
    );
  });
});

describe('the draft', () => {
  class FakeStorage {
    readonly kept = new Map<string, string>();
    getItem = (key: string) => this.kept.get(key) ?? null;
    setItem = (key: string, text: string) => void this.kept.set(key, text);
    removeItem = (key: string) => void this.kept.delete(key);
  }

  it('is kept over a reload, for its own branch only', () => {
    const storage = new FakeStorage();
    const draft = { basedOn: 3, document: { version: 3, note: '草稿' } };
    keepDraft(storage, 'sample-0001', draft);
    expect(readDraft(storage, 'sample-0001')).toEqual(draft);
    expect(readDraft(storage, 'other')).toBeNull();
    keepDraft(storage, 'sample-0001', null);
    expect(readDraft(storage, 'sample-0001')).toBeNull();
  });

  it.each(['', '{', 'null', '[]', '{"basedOn":"1","document":{}}', '{"basedOn":1,"document":[]}'])(
    'kept as %j is none',
    text => {
      expect(readDraft({ getItem: () => text }, 'b')).toBeNull();
    },
  );

  it('a full storage harms nothing', () => {
    const full = () => {
      throw new Error('full');
    };
    expect(() =>
      keepDraft({ setItem: full, removeItem: full }, 'b', { basedOn: 1, document: {} }),
    ).not.toThrow();
  });

  it('[HO3] is handed in as the version after the one it was made from', () => {
    expect(JSON.parse(draftToText({ basedOn: 4, document: { ...SAMPLE_BANK, version: 99 } }))).toEqual({
      ...SAMPLE_BANK,
      version: 5,
    });
    expect(JSON.parse(draftToText({ basedOn: 4, document: [] }))).toEqual({ version: 5 });
  });
});

describe('a time on the wall of the branch', () => {
  it.each([
    ['2026-03-02T06:00', 'Asia/Shanghai', '2026-03-01T22:00:00Z'],
    ['2026-07-01T06:00', 'Europe/Paris', '2026-07-01T04:00:00Z'],
    ['2026-01-01T00:30', 'America/New_York', '2026-01-01T05:30:00Z'],
    // The hour that is left out when clocks go ahead.
    ['2026-03-29T02:30', 'Europe/Paris', '2026-03-29T01:30:00Z'],
  ])('%s in %s is %s', (text, timeZone, instant) => {
    expect(wallTimeToInstant(text, timeZone)).toBe(Date.parse(instant));
  });

  it('there and back is the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }), at => {
        const minute = Math.floor(at / 60_000) * 60_000;
        expect(wallTimeToInstant(instantToWallTime(minute, 'Asia/Shanghai'), 'Asia/Shanghai')).toBe(minute);
      }),
      { seed: SEED },
    );
  });

  it.each(['', '2026', '2026-13-01T00:00', '2026-03-02 06:00', 'x'])('%j is none', text => {
    expect(wallTimeToInstant(text, 'Asia/Shanghai')).toBeUndefined();
  });
});
