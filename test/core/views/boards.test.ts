import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { mainBoardLines, windowBoardContent } from '#core/views/board-texts.ts';
import { lobbyScreenSide } from '#core/views/lobby-screen-side.ts';
import { lobbyScreenView } from '#core/views/public-views.ts';
import { bankWith, LOBBY, openBranch, staff, TELLER_1, TELLER_2 } from '../played-branch.ts';

/** A branch with `count` cash windows, all open, each with its own teller. */
function manyWindows(count: number) {
  const numbers = Array.from({ length: count }, (_, index) => String(5000 + index));
  const [sampleCounter] = SAMPLE_BANK.counters;
  if (!sampleCounter) throw new Error('no counter');
  const branch = openBranch(
    bankWith({
      counters: [
        ...SAMPLE_BANK.counters,
        ...numbers.map((number, index) => ({
          ...sampleCounter,
          id: `w-${number}`,
          number: 100 + index,
          name: { zh: `${100 + index}号窗口`, en: `Window ${100 + index}` },
        })),
      ],
      staff: [
        ...SAMPLE_BANK.staff,
        ...numbers.map(number => ({
          number,
          name: { zh: '柜员', en: 'Teller' },
          roleIds: ['teller'],
          stars: null,
          photo: null,
        })),
      ],
    }),
  );
  const windows = numbers.map(number => ({ counterId: `w-${number}`, actor: staff(number) }));
  for (const [index, { counterId, actor }] of windows.entries()) {
    branch.signIn(String(numbers[index]));
    branch.must('open-counter', { counterId }, actor);
  }
  return { branch, windows };
}

describe('the board above a window', () => {
  it('[DV1] shows closed, idle, paused, the call and who is served', () => {
    const branch = openBranch();
    const shown = (counterId = 'counter-1') => windowBoardContent(branch.configured(), counterId);
    expect(shown('counter-3')).toEqual({
      text: SAMPLE_BANK.texts.boardClosed,
      priority: 'idle',
      effect: 'still',
    });
    expect(shown()).toMatchObject({ text: { zh: '热情为您服务' }, priority: 'idle' });
    branch.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1);
    expect(shown()).toMatchObject({ text: { zh: '暂停服务' }, priority: 'idle' });
    branch.must('resume-counter', { counterId: 'counter-1' }, TELLER_1);
    branch.issue();
    const ticketId = branch.call();
    expect(shown()).toMatchObject({ text: { zh: '请 A001 号' }, priority: 'call', effect: 'flash' });
    branch.must('start-service', { counterId: 'counter-1', ticketId }, TELLER_1);
    expect(shown()).toMatchObject({ text: { zh: 'A001 办理中' }, priority: 'idle', effect: 'still' });
  });
});

describe('the main board', () => {
  it('[DV2] newest call first, one line a window, the notice last', () => {
    const branch = openBranch();
    expect(mainBoardLines(branch.configured(), 3, 0).map(line => line.text.zh)).toEqual([
      '热情为您服务',
      ' ',
      SAMPLE_BANK.texts.notice.zh,
    ]);
    branch.issue();
    branch.issue();
    branch.call('counter-1', TELLER_1);
    branch.call('counter-2', TELLER_2);
    const lines = mainBoardLines(branch.configured(), 3, 0);
    expect(lines.map(line => line.text.zh)).toEqual([
      '请 A002 号到2号窗口',
      '请 A001 号到1号窗口',
      SAMPLE_BANK.texts.notice.zh,
    ]);
    expect(lines.at(-1)?.effect).toBe('scroll');
  });

  it('[DV2] a ticket leaves the board when its service is finished or it did not come', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    branch.miss();
    branch.serve();
    expect(mainBoardLines(branch.configured(), 2, 0)[0]?.text.zh).toBe('热情为您服务');
  });

  it('[DV2] pages so that no call is ever missing, however many windows and later calls there are', () => {
    const { branch, windows } = manyWindows(75);
    const expected = new Set<string>();
    for (const { counterId, actor } of windows) {
      branch.issue();
      expected.add(branch.ticket(branch.call(counterId, actor)).number);
    }
    // One window calls again and again while the others keep their customers.
    for (let n = 0; n < 80; n++) {
      branch.issue();
      branch.miss('counter-1', TELLER_1);
    }
    for (const lineCount of [1, 2, 4, 9]) {
      const callLines = Math.max(1, lineCount - 1);
      const shown: string[] = [];
      for (let page = 0; page < Math.ceil(expected.size / callLines); page++)
        for (const { text, priority } of mainBoardLines(branch.configured(), lineCount, page))
          if (priority === 'call') shown.push(/[A-Z]\d{3}/.exec(text.zh)?.[0] ?? '');
      expect(shown).toHaveLength(expected.size);
      expect(new Set(shown)).toEqual(expected);
    }
  });

  it('[DV2] keeps the list of calls short in a long day', () => {
    const branch = openBranch();
    for (let n = 0; n < 100; n++) {
      branch.issue();
      branch.miss();
    }
    expect(branch.state.recentCalls.length).toBeLessThanOrEqual(20);
  });
});

describe('the lobby screen', () => {
  it('[DV4] shows the newest call and the last seven, and how many wait in each queue', () => {
    const branch = openBranch();
    for (let n = 0; n < 12; n++) branch.issue();
    for (let n = 0; n < 9; n++) branch.miss();
    const view = lobbyScreenView(branch.configured(), lobbyScreenSide(branch.configured(), [], branch.now));
    expect(view.calls.map(call => call.number)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map(value => `A00${value}`));
    expect(view.queues.find(queue => queue.name.zh === '个人现金')?.waiting).toBe(3);
  });

  it('[DV4] a recall, and the new call of a returned no-show, are new to the screen', () => {
    const branch = openBranch();
    const newest = () =>
      lobbyScreenView(branch.configured(), lobbyScreenSide(branch.configured(), [], branch.now)).calls[0]
        ?.key;
    branch.issue();
    const ticketId = branch.call();
    const keys = [newest()];
    branch.wait(20_000);
    branch.must('recall-ticket', { counterId: 'counter-1', ticketId }, TELLER_1);
    keys.push(newest());
    branch.wait(20_000);
    branch.must('mark-no-show', { counterId: 'counter-1', ticketId }, TELLER_1);
    branch.must('return-no-show', { ticketId }, LOBBY);
    branch.call();
    keys.push(newest());
    expect(new Set(keys).size).toBe(3);
  });
});
