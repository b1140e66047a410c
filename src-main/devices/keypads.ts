import type { DriverClock, KeypadDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedKeypad {
  readonly id: string;
  readonly counterId: string;
  readonly driver: KeypadDriver;
}

/** How long a keypad thanks before it greets the next customer. */
const THANKS_MS = 3000;

/** RT1: every finish prompts its keypad at once; keys become ratings only by the rules of the branch. */
export function createKeypadGroup(
  keypads: readonly NamedKeypad[],
  desk: DeviceDesk,
  clock: DriverClock,
): DeviceGroup {
  const at = (counterId: string) => keypads.find(keypad => keypad.counterId === counterId);

  const askFor = async (counterId: string, ratingId: string) => {
    const keypad = at(counterId);
    const delivered = keypad !== undefined && (await keypad.driver.prompt('please-rate'));
    if (delivered) return;
    desk.tell(
      { type: 'close-rating', args: { counterId, ratingId, keypadAbsent: true } },
      keypad?.id ?? 'keypad',
    );
  };

  for (const { id, counterId, driver } of keypads) {
    driver.onHealth(health => desk.tellHealth(id, 'keypad', counterId, health));
    driver.onPress(
      ({ position }) => void desk.tell({ type: 'press-rating', args: { counterId, position } }, id),
    );
  }

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
    async stop() {
      await Promise.all(keypads.map(({ driver }) => driver.stop()));
    },
  };
}
