import { describe, expect, it } from 'vitest';
import {
  isOffered,
  phaseOf,
  primaryAction,
  sayingCue,
  stageTimer,
  type TellerAction,
  undoLeftMs,
} from '#renderer/teller/bar-state.ts';
import { counterThatIs, NOW, tellerView, ticketInHand } from './views.ts';

const ALL: readonly TellerAction[] = [
  'call-next',
  'start-service',
  'recall-ticket',
  'mark-no-show',
  'finish-service',
  'pause-counter',
  'undo-finish',
];

const undo = { ticketId: 'ticket-0', number: 'A022', until: NOW + 10_000 };
const STAGES = {
  closed: tellerView({ counter: counterThatIs('closed') }),
  paused: tellerView({ counter: counterThatIs('paused') }),
  free: tellerView(),
  called: tellerView({ ticket: ticketInHand() }),
  serving: tellerView({ ticket: ticketInHand({ status: 'serving' }) }),
} as const;

describe('the bar at each stage', () => {
  it('[CS11] has one primary action: call, start, finish; resume while paused; none while closed', () => {
    expect(Object.values(STAGES).map(primaryAction)).toEqual([
      null,
      'pause-counter',
      'call-next',
      'start-service',
      'finish-service',
    ]);
  });

  it('[CS10] offers only what the stage allows, so a late or second key does nothing', () => {
    const offered = Object.fromEntries(
      Object.entries(STAGES).map(([stage, view]) => [
        stage,
        ALL.filter(action => isOffered(action, view, NOW)),
      ]),
    );
    expect(offered).toEqual({
      closed: [],
      paused: ['pause-counter'],
      free: ['call-next', 'pause-counter'],
      called: ['start-service', 'recall-ticket', 'mark-no-show'],
      serving: ['finish-service'],
    });
  });

  it('[CS11] always offers its primary action', () => {
    for (const view of Object.values(STAGES)) {
      const primary = primaryAction(view);
      if (primary !== null) expect(isOffered(primary, view, NOW), primary).toBe(true);
    }
  });

  it('[CS10] offers to take a finish back until its time is over, never with the next customer in hand', () => {
    const view = tellerView({ undo });
    expect(undoLeftMs(view, NOW)).toBe(10_000);
    expect(isOffered('undo-finish', view, undo.until - 1)).toBe(true);
    expect(isOffered('undo-finish', view, undo.until)).toBe(false);
    expect(isOffered('undo-finish', tellerView({ undo, ticket: ticketInHand() }), NOW)).toBe(false);
    expect(isOffered('undo-finish', tellerView(), NOW)).toBe(false);
  });

  it('[BR4] [BR7] while calls are held nothing gives a customer to this counter, and work goes on', () => {
    const free = tellerView({ undo });
    for (const action of ['call-next', 'start-walk-in', 'undo-finish'] as const) {
      expect(isOffered(action, free, NOW), action).toBe(true);
      expect(isOffered(action, free, NOW, true), action).toBe(false);
    }
    expect(isOffered('pause-counter', free, NOW, true)).toBe(true);
    const called = tellerView({ ticket: ticketInHand() });
    for (const action of ['start-service', 'recall-ticket', 'mark-no-show'] as const)
      expect(isOffered(action, called, NOW, true), action).toBe(true);
  });

  it('shows the ticket in hand before the state of the counter', () => {
    expect(phaseOf(tellerView({ counter: counterThatIs('paused'), ticket: ticketInHand() }))).toBe('called');
  });
});

describe('the stage timer', () => {
  it('is late only beyond the service limit, and only while serving', () => {
    const limit = ticketInHand().serviceLimitMs;
    expect(stageTimer(STAGES.serving, NOW + limit)).toEqual({ elapsedMs: limit, isLate: false });
    expect(stageTimer(STAGES.serving, NOW + limit + 1)).toEqual({ elapsedMs: limit + 1, isLate: true });
    expect(stageTimer(STAGES.called, NOW + limit + 1)?.isLate).toBe(false);
  });

  it('times a pause, nothing while free, and never runs below zero', () => {
    expect(stageTimer(STAGES.paused, NOW + 5)).toEqual({ elapsedMs: 5, isLate: false });
    expect(stageTimer(STAGES.free, NOW)).toBeNull();
    expect(stageTimer(STAGES.called, NOW - 1000)?.elapsedMs).toBe(0);
  });
});

describe('the saying', () => {
  it('[CS12] is cued anew for each stage of each ticket and not between customers', () => {
    const cues = [STAGES.called, STAGES.serving, tellerView({ undo })].map(sayingCue);
    expect(new Set(cues).size).toBe(3);
    expect(sayingCue(STAGES.free)).toBeNull();
    const recalled = tellerView({ ticket: ticketInHand({ recalls: 1, recallsLeft: 2 }) });
    expect(sayingCue(recalled)).toBe(sayingCue(STAGES.called));
  });
});
