import { describe, expect, it } from 'vitest';
import { ticketActions, ticketsByAge, urgentAction } from '#renderer/lobby/ticket-order.ts';
import { lobbyTicket, NOW } from './views.ts';

const ALL = { search: '', queueId: null };
const tickets = [
  lobbyTicket({ number: 'A003', queuedAt: NOW - 10 }),
  lobbyTicket({ number: 'B001', queuedAt: NOW - 50, queueId: 'account' }),
  lobbyTicket({ number: 'A002', queuedAt: NOW - 10 }),
  lobbyTicket({ number: 'A001', queuedAt: NOW - 90, status: 'no-show', since: NOW - 20 }),
  lobbyTicket({ number: 'A004', queuedAt: NOW - 5, status: 'no-show', since: NOW - 1 }),
  lobbyTicket({ number: 'A005', queuedAt: NOW - 99, status: 'serving' }),
];
const numbers = (filter: Parameters<typeof ticketsByAge>[1]) =>
  ticketsByAge(tickets, filter).map(ticket => ticket.number);

describe('the ticket list', () => {
  it('[LB1] shows who waits longest first, no-shows last and newest first', () => {
    expect(numbers(ALL)).toEqual(['B001', 'A002', 'A003', 'A005', 'A004', 'A001']);
  });

  it('[LB1] finds a number typed in any case, and one queue', () => {
    expect(numbers({ search: ' b0', queueId: null })).toEqual(['B001']);
    expect(numbers({ search: '', queueId: 'account' })).toEqual(['B001']);
    expect(numbers({ search: 'z', queueId: null })).toEqual([]);
  });

  it('[LB1] leaves the view as it was', () => {
    const before = structuredClone(tickets);
    ticketsByAge(tickets, ALL);
    expect(tickets).toEqual(before);
  });
});

describe('actions on a ticket', () => {
  const failed = { status: 'failed', code: 'P101', copies: 1 } as const;

  it('[CS3] a no-show can be returned in its time, first of all', () => {
    const returnable = lobbyTicket({ status: 'no-show', returnable: true });
    expect(ticketActions(returnable)).toEqual(['return-no-show', 'reprint-ticket', 'mark-left']);
    expect(urgentAction(returnable)).toBe('return-no-show');
    const tooLate = lobbyTicket({ status: 'no-show', returnable: false });
    expect(ticketActions(tooLate)).not.toContain('return-no-show');
    expect(urgentAction(tooLate)).toBeNull();
  });

  it('[TK4] a waiting ticket without paper asks for a reprint; one being printed does not', () => {
    expect(urgentAction(lobbyTicket({ print: failed }))).toBe('reprint-ticket');
    expect(urgentAction(lobbyTicket({ print: { ...failed, status: 'uncertain' } }))).toBe('reprint-ticket');
    expect(urgentAction(lobbyTicket())).toBeNull();
    expect(urgentAction(lobbyTicket({ status: 'serving', print: failed }))).toBeNull();
    expect(ticketActions(lobbyTicket({ print: { ...failed, status: 'waiting' } }))).not.toContain(
      'reprint-ticket',
    );
  });

  it.each(['waiting', 'parked', 'no-show'] as const)(
    '[LB2] %s: the customer can be marked as left',
    status => {
      expect(ticketActions(lobbyTicket({ status }))).toContain('mark-left');
    },
  );

  it.each(['called', 'serving'] as const)('[LB2] %s: only the teller lets the customer go', status => {
    expect(ticketActions(lobbyTicket({ status }))).not.toContain('mark-left');
  });
});
