import type { BankDocument } from '#core/branch/bank-document.ts';
import type { BranchEvent } from '#core/branch/events.ts';
import { rightsOf } from '#core/staff/rights.ts';
import { ticketsInState } from '#core/views/shared.ts';
import { parseWav } from '#core/voice/wav.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { WiredBranch } from '../branch.ts';
import { createIdSource } from '../host/new-id.ts';
import { connectInProcess } from '../simulate/in-process-connection.ts';
import { listen } from '../simulate/people.ts';
import { openWindow } from '../simulate/window.ts';
import { workAsColleague } from './colleague.ts';
import { createPracticeCustomers, type PracticeCustomers } from './customers.ts';
import { createPracticeClock } from './practice-clock.ts';

/** How a practice goes. */
export interface PracticeSettings {
  /** How much faster than in a real branch customers come and colleagues work; 1 is as in a real branch. */
  readonly speed: number;
  /** The same seed brings the same customers. */
  readonly seed: number;
}

type PracticeBranch = Pick<WiredBranch, 'host' | 'devices' | 'servePort' | 'readAsset'>;

/** A seed for a practice nobody wants to repeat. */
export function newPracticeSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** With so many waiting nobody else comes in for a while: a trainee is slow at first. */
const FULL_HALL = 24;
const FULL_HALL_MS = 30_000;
/** How long after its end a ticket's customer may still rate. */
const FORGET_AFTER_MS = 60 * 60_000;

/**
 * AS4: fills a practice branch with customers and colleagues, who use the same windows' port as everybody. The first
 * counter and teller are left to the trainee, as are the lobby manager's and the branch manager's work. Calls are
 * heard by nobody: a real hall may be next door.
 * @returns ends it
 */
export function startPractice(
  branch: PracticeBranch,
  clock: DriverClock,
  settings: PracticeSettings,
): () => void {
  const { host } = branch;
  const { document } = host.state();
  if (document === null) throw new Error('a practice branch has its document before its people');
  const practiceClock = createPracticeClock(clock, settings.speed);
  const customers = createPracticeCustomers(document, settings.seed);
  const newId = createIdSource();
  const open = (kind: WindowKind) => {
    const [mine, hosts] = connectInProcess();
    branch.servePort(hosts, kind);
    return openWindow(kind, mine, newId);
  };

  const durationMsOf = (url: string) => {
    const wav = branch.readAsset(url);
    const sound = wav && 'body' in wav ? parseWav(wav.body) : null;
    return sound?.ok ? (sound.value.samples.length / sound.value.sampleRate) * 1000 : null;
  };
  // By the host's own time: an announcement is as long as it is, however fast the people are.
  listen(clock, open('voice'), durationMsOf, () => {});

  // A keypad the trainee has taken away at the bench is pressed by nobody.
  const press = (counterId: string, position: number) =>
    void branch.devices.bench.obey({ type: 'press-key', deviceId: `keypad-${counterId}`, position });
  host.onEvents(events => {
    for (const event of events) follow(event, customers, practiceClock.after, press);
  });

  const kiosk = open('kiosk');
  const arrive = async () => {
    for (;;) {
      const { plan, afterMs } = customers.next();
      await practiceClock.sleep(afterMs);
      while (ticketsInState(host.state(), 'waiting').length >= FULL_HALL)
        await practiceClock.sleep(FULL_HALL_MS);
      const { businessId, language, largeType } = plan;
      const issued = await kiosk.ask('issue-ticket', { businessId, language, largeType });
      if (issued.ok) customers.took(issued.value.ticketId, plan);
    }
  };
  void arrive();

  const tellers = document.staff
    .map(({ number }) => number)
    .filter(number => rightsOf(document, number).has('serve') && !rightsOf(document, number).has('lobby'));
  for (const [index, counterId] of colleaguesCounters(document).entries()) {
    // The first is the trainee's own number.
    const staffNumber = tellers[index + 1];
    if (staffNumber === undefined) break;
    void workAsColleague({
      clock: practiceClock,
      window: open('teller'),
      customers,
      staffNumber,
      counterId,
      isSignedIn: () => [...host.state().sessions.values()].some(one => one.staffNumber === staffNumber),
      ticketInHand: () => host.state().counters.get(counterId)?.ticketId ?? null,
    });
  }

  return practiceClock.stop;
}

/** One counter of each work profile: every queue moves, and enough is left for the trainee at the first counter. */
function colleaguesCounters({ counters }: BankDocument): string[] {
  const [, ...others] = counters;
  const byProfile = new Map(others.toReversed().map(({ id, profileId }) => [profileId, id]));
  return others.filter(({ id, profileId }) => byProfile.get(profileId) === id).map(({ id }) => id);
}

/** Customers rate at every counter, the trainee's too; whose ticket is done with is forgotten later. */
function follow(
  event: BranchEvent,
  customers: PracticeCustomers,
  after: DriverClock['after'],
  press: (counterId: string, position: number) => void,
): void {
  if (event.type === 'rating-prompted') {
    const { counterId, ticketId } = event.data;
    const { rating } = customers.holderOf(ticketId);
    if (rating) after(rating.afterMs, () => press(counterId, rating.position));
  }
  if (event.type === 'service-finished' || event.type === 'ticket-unserved') {
    const { ticketId } = event.data;
    after(FORGET_AFTER_MS, () => customers.forget(ticketId));
  }
}
