import { expect, test } from 'vitest';
import { createRandom } from '#main/simulate/random.ts';
import { createVirtualClock } from '#main/simulate/virtual-clock.ts';
import { SEED } from '../../seed.ts';

test(`virtual time runs tasks by time, then in the order asked for, without cancelled ones (seed ${SEED})`, () => {
  const random = createRandom(SEED);
  const clock = createVirtualClock();
  const wanted: { name: number; atMs: number }[] = [];
  const ran: { name: number; atMs: number }[] = [];
  const plan = (name: number) => {
    const delayMs = Math.floor(random.between(0, 20));
    const atMs = clock.nowMs() + delayMs;
    const cancel = clock.after(delayMs, () => {
      ran.push({ name, atMs: clock.nowMs() });
      // Tasks ask for tasks, as drivers do.
      if (name < 400) plan(name + 1000);
    });
    if (random.chance(0.3)) cancel();
    else wanted.push({ name, atMs });
  };
  for (let name = 0; name < 500; name++) plan(name);
  while (clock.step());
  // Array sorting is stable: the order asked for decides between equal times.
  expect(ran).toEqual([...wanted].sort((one, other) => one.atMs - other.atMs));
  expect(clock.step()).toBe(false);
});

test('virtual time stands still until it is told to go on', async () => {
  const clock = createVirtualClock();
  let woken = 0;
  const asleep = clock.sleep(5000).then(() => {
    woken = clock.nowMs();
  });
  await new Promise(resolve => setImmediate(resolve));
  expect([clock.nowMs(), woken]).toEqual([0, 0]);
  expect(clock.step()).toBe(true);
  await asleep;
  expect(woken).toBe(5000);
});
