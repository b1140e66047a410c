import type { Actor, ArgsOf, Command, CommandType } from '#core/branch/commands.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { onePcFacts } from '#core/views/station-facts.ts';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import { WedgeSettings } from '#core/wire/device-settings.ts';
import { HostMessage } from '#core/wire/port-messages.ts';
import type { Result } from '#core/wire/result.ts';
import { createCustomerDesk } from '#main/host/customer-desk.ts';
import { openCustomerKeys } from '#main/host/customer-keys.ts';
import { startHost } from '#main/host/host.ts';
import type { Host, HostAnswer } from '#main/host/host-contract.ts';
import { createPortServer, type PortServerParts } from '#main/host/port-server.ts';
import { createRatingScreens } from '#main/host/rating-screens.ts';
import { createSetPassword } from '#main/host/set-password.ts';
import { createSignIn, hashPassword } from '#main/host/sign-in.ts';
import { createViewMaker } from '#main/host/view-service.ts';
import type { Journal } from '#main/journal/journal.ts';
import type { OpenJournalOptions } from '#main/journal/open-journal.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';
import { MORNING_MS, open, temporaryFolder, unwrap } from '../journal/journal-fixture.ts';

export const CUSTOMER: Actor = { kind: 'customer' };
export const SYSTEM: Actor = { kind: 'system' };
export const ANY_TICKET = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;

/** A host on a real journal in a folder that goes with the test; time is moved by hand. */
export class HostBench {
  now = MORNING_MS;
  readonly folder = temporaryFolder();
  readonly clock = createHandClock();
  journal: Journal;
  host: Host;
  readonly #options: Partial<OpenJournalOptions>;

  constructor(options: Partial<OpenJournalOptions> = {}) {
    this.#options = options;
    [this.journal, this.host] = this.#start();
  }

  /** Closes the journal and starts again, as after a power cut. */
  restart(): void {
    this.journal.close();
    [this.journal, this.host] = this.#start();
  }

  #start(): [Journal, Host] {
    const journal = open(this.folder, { branch: SAMPLE_BANK.branch.id, ...this.#options });
    return [journal, unwrap(startHost({ journal, now: () => this.now, station: 'station-1' }))];
  }

  give<T extends CommandType>(
    type: T,
    args: ArgsOf<T>,
    actor: Actor = SYSTEM,
    id?: string,
  ): Result<HostAnswer> {
    return this.host.execute({ type, args, actor, station: 'station-1' } as unknown as Command, id);
  }

  /** The sample bank in force. */
  configure(): this {
    unwrap(this.give('apply-bank-document', { document: SAMPLE_BANK }));
    return this;
  }

  /** Signs in without a password check, as the host does after one. */
  signIn(staffNumber: string): Actor {
    const sessionId = `session-${staffNumber}`;
    unwrap(this.give('record-sign-in', { staffNumber, passwordFits: true, sessionId }));
    return { kind: 'staff', staffNumber, sessionId };
  }

  /** A teller who has opened a counter. */
  openCounter(counterId = 'counter-1', staffNumber = '1001'): Actor {
    const teller = this.signIn(staffNumber);
    unwrap(this.give('open-counter', { counterId }, teller));
    return teller;
  }

  /** Gives these staff the sample password. */
  async setPasswords(...staffNumbers: string[]): Promise<void> {
    const passwordHash = await hashPassword(SAMPLE_PASSWORD);
    for (const number of staffNumbers) unwrap(this.journal.credentials.setPasswordHash(number, passwordHash));
  }

  signInDesk() {
    return createSignIn({
      host: this.host,
      passwordHashOf: number => this.journal.credentials.passwordHashOf(number),
      now: () => this.now,
    });
  }

  /** The windows' port on this host; views change only when `refresh` is called. */
  portServer(more: Partial<PortServerParts> = {}) {
    const facts = () => ({
      now: this.now,
      upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const,
      uploadSince: MORNING_MS,
    });
    return createPortServer({
      host: this.host,
      signIn: this.signInDesk(),
      customers: createCustomerDesk({
        host: this.host,
        keys: openCustomerKeys(this.folder),
        customers: this.journal.customers,
        now: () => this.now,
      }),
      setPassword: createSetPassword({
        host: this.host,
        setPasswordHash: this.journal.credentials.setPasswordHash,
        station: 'station-1',
      }),
      makeView: createViewMaker(this.host, facts, {
        voice: () => ({
          ok: true,
          value: { zone: { id: 'voice-1', name: '' }, output: null, announcement: null },
        }),
        bench: () => ({
          printers: [],
          boards: [],
          keypads: [],
          readers: [],
          faults: { printer: [], board: [], keypad: [], reader: [] },
        }),
        reader: () => ({ wedge: WedgeSettings.parse({}) }),
        passwordNumbers: this.journal.credentials.staffNumbers,
        playlist: () => [],
        hardware: () => {
          throw new Error('this bench has no devices');
        },
        voicePacks: () => ({ plans: [], packs: [] }),
        deviceLog: () => ({ ok: false, error: { code: 'C918' } }),
        oneMetreLineUntil: () => null,
        stations: () => onePcFacts({ station: 'station-1', program: '', epoch: 1, since: MORNING_MS }),
      }),
      stations: { obey: async () => ({ ok: false, error: { code: 'U541' } }) },
      saveVoiceClip: () => ({ ok: false, error: { code: 'V359' } }),
      hardware: { obey: async () => ({ ok: false, error: { code: 'C918' } }) },
      branch: { branch: SAMPLE_BANK.branch.id, epoch: 1, station: 'station-1' },
      now: () => this.now,
      ratingScreens: createRatingScreens({ host: this.host, clock: this.clock, station: 'station-1' }),
      askOneMetreLine: () => {},
      announcementPlayed: () => {},
      audioOutputs: () => {},
      benchOrder: () => ({ ok: true, value: undefined }),
      ...more,
    });
  }
}

/** A window's end of a connection; every message from the host is checked against its shape. */
export class FakeWindow implements MessageConnection {
  readonly received: HostMessage[] = [];
  isClosed = false;
  readonly #messageListeners: ((message: string) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];

  post(message: string): void {
    this.received.push(HostMessage.parse(JSON.parse(message)));
  }
  onMessage(listener: (message: string) => void): void {
    this.#messageListeners.push(listener);
  }
  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }
  close(): void {
    this.isClosed = true;
    for (const listener of this.#closeListeners) listener();
  }

  /** Sends a message as text and answers what the host said to it at once. */
  send(message: unknown): HostMessage | undefined {
    const from = this.received.length;
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    for (const listener of this.#messageListeners) listener(text);
    return this.received[from];
  }

  /** Sends a command and answers the host's answer. */
  command(type: string, args: object, session?: string, id = `command-${this.received.length}`) {
    const command = { id, type, args, ...(session === undefined ? {} : { session }) };
    return this.send({ kind: 'command', command });
  }
}

/** The code of a refusal, or 'ok'. */
export function refusalOf(message: HostMessage | undefined): string {
  return message !== undefined && 'error' in message && message.error ? message.error.code : 'ok';
}

/** Lets everything run that was put off until the present turn is over. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
