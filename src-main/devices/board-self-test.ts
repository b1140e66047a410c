import type { DriverClock, SelfTestStep } from '#drivers/contract.ts';
import type { LedBus } from '#drivers/led/led-bus.ts';
import type { LedBoard } from '#drivers/led/led-settings.ts';

/** Long enough for a person to look up and read. */
const SHOW_MS = 5000;
/** A board that has not answered by then will not; longer than three tries of the slowest family. */
const PATIENCE_MS = 10_000;

/** What a self-test of a board needs. */
export interface BoardTestParts {
  readonly bus: LedBus;
  readonly board: LedBoard;
  readonly clock: DriverClock;
  /** Runs `task` when the bus has told that this text is on this board; returns a function that ends it. */
  onShown(boardId: string, text: string, task: (writtenAfterMs: number) => void): () => void;
}

/**
 * Tries one board out while the branch works: asks whether it is there, shows its address for five seconds and then
 * the right text again, and sets its brightness. A call that comes meanwhile is shown at once and ends the test text. Takes at
 * most half a minute.
 */
export async function testBoard(
  parts: BoardTestParts,
  onStep: (step: SelfTestStep) => void = () => {},
): Promise<readonly SelfTestStep[]> {
  const steps: SelfTestStep[] = [];
  for (const step of [pingStep, showStep, brightnessStep]) {
    const taken = await step(parts);
    steps.push(taken);
    onStep(taken);
    // A board that is not there, or a port that is closed, cannot do the rest either.
    if (taken.outcome === 'failed') break;
  }
  return steps;
}

async function pingStep({ bus, board, clock }: BoardTestParts): Promise<SelfTestStep> {
  const health = bus.healthOf(board.boardId);
  const portCode = health?.code === 'L202' || health?.code === 'L203' ? health.code : null;
  if (portCode !== null) return { step: 'ping', outcome: 'failed', code: portCode, facts: {} };
  const asked = await within(PATIENCE_MS, clock, bus.ask(board.boardId, { kind: 'ping' }));
  if (asked?.outcome === 'not-sent') return { step: 'ping', outcome: 'skipped', code: 'L207', facts: {} };
  if (asked === null || asked.outcome === 'silent')
    return { step: 'ping', outcome: 'failed', code: 'L201', facts: {} };
  return {
    step: 'ping',
    outcome: 'passed',
    code: null,
    facts: { answerMs: Math.round(asked.answerMs ?? 0) },
  };
}

async function showStep(parts: BoardTestParts): Promise<SelfTestStep> {
  const { bus, board, clock } = parts;
  const [area] = board.areas;
  if (area === undefined) return { step: 'show', outcome: 'skipped', code: null, facts: {} };
  const { boardId } = board;
  const text = String(board.address);
  const before = bus.wantedText(boardId, area.id);
  const written = await within(
    PATIENCE_MS,
    clock,
    new Promise<number>(resolve => {
      const end = parts.onShown(boardId, text, writtenAfterMs => {
        end();
        resolve(writtenAfterMs);
      });
      clock.after(PATIENCE_MS, end);
      bus.show({ boardId, area: area.id, text, priority: 'idle', effect: 'still' });
    }),
  );
  if (written !== null) await new Promise<void>(resolve => clock.after(SHOW_MS, resolve));
  // The branch may have asked for another text meanwhile: that one is right.
  if (bus.wantedText(boardId, area.id)?.text === text) {
    const right = before ?? { boardId, area: area.id, text: '', priority: 'idle', effect: 'still' };
    bus.show(right.effect === 'flash' ? { ...right, effect: 'still' } : right);
  }
  if (written === null) return { step: 'show', outcome: 'failed', code: 'L201', facts: {} };
  return {
    step: 'show',
    outcome: 'passed',
    code: null,
    facts: { text, writtenAfterMs: Math.round(written) },
  };
}

/** Sets the brightness the settings name; a board they leave alone keeps its own. */
async function brightnessStep({ bus, board, clock }: BoardTestParts): Promise<SelfTestStep> {
  const level = board.brightness ?? null;
  if (level === null) return { step: 'brightness', outcome: 'skipped', code: null, facts: {} };
  const asked = await within(PATIENCE_MS, clock, bus.ask(board.boardId, { kind: 'brightness', level }));
  if (asked?.outcome === 'not-sent') return { step: 'brightness', outcome: 'skipped', code: null, facts: {} };
  if (asked === null || asked.outcome === 'silent')
    return { step: 'brightness', outcome: 'failed', code: 'L201', facts: {} };
  if (asked.outcome === 'nack') return { step: 'brightness', outcome: 'failed', code: 'L204', facts: {} };
  return { step: 'brightness', outcome: 'passed', code: null, facts: { level } };
}

/** The value, or null when it does not come in time. */
function within<T>(ms: number, clock: DriverClock, value: Promise<T>): Promise<T | null> {
  return new Promise(resolve => {
    const cancel = clock.after(ms, () => resolve(null));
    void value.then(known => {
      cancel();
      resolve(known);
    });
  });
}
