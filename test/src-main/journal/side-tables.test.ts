import { describe, expect, test } from 'vitest';
import { appendMany, open, tamper, temporaryFolder, unwrap } from './journal-fixture.ts';

describe('credentials', () => {
  test('are kept, replaced and removed by staff number', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    unwrap(journal.credentials.setPasswordHash('1002', 'b'));
    unwrap(journal.credentials.setPasswordHash('1001', 'a'));
    unwrap(journal.credentials.setPasswordHash('1001', 'a2'));
    journal.close();
    const { credentials } = open(folder);
    expect(credentials.staffNumbers()).toEqual(['1001', '1002']);
    expect(credentials.passwordHashOf('1001')).toBe('a2');
    unwrap(credentials.remove('1001'));
    expect(credentials.passwordHashOf('1001')).toBeNull();
  });
});

describe('settings', () => {
  test('are kept by key', () => {
    const { settings } = open(temporaryFolder());
    expect(settings.get('station')).toBeNull();
    unwrap(settings.set('station', 'pc-1'));
    unwrap(settings.set('station', 'pc-2'));
    expect(settings.get('station')).toBe('pc-2');
    unwrap(settings.remove('station'));
    expect(settings.get('station')).toBeNull();
  });

  test('the upload cursor survives a restart; one that cannot be read is as none', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    const cursor = { durableSeq: 7, durableHash: 'a'.repeat(64) };
    expect(journal.settings.uploadCursor()).toBeNull();
    unwrap(journal.settings.moveUploadCursor(cursor));
    journal.close();
    const { settings } = open(folder);
    expect(settings.uploadCursor()).toEqual(cursor);
    unwrap(settings.set('upload_cursor', '{"durableSeq":'));
    expect(settings.uploadCursor()).toBeNull();
    expect(() => settings.moveUploadCursor({ ...cursor, durableSeq: -1 })).toThrow();
  });
});

describe('snapshots', () => {
  test('the newest of the program’s own format is answered, and only two are kept', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 4);
    for (const seq of [1, 2, 3]) unwrap(journal.snapshots.save('v1', { seq, state: `{"n":${seq}}` }));
    expect(journal.snapshots.newest('v1')).toEqual({ seq: 3, state: '{"n":3}' });
    expect(journal.snapshots.newest('v2')).toBeNull();
    unwrap(journal.snapshots.save('v2', { seq: 4, state: '{}' }));
    expect(journal.snapshots.newest('v1')).toEqual({ seq: 3, state: '{"n":3}' });
    expect(() => journal.snapshots.save('v1', { seq: 5, state: '{}' })).toThrow(RangeError);
    journal.close();
    tamper(folder, database =>
      expect(database.prepare('SELECT seq FROM snapshot ORDER BY seq').pluck().all()).toEqual([3, 4]),
    );
  });

  test('a state that was changed is passed over for an older sound one', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    appendMany(journal, 1, 2);
    for (const seq of [1, 2]) unwrap(journal.snapshots.save('v1', { seq, state: `{"n":${seq}}` }));
    journal.close();
    tamper(folder, database => database.exec(`UPDATE snapshot SET state = '{"n":9}' WHERE seq = 2`));
    expect(open(folder).snapshots.newest('v1')).toEqual({ seq: 1, state: '{"n":1}' });
  });
});
