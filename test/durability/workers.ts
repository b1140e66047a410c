import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import type { Result } from '#core/wire/result.ts';
import type { Random } from '#main/simulate/random.ts';
import type { SimulatedWindow } from '#main/simulate/window.ts';
import type { BranchChild } from './branch-child.ts';
import type { Acknowledged, Ledger } from './ledger.ts';

/**
 * Somebody who works through the lives of a branch: a command whose answer was lost with the host is sent again
 * under its own id, as real windows do.
 */
export interface Worker {
  /** Works until the host dies. What was asked and not answered by then stays pending for the next life. */
  work(child: BranchChild): Promise<void>;
  /** The command sent and not answered yet. */
  pending(): WindowCommand | null;
}

/** What workers share. */
export interface WorkerParts {
  readonly ledger: Ledger;
  readonly random: Random;
  readonly newId: () => string;
}

/** Answered commands each worker sends again at the start of a life. */
const RETRIED = 3;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Sends one command after the other, after trying the old ones again. */
function createWorker(
  { ledger, random }: WorkerParts,
  open: (child: BranchChild) => Promise<SimulatedWindow>,
  next: () => WindowCommand,
  onAnswer: (command: WindowCommand, answer: Result<unknown>) => number,
): Worker {
  const mine: Acknowledged[] = [];
  let pending: WindowCommand | null = null;
  return {
    pending: () => pending,
    async work(child) {
      const window = await open(child);
      const old =
        mine.length > 0 ? [mine[Math.floor(random.next() * mine.length)], ...mine.slice(-RETRIED)] : [];
      for (const first of old) if (first) ledger.compare(first, await window.send(first.command));
      while (child.isAlive()) {
        pending ??= next();
        const command: WindowCommand = pending;
        const answer = await window.send(command);
        pending = null;
        ledger.record(command, answer);
        if (answer.ok) mine.push({ command, value: answer.value });
        await sleep(onAnswer(command, answer));
      }
    },
  };
}

/** A kiosk where one customer after the other takes a number. */
export function createKiosk(parts: WorkerParts): Worker {
  const { random, newId } = parts;
  const { businesses } = SAMPLE_BANK;
  return createWorker(
    parts,
    async child => child.openWindow('kiosk'),
    () => {
      const businessId = businesses[Math.floor(random.next() * businesses.length)]?.id ?? '';
      return { id: newId(), type: 'issue-ticket', args: { businessId, language: 'zh', largeType: false } };
    },
    // Slow enough for the printer to finish tickets between two deaths.
    () => random.between(10, 150),
  );
}

/** A teller who calls, starts, finishes and has the customer press a key, as quickly as the host answers. */
export function createTeller(parts: WorkerParts, staffNumber: string, counterId: string): Worker {
  const { random, newId } = parts;
  let session: string | undefined;
  let isOpen = false;
  let inHand: { ticketId: string; status: 'called' | 'serving' } | null = null;
  let bench: SimulatedWindow | null = null;

  const command = (type: string, args: object) => ({ id: newId(), type, args, session }) as WindowCommand;
  const pressKey = (position: number) =>
    bench?.post({ kind: 'bench', order: { type: 'press-key', deviceId: `keypad-${counterId}`, position } });

  const next = () => {
    if (!isOpen) return command('open-counter', { counterId });
    if (inHand === null) return command('call-next', { counterId });
    const args = { counterId, ticketId: inHand.ticketId };
    if (inHand.status === 'serving') return command('finish-service', args);
    return command(random.chance(0.15) ? 'mark-no-show' : 'start-service', args);
  };

  const onAnswer = ({ type }: WindowCommand, answer: Result<unknown>): number => {
    // A prompt whose key press died with the host: pressed again.
    if (!answer.ok && answer.error.code === 'T814') pressKey(1);
    if (!answer.ok) return 50;
    if (type === 'open-counter') isOpen = true;
    if (type === 'call-next')
      inHand = { ticketId: (answer.value as { ticketId: string }).ticketId, status: 'called' };
    if (type === 'start-service' && inHand) inHand.status = 'serving';
    if (type === 'finish-service') pressKey(1 + Math.floor(random.next() * 4));
    if (type === 'mark-no-show' || type === 'finish-service') inHand = null;
    return random.between(0, 8);
  };

  return createWorker(
    parts,
    async child => {
      const window = child.openWindow('teller');
      bench = child.openWindow('bench');
      while (session === undefined) {
        const signedIn = await window.ask('sign-in', { staffNumber, password: SAMPLE_PASSWORD });
        if (signedIn.ok) session = signedIn.value.session;
        else await sleep(20);
      }
      return window;
    },
    next,
    onAnswer,
  );
}
