import type { Failure, Result } from '#core/wire/result.ts';
import { ok } from '#core/wire/result.ts';
import type { RunningBranch } from '../running-branch.ts';

export interface RestartingBranchParts {
  /** Starts the branch on its data folder; `restart` is for the branch itself to call. */
  readonly start: (restart: () => void) => Promise<Result<RunningBranch>>;
  /** It is at work again: windows that could not see the break by themselves are to be loaded anew. */
  readonly onRestarted: () => void;
  /** It was stopped to start again, and refuses to. */
  readonly onRefused: (failure: Failure) => void;
}

/**
 * A branch that can be started again under its windows and servers, as it must be when this PC becomes one of several
 * (BR1). In between a window's connection is closed at once, and it comes back by itself.
 * Failures: those of the first start.
 */
export async function startRestartingBranch(parts: RestartingBranchParts): Promise<Result<RunningBranch>> {
  let current: RunningBranch | null = null;
  let zones: readonly string[] = [];
  let isStopped = false;
  let isRestarting = false;

  const restart = async () => {
    if (isStopped || isRestarting || current === null) return;
    isRestarting = true;
    const old = current;
    // Speakers stay, lest their windows come and go.
    zones = old.voiceZones();
    current = null;
    await old.stop();
    const started = await parts.start(() => void restart());
    isRestarting = false;
    if (!started.ok) return isStopped ? undefined : parts.onRefused(started.error);
    if (isStopped) return started.value.stop();
    current = started.value;
    parts.onRestarted();
  };

  const first = await parts.start(() => void restart());
  if (!first.ok) return first;
  current = first.value;
  return ok({
    servePort(connection, window) {
      if (current === null) connection.close();
      else current.servePort(connection, window);
    },
    voiceZones: () => current?.voiceZones() ?? zones,
    roles: () => current?.roles() ?? [],
    needsDecision: () => current?.needsDecision() ?? false,
    readAsset: path => current?.readAsset(path) ?? null,
    async stop() {
      isStopped = true;
      await current?.stop();
    },
  });
}
