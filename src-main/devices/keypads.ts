import type { DriverClock, KeypadDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedKeypad {
  readonly id: string;
  readonly counterId: string;
  readonly driver: KeypadDriver;
}

/** The keypads of a station; they may change while the branch works. */
export interface KeypadGroup extends DeviceGroup {
  /**
   * From now on it is these. A prompt open on one that goes is closed as "keypad absent": nobody can answer it
   * there any more.
   */
  change(keypads: readonly NamedKeypad[]): Promise<void>;
}

/** What else stands at a counter beside its keypad (RT4). */
export interface CounterSide {
  /** Is a rating screen there? It shows every prompt, so the prompt is delivered. */
  hasRatingScreen(counterId: string): boolean;
  /** 一米线: the others are asked to step back. */
  askOneMetreLine(counterId: string): void;
}

/** How long a keypad thanks before it greets the next customer. */
const THANKS_MS = 3000;

/** RT1: every finish prompts its keypad at once; keys become ratings only by the rules of the branch. */
export function createKeypadGroup(
  first: readonly NamedKeypad[],
  desk: DeviceDesk,
  clock: DriverClock,
  side: CounterSide,
): KeypadGroup {
  let keypads = first;
  const at = (counterId: string) => keypads.find(keypad => keypad.counterId === counterId);

  const closeAbsent = (counterId: string, ratingId: string, deviceId: string) =>
    desk.tell({ type: 'close-rating', args: { counterId, ratingId, keypadAbsent: true } }, deviceId);

  const askFor = async (counterId: string, ratingId: string) => {
    const keypad = at(counterId);
    const delivered = keypad !== undefined && (await keypad.driver.prompt('please-rate'));
    if (!delivered && !side.hasRatingScreen(counterId))
      closeAbsent(counterId, ratingId, keypad?.id ?? 'keypad');
  };

  const hook = (keypad: NamedKeypad) => {
    const { id, counterId, driver } = keypad;
    driver.onHealth(health => {
      if (keypads.includes(keypad)) desk.tellHealth(id, 'keypad', counterId, health);
    });
    driver.onPress(({ position }) => {
      if (keypads.includes(keypad)) desk.tell({ type: 'press-rating', args: { counterId, position } }, id);
    });
  };

  for (const keypad of keypads) hook(keypad);

  return {
    start() {
      for (const { driver } of keypads) driver.start();
    },
    follow(events) {
      for (const { type, data } of events) {
        if (type === 'rating-prompted') void askFor(data.counterId, data.ratingId);
        if (type === 'rating-given') {
          const keypad = at(data.counterId);
          void keypad?.driver.prompt('thanks');
          clock.after(THANKS_MS, () => {
            if (desk.state().counters.get(data.counterId)?.openRating === null)
              void keypad?.driver.prompt('welcome');
          });
        }
        if (type === 'rating-closed') void at(data.counterId)?.driver.prompt('welcome');
      }
    },
    async change(changed) {
      const gone = keypads.filter(keypad => !changed.includes(keypad));
      const fresh = changed.filter(keypad => !keypads.includes(keypad));
      keypads = changed;
      for (const { id, counterId } of gone) {
        const open = desk.state().counters.get(counterId)?.openRating;
        if (open && !side.hasRatingScreen(counterId)) closeAbsent(counterId, open.ratingId, id);
      }
      await Promise.all(gone.map(({ driver }) => driver.stop()));
      for (const keypad of fresh) {
        hook(keypad);
        keypad.driver.start();
      }
    },
    async stop() {
      await Promise.all(keypads.map(({ driver }) => driver.stop()));
    },
  };
}
