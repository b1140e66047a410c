import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import type { Random } from '#main/simulate/random.ts';
import type { SimulatedWindow } from '#main/simulate/window.ts';

/** Somebody at a window of a PC, who asks again under the same command id until there is an answer. */
export interface WindowWorker {
  readonly window: 'kiosk' | 'teller';
  pending: WindowCommand | null;
  next(): WindowCommand;
  /** Takes up what the screen shows. */
  look?(window: SimulatedWindow): Promise<void>;
  /** @returns how long the person does something else */
  took(command: WindowCommand, answer: { readonly ok: boolean }, bench: SimulatedWindow): number;
}

/** Takes numbers. */
export function kiosk(random: Random, newId: () => string): WindowWorker {
  const { businesses } = SAMPLE_BANK;
  return {
    window: 'kiosk',
    pending: null,
    next() {
      const businessId = businesses[Math.floor(random.next() * businesses.length)]?.id ?? '';
      const args = { businessId, language: 'zh', largeType: false } as const;
      return { id: newId(), type: 'issue-ticket', args } as WindowCommand;
    },
    took: () => random.between(300, 900),
  };
}

/** Signs in, opens a counter, calls, serves, and has each customer rated. */
export function teller(
  random: Random,
  newId: () => string,
  staffNumber: string,
  counterId: string,
): WindowWorker {
  let session: string | undefined;
  let isOpen = false;
  let inHand: { ticketId: string; isServing: boolean } | null = null;
  const command = (type: string, args: object) => ({ id: newId(), type, args, session }) as WindowCommand;
  return {
    window: 'teller',
    pending: null,
    next() {
      if (session === undefined) return command('sign-in', { staffNumber, password: SAMPLE_PASSWORD });
      if (!isOpen) return command('open-counter', { counterId });
      if (inHand === null) return command('call-next', { counterId });
      const args = { counterId, ticketId: inHand.ticketId };
      return command(inHand.isServing ? 'finish-service' : 'start-service', args);
    },
    async look(window) {
      const { ticket } = await window.look('teller', { counterId }, session);
      if (ticket) inHand = { ticketId: ticket.ticketId, isServing: ticket.status === 'serving' };
    },
    took({ type }, answer, bench) {
      const press = () =>
        bench.post({
          kind: 'bench',
          order: { type: 'press-key', deviceId: `keypad-${counterId}`, position: 1 },
        });
      if (!answer.ok) {
        press();
        return 100;
      }
      const value = (answer as { value?: { session?: string; ticketId?: string } }).value ?? {};
      if (type === 'sign-in') session = value.session;
      if (type === 'open-counter') isOpen = true;
      if (type === 'call-next') inHand = { ticketId: value.ticketId ?? '', isServing: false };
      if (type === 'start-service' && inHand) inHand.isServing = true;
      if (type === 'finish-service') {
        inHand = null;
        press();
      }
      return random.between(50, 250);
    },
  };
}
