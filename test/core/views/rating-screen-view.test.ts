import { describe, expect, it } from 'vitest';
import { ratingScreenId } from '#core/rating/prompt.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { alarmsOf } from '#core/views/alarms.ts';
import type { ProgramFacts } from '#core/views/program-facts.ts';
import { counterListView, ratingScreenView } from '#core/views/rating-screen-view.ts';
import { VIEWS } from '#core/wire/views.ts';
import { bankWith, KEYPAD, openBranch, type PlayedBranch, TELLER_1 } from '../played-branch.ts';

const COUNTER = 'counter-1';
const viewOf = (branch: PlayedBranch, counterId = COUNTER, oneMetreLineUntil: number | null = null) =>
  VIEWS['rating-screen'].parse(ratingScreenView(branch.configured(), counterId, oneMetreLineUntil));

function setScreen(branch: PlayedBranch, counterId: string, status: 'ready' | 'absent') {
  const health = { status, code: status === 'ready' ? null : 'K320' };
  const args = { deviceId: ratingScreenId(counterId), kind: 'keypad', counterId, health } as const;
  branch.must('change-device-health', args);
}

describe('the rating screen', () => {
  it('[RT4] shows number, stars and photo of the teller, and the number in hand', () => {
    const staff = SAMPLE_BANK.staff.map(member =>
      member.number === '1001' ? { ...member, stars: 4, photo: '1001.jpg' } : member,
    );
    const branch = openBranch(bankWith({ staff }));
    expect(viewOf(branch)).toMatchObject({
      counter: { counterId: COUNTER, number: 1, status: 'open' },
      teller: { staffNumber: '1001', stars: 4, photo: '/staff-photos/1001.jpg' },
      ticket: null,
      line: SAMPLE_BANK.texts.boardIdle,
      rating: null,
    });
    branch.issue();
    const ticketId = branch.call();
    expect(viewOf(branch).ticket).toEqual({ number: 'A001', status: 'called' });
    branch.must('start-service', { counterId: COUNTER, ticketId }, TELLER_1);
    expect(viewOf(branch)).toMatchObject({
      ticket: { number: 'A001', status: 'serving' },
      line: { zh: 'A001 办理中' },
    });
  });

  it('[RT4] shows nobody at a closed counter, and stars only where the bank gives them', () => {
    const staff = SAMPLE_BANK.staff.map(member => ({ ...member, stars: null }));
    const branch = openBranch(bankWith({ staff }));
    expect(viewOf(branch).teller).toEqual({ staffNumber: '1001', stars: null, photo: null });
    expect(viewOf(branch, 'counter-3')).toMatchObject({ teller: null, counter: { status: 'closed' } });
  });

  it('[RT1] offers the prompt at once and for as long as it is open, then thanks', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    const opened = viewOf(branch).rating;
    expect(opened).toMatchObject({ status: 'open', openedAt: branch.now, until: branch.now + 10_000 });
    branch.wait(1_000);
    branch.must('press-rating', { counterId: COUNTER, position: 4 }, KEYPAD);
    expect(viewOf(branch).rating).toEqual({
      status: 'thanks',
      ratingId: opened?.ratingId,
      at: branch.now,
    });
  });

  it('[RT2] thanks nobody for silence', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    branch.wait(10_000);
    expect(viewOf(branch).rating).toBeNull();
  });

  it('[DV6] never shows a name, a class or what was pressed', () => {
    const branch = openBranch();
    branch.issue('wealth');
    branch.issue();
    branch.serve();
    branch.must('press-rating', { counterId: COUNTER, position: 4 }, KEYPAD);
    branch.issue();
    branch.call();
    const { levels, ...shown } = viewOf(branch, COUNTER, branch.now);
    const text = JSON.stringify([shown, counterListView(branch.configured())]);
    const { staff, classes, ratingLevels } = SAMPLE_BANK;
    for (const { name } of [...staff, ...classes, ...ratingLevels])
      for (const word of [name.zh, name.en]) expect(text).not.toContain(word);
    expect(text).not.toContain('dissatisfied');
    expect(levels).toEqual(SAMPLE_BANK.ratingLevels.map(level => level.name));
  });

  it('[RT4] asks the others to step back in the bank’s words', () => {
    const branch = openBranch();
    expect(viewOf(branch, COUNTER, 5).oneMetreLine).toEqual({
      text: SAMPLE_BANK.texts.oneMetreLine,
      until: 5,
    });
  });
});

describe('a rating screen instead of a keypad', () => {
  it('[RT2] is enough for a prompt; without both the case is counted apart', () => {
    const branch = openBranch();
    branch.setKeypad(COUNTER, 'down');
    branch.issue();
    branch.issue();
    setScreen(branch, COUNTER, 'ready');
    branch.serve();
    expect(branch.typesOf().at(-1)).toBe('rating-prompted');
    branch.wait(10_000);
    setScreen(branch, COUNTER, 'absent');
    branch.serve();
    expect(branch.events.at(-1)).toMatchObject({
      type: 'rating-closed',
      data: { outcome: 'keypad-absent' },
    });
  });

  it('[RT1] counts a press for the prompt it was made on, never for a later one', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    branch.serve();
    const first = branch.state.counters.get(COUNTER)?.openRating?.ratingId ?? '';
    branch.wait(10_000);
    branch.serve();
    const second = branch.state.counters.get(COUNTER)?.openRating?.ratingId ?? '';
    const press = (ratingId: string) =>
      branch.codeOf('press-rating', { counterId: COUNTER, position: 1, ratingId }, KEYPAD);
    expect([press(first), press(second), press(second)]).toEqual(['T815', 'ok', 'T815']);
  });

  it('[MO2] put away, is missed only where customers come and nothing else asks them', () => {
    const branch = openBranch();
    const facts: ProgramFacts = {
      now: branch.now,
      upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null },
      uploadSince: 0,
    };
    const alarms = () => alarmsOf(branch.configured(), facts).flatMap(({ code }) => code ?? []);
    setScreen(branch, COUNTER, 'absent');
    setScreen(branch, 'counter-3', 'absent');
    expect(alarms()).toEqual([]);
    branch.setKeypad(COUNTER, 'down');
    expect(alarms().sort()).toEqual(['K302', 'K320']);
    branch.must('close-counter', { counterId: COUNTER }, TELLER_1);
    expect(alarms()).toEqual(['K302']);
  });

  it('has an id for every counter an id can be given', () => {
    const long = 'c'.repeat(64);
    expect(ratingScreenId(long)).toHaveLength(64);
    expect(ratingScreenId('counter-1')).toBe('rating-screen-counter-1');
  });
});
