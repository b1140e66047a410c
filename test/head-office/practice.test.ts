import { describe, expect, it } from 'vitest';
import { makeJournal, pushOf } from './support.ts';
import { TestService } from './test-service.ts';

const service = new TestService('foyer_practice_test');

describe('practice at head office', () => {
  it('[AS4] a practice journal is refused and leaves no trace', async () => {
    const before = await service.wholeDatabase();
    const branch = 'practice-branch-1';
    const answer = await service.post(branch, JSON.stringify(pushOf(makeJournal(branch, 3), 1, 3)));
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'U509']);
    expect(await service.wholeDatabase()).toEqual(before);
  });
});
