import { expect, it } from 'vitest';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { RunningBranch } from '#main/running-branch.ts';
import { startRestartingBranch } from '#main/start/restarting-branch.ts';

/** Branches that only note what becomes of them; the second start answers what it is told to. */
async function start(second?: Result<RunningBranch>) {
  const noted: string[] = [];
  const refused: Failure[] = [];
  let starts = 0;
  let again = () => {};
  let letStart = () => {};
  const mayStart = new Promise<void>(resolve => {
    letStart = resolve;
  });
  let told = () => {};
  const isTold = new Promise<void>(resolve => {
    told = resolve;
  });
  const branchOf = (number: number): RunningBranch => ({
    servePort: () => void noted.push(`${number} serves`),
    voiceZones: () => [`zone ${number}`],
    roles: () => [],
    needsDecision: () => false,
    readAsset: () => null,
    stop: async () => void noted.push(`${number} stops`),
  });
  const branch = await startRestartingBranch({
    async start(restart) {
      starts++;
      noted.push(`start ${starts}`);
      if (starts === 1) again = restart;
      else await mayStart;
      return (starts > 1 ? second : undefined) ?? ok(branchOf(starts));
    },
    onRestarted() {
      noted.push('restarted');
      told();
    },
    onRefused(failure) {
      refused.push(failure);
      told();
    },
  });
  if (!branch.ok) throw new Error('not started');
  return { noted, refused, branch: branch.value, again: () => again(), letStart, isTold };
}

function connection() {
  let closed = 0;
  const made: MessageConnection = {
    post() {},
    onMessage() {},
    onClose() {},
    close: () => void closed++,
  };
  return { made, closed: () => closed };
}

it('[BR1] the old branch has let go of everything before the new one starts, and windows go to the new one', async () => {
  const { noted, branch, again, letStart, isTold } = await start();
  const window = connection();
  again();
  again();
  branch.servePort(window.made, null);
  expect(window.closed()).toBe(1);
  expect(branch.voiceZones()).toEqual(['zone 1']);
  letStart();
  await isTold;
  branch.servePort(window.made, null);
  expect(noted).toEqual(['start 1', '1 stops', 'start 2', 'restarted', '2 serves']);
  expect(branch.voiceZones()).toEqual(['zone 2']);
  await branch.stop();
  expect(noted.at(-1)).toBe('2 stops');
});

it('[BR1] a branch that does not start again is told with its reason', async () => {
  const { refused, again, letStart, isTold } = await start(fail('C906', { port: 5850 }));
  again();
  letStart();
  await isTold;
  expect(refused).toEqual([{ code: 'C906', facts: { port: 5850 } }]);
});

it('[BR1] stopped in the middle, the late branch is stopped too', async () => {
  const { noted, branch, again, letStart } = await start();
  again();
  await branch.stop();
  letStart();
  await expect.poll(() => noted.at(-1), { timeout: 20_000 }).toBe('2 stops');
  expect(noted).not.toContain('restarted');
});
