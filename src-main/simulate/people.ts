import type { Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { CustomerPlan } from './day-plan.ts';
import type { Hall } from './hall.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { SimulatedWindow } from './window.ts';

/** What everybody in the simulated branch shares. Times of day in milliseconds of the virtual clock. */
export interface Branch {
  readonly clock: VirtualClock;
  readonly hall: Hall;
  readonly password: string;
  readonly closesAtMs: number;
  /** Keeps count of what the host refused, by code. */
  note(answer: Result<unknown>): void;
}

/** Sleeps until a time of the virtual clock. */
export async function sleepUntil(clock: VirtualClock, atMs: number): Promise<void> {
  if (atMs > clock.nowMs()) await clock.sleep(atMs - clock.nowMs());
}

/** Signs in and gives the session; a sample branch whose staff cannot sign in is a bug. */
export async function signIn(branch: Branch, window: SimulatedWindow, staffNumber: string): Promise<string> {
  const answer = await window.ask('sign-in', { staffNumber, password: branch.password });
  if (!answer.ok) throw new Error(`${staffNumber} cannot sign in: ${answer.error.code}`);
  return answer.value.session;
}

/** Customers one after the other at the kiosk. */
export async function arrive(
  branch: Branch,
  kiosk: SimulatedWindow,
  plans: readonly CustomerPlan[],
  opensAtMs: number,
  onArrived: () => void,
): Promise<void> {
  for (const plan of plans) {
    await sleepUntil(branch.clock, opensAtMs + plan.arrivesAtMs);
    const { businessId, language, largeType } = plan;
    const issued = await kiosk.ask('issue-ticket', { businessId, language, largeType });
    branch.note(issued);
    if (issued.ok) branch.hall.enter(issued.value.ticketId, plan);
    onArrived();
  }
}

/** How often the lobby manager looks at the screen. */
const LOOK_EVERY_MS = 2 * 60_000;

/** Puts missed tickets back and sees to bad ratings, until the hall is empty. */
export async function manageLobby(
  branch: Branch,
  window: SimulatedWindow,
  staffNumber: string,
  apology: string,
): Promise<void> {
  const session = await signIn(branch, window, staffNumber);
  while (!branch.hall.isOver() || branch.clock.nowMs() < branch.closesAtMs) {
    await branch.clock.sleep(LOOK_EVERY_MS);
    for (const ticketId of branch.hall.takeAsking()) {
      const returned = await window.ask('return-no-show', { ticketId }, session);
      branch.note(returned);
      if (returned.ok) branch.hall.waitAgain(ticketId);
    }
    const { ratings } = await window.look('lobby', {}, session);
    for (const { ratingId, bad, handledNote } of ratings) {
      if (!bad || handledNote !== null) continue;
      branch.note(await window.ask('handle-bad-rating', { ratingId, note: apology }, session));
    }
  }
  branch.note(await window.ask('sign-out', {}, session));
}

/** Plays what the host asks the speakers to play, as long as it sounds. */
export function listen(
  clock: Pick<DriverClock, 'after'>,
  window: SimulatedWindow,
  durationMsOf: (url: string) => number | null,
  onPlayed: () => void,
): void {
  let playing: string | null = null;
  window.watch('voice', {}, undefined, ({ announcement }) => {
    if (announcement === null || announcement.id === playing) return;
    const { id, url } = announcement;
    playing = id;
    // What only the operating system's voice can say takes a simulated day no time.
    const durationMs = url === null ? 0 : durationMsOf(url);
    const report = () => {
      if (durationMs !== null) onPlayed();
      window.post({ kind: 'announcement-played', id, played: durationMs !== null });
    };
    clock.after(durationMs ?? 0, report);
  });
}

/** Presses a key of the keypad at a window, as the customer does. */
export function pressKey(bench: SimulatedWindow, counterId: string, position: number): void {
  bench.post({ kind: 'bench', order: { type: 'press-key', deviceId: `keypad-${counterId}`, position } });
}
