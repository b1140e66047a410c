import { describe, expect, it } from 'vitest';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { learnKeypad } from '#drivers/keypad/learn-keypad.ts';
import { initialKeypadState, readReport } from '#drivers/keypad/report-to-press.ts';
import { bytes } from './profiles.ts';

/** The learnt profile, and what each report then means: a position, an action or '-'. */
function meaningsOf(learnt: ReturnType<typeof learnKeypad>, idle: string, reports: readonly string[]) {
  if (!learnt.ok) throw new Error(JSON.stringify(learnt.error));
  const { minLength, idle: idleBytes, rules } = learnt.value;
  const parsed = parseKeypadProfile(
    {
      id: 'learnt',
      title: 'Learnt',
      transport: 'hid',
      match: { vendorId: '1209', productId: '0001' },
      frame: { reportId: null, minLength },
      edge: { kind: 'press', idle: idleBytes },
      rules,
    },
    4,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const profile = parsed.value;
  let state = initialKeypadState(profile);
  return reports.map((report, index) => {
    const pressed = readReport(profile, state, bytes(report), index * 1000);
    state = readReport(profile, pressed.state, bytes(idle), index * 1000 + 500).state;
    const { outcome } = pressed;
    return outcome.kind === 'press' ? outcome.position : outcome.kind === 'action' ? outcome.action : '-';
  });
}

describe('[HW4] learn mode', () => {
  it('learns keys by number, with a byte that counts by itself left out', () => {
    const learnt = learnKeypad(
      [bytes('00 00 11'), bytes('00 00 12')],
      [
        { means: { rating: 1 }, reports: [bytes('01 00 13'), bytes('01 00 14')] },
        { means: { rating: 2 }, reports: [bytes('02 00 15'), bytes('02 00 16')] },
        { means: { action: 'one-metre-line' }, reports: [bytes('03 00 17'), bytes('03 00 18')] },
      ],
    );
    expect(meaningsOf(learnt, '00 00 99', ['01 00 AA', '02 00 BB', '03 00 CC', '04 00 DD'])).toEqual([
      1,
      2,
      'one-metre-line',
      '-',
    ]);
  });

  it('learns keys that are bits of one byte, beside bits that are always set', () => {
    const learnt = learnKeypad(
      [bytes('80')],
      [
        { means: { rating: 1 }, reports: [bytes('81'), bytes('81')] },
        { means: { rating: 4 }, reports: [bytes('82'), bytes('82')] },
      ],
    );
    expect(meaningsOf(learnt, '80', ['81', '82', '01', '80'])).toEqual([1, 4, 1, '-']);
  });

  it.each([
    ['no idle report', [], [], { field: 'idle', reason: 'no-reports' }],
    ['a key never pressed', ['00'], [[]], { field: 'keys.0', reason: 'no-reports' }],
    ['a key that changes nothing', ['00'], [['01'], ['00']], { field: 'keys.1', reason: 'same-as-idle' }],
    ['two keys alike', ['00'], [['01'], ['01']], { field: 'keys.0', reason: 'same-as-other', other: 1 }],
  ])('refuses %s with K306', (_title, idle, keys, facts) => {
    const learnt = learnKeypad(
      idle.map(bytes),
      keys.map((reports, index) => ({ means: { rating: index + 1 }, reports: reports.map(bytes) })),
    );
    expect(learnt).toEqual({ ok: false, error: { code: 'K306', facts } });
  });
});
