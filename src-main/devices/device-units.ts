import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '#core/wire/result.ts';
import type { HardwareShop } from './simulated-hardware.ts';

/** What one entry of the settings became, with the simulated hardware made for it. */
export interface Unit<Entry, Made> {
  readonly entry: Entry;
  readonly made: Made;
  readonly shop: HardwareShop;
}

/** The next units of a family: those that stay, those just made, and those to be let go of. */
export interface UnitPlan<Entry, Made> {
  readonly next: readonly Unit<Entry, Made>[];
  readonly fresh: readonly Unit<Entry, Made>[];
  readonly gone: readonly Unit<Entry, Made>[];
}

/**
 * Keeps every unit whose entry is as before and makes the others; starts and stops nothing. The first failure of
 * `make` lets go of what was made and is the answer.
 */
export async function planUnits<Entry, Made>(
  units: readonly Unit<Entry, Made>[],
  entries: readonly Entry[],
  openShop: () => HardwareShop,
  make: (entry: Entry, shop: HardwareShop) => Promise<Result<Made>> | Result<Made>,
): Promise<Result<UnitPlan<Entry, Made>>> {
  const next: Unit<Entry, Made>[] = [];
  const fresh: Unit<Entry, Made>[] = [];
  for (const entry of entries) {
    const same = units.find(unit => isDeepStrictEqual(unit.entry, entry));
    if (same) {
      next.push(same);
      continue;
    }
    const shop = openShop();
    const made = await make(entry, shop);
    if (!made.ok) {
      await Promise.all([shop, ...fresh.map(unit => unit.shop)].map(one => one.stop()));
      return made;
    }
    const unit = { entry, made: made.value, shop };
    next.push(unit);
    fresh.push(unit);
  }
  return ok({ next, fresh, gone: units.filter(unit => !next.includes(unit)) });
}
