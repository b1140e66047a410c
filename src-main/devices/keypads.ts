import type { DriverClock, KeypadDriver, KeypadFacts, KeypadPrompt } from '#drivers/contract.ts';
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

/** The action of a profile's rule that asks the others to step back (RT4). */
const ONE_METRE_LINE = 'one-metre-line';

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

  /** What keypads with a display may show of the teller (RT4). */
  const factsOf = (counterId: string): KeypadFacts => {
    const { document, counters } = desk.state();
    const staffNumber = counters.get(counterId)?.staffNumber ?? null;
    const stars = document.staff.find(({ number }) => number === staffNumber)?.stars ?? null;
    const counterNumber = document.counters.find(({ id }) => id === counterId)?.number ?? null;
    return { staffNumber, stars, counterNumber, counterId };
  };
  const show = (counterId: string, prompt: KeypadPrompt) =>
    at(counterId)?.driver.prompt(prompt, factsOf(counterId)) ?? Promise.resolve(false);

  const askFor = async (counterId: string, ratingId: string) => {
    const keypad = at(counterId);
    // A keypad without a display cannot be shown anything; its customer is asked in words, and its keys live.
    const delivered =
      keypad !== undefined && ((await show(counterId, 'please-rate')) || keypad.driver.canRateUnprompted());
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
    driver.onAction(({ action }) => {
      if (keypads.includes(keypad) && action === ONE_METRE_LINE) side.askOneMetreLine(counterId);
    });
  };

  const startOne = ({ counterId, driver }: NamedKeypad) => {
    driver.start();
    // It is not open yet: the greeting is shown as soon as it is.
    void driver.prompt('welcome', factsOf(counterId));
  };

  for (const keypad of keypads) hook(keypad);

  return {
    start() {
      for (const keypad of keypads) startOne(keypad);
    },
    follow(events) {
      for (const { type, data } of events) {
        if (type === 'rating-prompted') void askFor(data.counterId, data.ratingId);
        if (type === 'rating-given') {
          void show(data.counterId, 'thanks');
          clock.after(THANKS_MS, () => {
            if (desk.state().counters.get(data.counterId)?.openRating === null)
              void show(data.counterId, 'welcome');
          });
        }
        if (type === 'rating-closed') void show(data.counterId, 'welcome');
        // Another teller, other stars. A customer who is asked to rate is not disturbed.
        if (type === 'counter-opened' && !desk.state().counters.get(data.counterId)?.openRating)
          void show(data.counterId, 'welcome');
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
        startOne(keypad);
      }
    },
    async stop() {
      await Promise.all(keypads.map(({ driver }) => driver.stop()));
    },
  };
}
