import { describe, expect, it } from 'vitest';
import { LOBBY, openBranch, PlayedBranch, SYSTEM, TELLER_1, TELLER_2 } from '../played-branch.ts';

const at = (counterId: string) => ({ counterId });

describe('counters', () => {
  it('[CS8] open, pause with a reason, resume and close', () => {
    const branch = openBranch();
    const counter = () => branch.state.counters.get('counter-1');
    expect(counter()).toMatchObject({ status: 'open', staffNumber: '1001' });
    branch.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1);
    expect(counter()).toMatchObject({ status: 'paused', pauseReasonId: 'lunch', staffNumber: '1001' });
    branch.must('resume-counter', at('counter-1'), TELLER_1);
    expect(counter()).toMatchObject({ status: 'open', pauseReasonId: null });
    branch.must('close-counter', at('counter-1'), TELLER_1);
    expect(counter()).toMatchObject({ status: 'closed', staffNumber: null });
  });

  it('[CS10] opening, pausing and resuming twice changes nothing the second time', () => {
    const branch = openBranch();
    const twice: (() => void)[] = [
      () => branch.must('open-counter', at('counter-1'), TELLER_1),
      () => branch.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1),
      () => branch.must('resume-counter', at('counter-1'), TELLER_1),
    ];
    for (const press of twice) {
      press();
      const before = branch.state;
      press();
      expect(branch.state).toBe(before);
    }
  });

  it('[CS8] does not leave a customer alone: no pause, close or sign-out with a ticket in hand', () => {
    const branch = openBranch();
    branch.issue();
    branch.call();
    expect(branch.codeOf('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1)).toBe(
      'T810',
    );
    expect(branch.codeOf('close-counter', at('counter-1'), TELLER_1)).toBe('T810');
    expect(branch.codeOf('sign-out', {}, TELLER_1)).toBe('T810');
    expect(branch.codeOf('open-counter', at('counter-3'), TELLER_1)).toBe('T810');
  });

  it('[CS8] refuses an unknown reason, an unknown window and a window held by somebody else', () => {
    const branch = openBranch();
    expect(branch.codeOf('pause-counter', { counterId: 'counter-1', reasonId: 'nap' }, TELLER_1)).toBe(
      'T817',
    );
    expect(branch.codeOf('open-counter', at('counter-99'), TELLER_1)).toBe('T808');
    expect(branch.codeOf('open-counter', at('counter-1'), TELLER_2)).toBe('T809');
    expect(branch.codeOf('close-counter', at('counter-1'), TELLER_2)).toBe('T809');
    expect(branch.codeOf('resume-counter', at('counter-3'), TELLER_1)).toBe('T807');
    expect(branch.codeOf('open-counter', at('counter-3'), LOBBY)).toBe('S704');
  });

  it('[ID1] one place per teller: opening another window closes the first', () => {
    const branch = openBranch();
    branch.must('open-counter', at('counter-3'), TELLER_1);
    expect(branch.state.counters.get('counter-1')).toMatchObject({ status: 'closed', staffNumber: null });
    expect(branch.state.counters.get('counter-3')).toMatchObject({ status: 'open', staffNumber: '1001' });
    expect(branch.events.at(-2)).toMatchObject({ type: 'counter-closed', data: { reason: 'moved' } });
  });
});

describe('a branch without a bank document', () => {
  it('refuses everything but the document', () => {
    const branch = new PlayedBranch();
    expect(branch.codeOf('start-business-day', {}, SYSTEM)).toBe('C903');
    expect(branch.state.document).toBeNull();
  });
});

describe('the bank document in force', () => {
  it('[MO1] changes only by a newer version, as an event', () => {
    const branch = openBranch();
    const { document } = branch.configured();
    branch.must('apply-bank-document', { document });
    branch.must('apply-bank-document', { document: { ...document, version: 2 } });
    expect(branch.configured().document.version).toBe(2);
    expect(branch.events.filter(event => event.type === 'bank-document-applied')).toHaveLength(2);
  });
});

describe('device health', () => {
  it('[HW7] is recorded when it changes, also when the device moved to another window', () => {
    const branch = openBranch();
    const news = (counterId: string) =>
      ({
        deviceId: 'keypad-counter-1',
        kind: 'keypad',
        counterId,
        health: { status: 'ready', code: null },
      }) as const;
    const count = branch.events.length;
    branch.must('change-device-health', news('counter-1'));
    expect(branch.events).toHaveLength(count);
    branch.must('change-device-health', news('counter-3'));
    expect(branch.state.devices.get('keypad-counter-1')?.counterId).toBe('counter-3');
  });
});
