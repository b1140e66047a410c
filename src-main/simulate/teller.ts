import { type Branch, pressKey, signIn, sleepUntil } from './people.ts';
import type { Random } from './random.ts';
import type { SimulatedWindow } from './window.ts';

/** One teller's day. Times by the virtual clock. */
export interface TellerParts {
  readonly branch: Branch;
  readonly window: SimulatedWindow;
  /** The simulated keypads hang on the bench. */
  readonly bench: SimulatedWindow;
  readonly staffNumber: string;
  readonly counterId: string;
  readonly random: Random;
  readonly startsAtMs: number;
  readonly lunchAtMs: number;
  readonly pauseReasonId: string;
  readonly recalls: number;
}

const LUNCH_MS = 30 * 60_000;
/** An idle teller glances at the screen this often. */
const GLANCE_MS = 8_000;
/** How long a teller waits for a called customer before calling again. */
const CALL_PATIENCE_MS = 20_000;
/** A finish is taken back so soon after it. */
const SECOND_THOUGHT_MS = 4_000;

/** Signs in, serves until the hall is empty after closing time, signs out. */
export async function workAtCounter(parts: TellerParts): Promise<void> {
  const { branch, window, counterId, random } = parts;
  const { clock } = branch;
  await sleepUntil(clock, parts.startsAtMs);
  const session = await signIn(branch, window, parts.staffNumber);
  branch.note(await window.ask('open-counter', { counterId }, session));

  let hasLunched = false;
  for (;;) {
    if (!hasLunched && clock.nowMs() >= parts.lunchAtMs) {
      hasLunched = true;
      branch.note(await window.ask('pause-counter', { counterId, reasonId: parts.pauseReasonId }, session));
      await clock.sleep(LUNCH_MS);
      branch.note(await window.ask('resume-counter', { counterId }, session));
    }
    const { waiting } = await window.look('teller', { counterId }, session);
    if (waiting.count === 0) {
      if (branch.hall.isOver() && clock.nowMs() >= branch.closesAtMs) break;
      await clock.sleep(GLANCE_MS);
      continue;
    }
    const called = await window.ask('call-next', { counterId }, session);
    branch.note(called);
    if (!called.ok) continue;
    await serve(parts, session, called.value.ticketId);
    await clock.sleep(random.between(3_000, 15_000));
  }
  branch.note(await window.ask('sign-out', {}, session));
}

/** From the call to the finish, or to the no-show. */
async function serve(parts: TellerParts, session: string, ticketId: string): Promise<void> {
  const { branch, window, counterId } = parts;
  const { clock, hall } = branch;
  const plan = hall.planOf(ticketId);
  const args = { counterId, ticketId };

  for (let recalls = 0; !hall.comes(ticketId, recalls); recalls++) {
    await clock.sleep(CALL_PATIENCE_MS);
    if (recalls === parts.recalls) {
      branch.note(await window.ask('mark-no-show', args, session));
      return hall.miss(ticketId);
    }
    branch.note(await window.ask('recall-ticket', args, session));
  }
  await clock.sleep(plan.walkMs);
  branch.note(await window.ask('start-service', args, session));
  await clock.sleep(plan.serviceMs);
  await finish(parts, session, ticketId);
  if (plan.moreMs === null) return;

  await clock.sleep(SECOND_THOUGHT_MS);
  branch.note(await window.ask('undo-finish', args, session));
  await clock.sleep(plan.moreMs);
  await finish(parts, session, ticketId);
}

/** Finishes; the customer rates or does not, while the teller goes on. */
async function finish({ branch, window, bench, counterId }: TellerParts, session: string, ticketId: string) {
  branch.note(await window.ask('finish-service', { counterId, ticketId }, session));
  const { rating } = branch.hall.planOf(ticketId);
  if (rating) branch.clock.after(rating.afterMs, () => pressKey(bench, counterId, rating.position));
}
