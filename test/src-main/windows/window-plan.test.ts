import { describe, expect, it } from 'vitest';
import { WINDOW_KINDS } from '#main/window-pages.ts';
import { createRestartBudget } from '#main/windows/restart-budget.ts';
import { planWindow, usualWindows } from '#main/windows/window-plan.ts';

describe('window plan', () => {
  it('[BR1] opens every window on one PC, as windows a person can move', () => {
    const forms = Object.fromEntries(WINDOW_KINDS.map(kind => [kind, planWindow(kind, WINDOW_KINDS).form]));
    expect(forms).toEqual({
      kiosk: 'window',
      teller: 'bar',
      lobby: 'window',
      'lobby-screen': 'window',
      'rating-screen': 'window',
      voice: 'hidden',
      bench: 'window',
      setup: 'window',
    });
  });

  it('[RT4] the rating screen has the second monitor of a teller’s PC, or a PC of its own', () => {
    expect(planWindow('rating-screen', WINDOW_KINDS, 2).form).toBe('beside');
    expect(planWindow('rating-screen', ['teller', 'rating-screen'], 1).form).toBe('window');
    expect(planWindow('rating-screen', ['rating-screen'], 2).form).toBe('full-screen');
    expect(planWindow('teller', WINDOW_KINDS, 2).form).toBe('bar');
    expect(usualWindows(WINDOW_KINDS, 1)).not.toContain('rating-screen');
    expect(usualWindows(WINDOW_KINDS, 2)).toEqual(WINDOW_KINDS);
  });

  it('[BR1] opens on a PC of several what its roles need; without roles, everything', () => {
    expect(usualWindows(WINDOW_KINDS, 2, [])).toEqual(WINDOW_KINDS);
    expect(usualWindows(WINDOW_KINDS, 1, ['teller'])).toEqual(['teller']);
    expect(usualWindows(WINDOW_KINDS, 2, ['teller'])).toEqual(['teller', 'rating-screen']);
    expect(usualWindows(WINDOW_KINDS, 1, ['kiosk', 'board'])).toEqual(['kiosk', 'lobby-screen', 'voice']);
    expect(usualWindows(WINDOW_KINDS, 1, ['lobby', 'manager'])).toEqual(['lobby', 'setup']);
    const all = ['teller', 'lobby', 'kiosk', 'board', 'manager'] as const;
    expect(usualWindows(WINDOW_KINDS, 2, all)).toEqual(WINDOW_KINDS.filter(kind => kind !== 'bench'));
  });

  it('[BR1] fills the screen of a PC that is only there for customers', () => {
    expect(planWindow('kiosk', ['kiosk']).form).toBe('full-screen');
    expect(planWindow('lobby-screen', ['lobby-screen', 'voice']).form).toBe('full-screen');
    expect(planWindow('voice', ['lobby-screen', 'voice']).form).toBe('hidden');
    expect(planWindow('kiosk', ['kiosk', 'bench']).form).toBe('window');
    expect(planWindow('lobby', ['lobby']).form).toBe('window');
  });
});

describe('restart budget', () => {
  it('allows so many attempts within a time, and more later', () => {
    let now = 0;
    const mayRestart = createRestartBudget(2, 1000, () => now);
    expect([mayRestart(), mayRestart(), mayRestart()]).toEqual([true, true, false]);
    now = 999;
    expect(mayRestart()).toBe(false);
    now = 1000;
    expect([mayRestart(), mayRestart(), mayRestart()]).toEqual([true, true, false]);
  });
});
