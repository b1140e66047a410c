import { describe, expect, it } from 'vitest';
import { stepFor } from '#renderer/teller/action-command.ts';
import { isOffered } from '#renderer/teller/bar-state.ts';
import { deskEn } from '#renderer/teller/locales/desk-en.ts';
import { deskZh } from '#renderer/teller/locales/desk-zh.ts';
import { isPanelValid } from '#renderer/teller/panels.ts';
import { textKeys, textPlaceholders } from '../kit/text-tree.ts';
import { emptyDesk, NOW, tellerView, ticketInHand, visitInHand } from './views.ts';

const later = {
  id: 'wealth',
  name: { zh: '理财', en: 'Wealth' },
  status: 'later',
  isServedHere: false,
} as const;
const [present] = visitInHand().businesses;
const serving = (visit = visitInHand()) =>
  tellerView({ ticket: ticketInHand({ status: 'serving' }), desk: emptyDesk({ visit }) });

describe('panels of the bar', () => {
  it('[CS10] a question about a customer ends when the customer has gone', () => {
    for (const panel of ['transfer', 'park', 'add-business'] as const) {
      expect(isPanelValid(panel, 'ticket-1', 'ticket-1')).toBe(true);
      expect(isPanelValid(panel, 'ticket-1', 'ticket-2')).toBe(false);
      expect(isPanelValid(panel, 'ticket-1', null)).toBe(false);
    }
    expect(isPanelValid('walk-in', null, 'ticket-1')).toBe(false);
    expect(isPanelValid('cue', 'ticket-1', null)).toBe(true);
  });

  it('[CS6] [CS7] ask first, for whoever is in hand, but not for a walk-in', () => {
    expect(stepFor('transfer-ticket', serving(), NOW)).toEqual({ kind: 'open', panel: 'transfer' });
    expect(stepFor('park-ticket', serving(), NOW)).toEqual({ kind: 'open', panel: 'park' });
    expect(stepFor('transfer-ticket', serving(visitInHand({ isWalkIn: true })), NOW)).toBeNull();
    expect(stepFor('park-ticket', tellerView(), NOW)).toBeNull();
  });

  it('[TK10] the next business is named, so that a key pressed twice starts one', () => {
    const businesses = present ? [present, later] : [later];
    expect(stepFor('start-next-business', serving(visitInHand({ businesses })), NOW)).toEqual({
      kind: 'send',
      type: 'start-next-business',
      args: { counterId: 'counter-1', ticketId: 'ticket-1', businessId: 'wealth' },
    });
    expect(stepFor('start-next-business', serving(), NOW)).toBeNull();
  });

  it('[CS9] [CS13] a walk-in needs a free window, a cue only an open one', () => {
    expect(isOffered('start-walk-in', tellerView(), NOW)).toBe(true);
    expect(isOffered('start-walk-in', serving(), NOW)).toBe(false);
    expect(isOffered('raise-cue', serving(), NOW)).toBe(true);
  });

  it('have the same keys and facts in both languages', () => {
    expect(textKeys(deskEn)).toEqual(textKeys(deskZh));
    expect(textPlaceholders(deskEn)).toEqual(textPlaceholders(deskZh));
  });
});
