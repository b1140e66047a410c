import type { DriverClock } from '#drivers/contract.ts';
import type { KeptDelivery } from './kept-delivery.ts';

/** What became of a delivery: nobody took it (the link is lost), or the host's word. */
export type Delivered = { readonly code: string | null; readonly taken: number } | null;

/** Gives deliveries to the host over the link, each until it is answered. */
export interface KeptCourier {
  /** One at a time. @param delivery made anew each time it is sent: the deeds in it grow older */
  give(delivery: () => KeptDelivery | null): Promise<Delivered>;
  /** @returns whether it was the answer to a delivery */
  answered(commandId: string, code: string | null, facts: Readonly<Record<string, unknown>>): boolean;
  /** The host is another one, or gone. */
  drop(): void;
}

const AGAIN_MS = 2_000;

/** @param send false: there is no link to a host */
export function createKeptCourier(
  clock: DriverClock,
  newId: () => string,
  send: (delivery: KeptDelivery, commandId: string) => boolean,
): KeptCourier {
  let waiting: { readonly commandId: string; readonly settle: (word: Delivered) => void } | null = null;
  let cancelAgain = () => {};

  const settle = (word: Delivered) => {
    const { settle: done } = waiting ?? {};
    waiting = null;
    cancelAgain();
    done?.(word);
  };

  return {
    give(delivery) {
      settle(null);
      const commandId = newId();
      return new Promise(resolve => {
        waiting = { commandId, settle: resolve };
        const post = () => {
          const present = delivery();
          if (present === null || !send(present, commandId)) return settle(null);
          cancelAgain = clock.after(AGAIN_MS, post);
        };
        post();
      });
    },
    answered(commandId, code, facts) {
      if (waiting?.commandId !== commandId) return false;
      settle({ code, taken: typeof facts.taken === 'number' ? facts.taken : 0 });
      return true;
    },
    drop: () => settle(null),
  };
}
