import { describe, expect, it } from 'vitest';
import { WINDOW_COMMANDS } from '#core/wire/commands.ts';
import { stepFor } from '#renderer/teller/action-command.ts';
import { counterThatIs, NOW, tellerView, ticketInHand } from './views.ts';

const serving = tellerView({ ticket: ticketInHand({ status: 'serving' }) });
const called = tellerView({ ticket: ticketInHand() });
const finished = tellerView({ undo: { ticketId: 'ticket-0', number: 'A022', until: NOW + 1 } });
const onScreen = { counterId: 'counter-1', ticketId: 'ticket-1' };

describe('what an action sends', () => {
  it('[CS10] names the ticket on screen', () => {
    for (const action of ['start-service', 'recall-ticket', 'mark-no-show'] as const)
      expect(stepFor(action, called, NOW)).toEqual({ kind: 'send', type: action, args: onScreen });
    expect(stepFor('finish-service', serving, NOW)).toMatchObject({ args: onScreen });
    expect(stepFor('undo-finish', finished, NOW)).toMatchObject({
      type: 'undo-finish',
      args: { counterId: 'counter-1', ticketId: 'ticket-0' },
    });
  });

  it('[CS10] sends nothing that is not offered', () => {
    expect(stepFor('call-next', called, NOW)).toBeNull();
    expect(stepFor('finish-service', called, NOW)).toBeNull();
    expect(stepFor('undo-finish', finished, NOW + 1)).toBeNull();
  });

  it('[CS8] asks for the reason of a pause, and resumes at once', () => {
    expect(stepFor('pause-counter', tellerView(), NOW)).toEqual({ kind: 'ask-pause-reason' });
    expect(stepFor('pause-counter', tellerView({ counter: counterThatIs('paused') }), NOW)).toEqual({
      kind: 'send',
      type: 'resume-counter',
      args: { counterId: 'counter-1' },
    });
  });

  it('sends arguments the host accepts', () => {
    const steps = [
      stepFor('call-next', tellerView(), NOW),
      stepFor('start-service', called, NOW),
      stepFor('finish-service', serving, NOW),
      stepFor('undo-finish', finished, NOW),
    ];
    for (const step of steps) {
      if (step?.kind !== 'send') throw new Error('nothing to send');
      expect(WINDOW_COMMANDS[step.type].safeParse(step.args).success, step.type).toBe(true);
    }
  });
});
