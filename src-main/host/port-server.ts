import type { Command } from '#core/branch/commands.ts';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { HARDWARE_COMMANDS } from '#core/wire/commands-hardware.ts';
import { STATION_COMMANDS } from '#core/wire/commands-stations.ts';
import {
  type AudioOutputs,
  type BenchOrder,
  type HostMessage,
  MAX_MESSAGE_CHARACTERS,
  MAX_SET_UP_MESSAGE_CHARACTERS,
  PORT_PROTOCOL_VERSION,
  type WindowKind,
  WindowMessage,
} from '#core/wire/port-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { Scan } from '#core/wire/scan.ts';
import type { CustomerDesk } from './customer-desk.ts';
import type { HardwareDesk } from './hardware-desk.ts';
import type { Host, HostAnswer } from './host-contract.ts';
import type { RatingScreens } from './rating-screens.ts';
import { sessionActor } from './session-tokens.ts';
import type { SetPassword } from './set-password.ts';
import type { SignIn } from './sign-in.ts';
import type { StationDesk } from './station-desk.ts';
import type { MakeView, ViewRequest } from './view-service.ts';
import type { SaveVoiceClip } from './voice-recording.ts';
import { WINDOW_RULES } from './window-rules.ts';

export interface PortServerParts {
  readonly host: Host;
  readonly signIn: SignIn;
  readonly customers: CustomerDesk;
  readonly setPassword: SetPassword;
  readonly hardware: Pick<HardwareDesk, 'obey'>;
  readonly stations: Pick<StationDesk, 'obey'>;
  readonly saveVoiceClip: SaveVoiceClip;
  readonly makeView: MakeView;
  readonly branch: { readonly branch: string; readonly epoch: number; readonly station: string };
  /** Several PCs: gives a command to the host, where that is another PC; undefined: this PC carries it out. */
  readonly forward?: (window: WindowKind, command: WindowCommand) => Promise<Result<HostAnswer>> | undefined;
  /** Several PCs: an accepted command is answered when this resolves (BR3); null: at once. */
  readonly whenSafe?: (commandId: string) => Promise<Result<void>> | null;
  readonly now: () => number;
  readonly announcementPlayed: (id: string, played: boolean, reason?: 'no-speech') => void;
  readonly audioOutputs: (report: AudioOutputs) => void;
  readonly ratingScreens: Pick<RatingScreens, 'arrived' | 'left' | 'press'>;
  /** RT4 一米线 */
  readonly askOneMetreLine: (counterId: string) => void;
  readonly benchOrder: (order: BenchOrder) => Result<void>;
}

export interface PortServer {
  /**
   * Serves one window until its connection closes. `window` null: the window says itself which kind it is; a list:
   * one of these. `station`: the PC it is on, if not this one.
   */
  serve(
    connection: MessageConnection,
    window: WindowKind | readonly WindowKind[] | null,
    station?: string,
  ): void;
  /** Something changed: every window gets the views that differ from what it has. Many calls make one refresh. */
  refresh(): void;
  /** A reader of this PC has read something: to every window of that kind on this PC, and to no tablet. */
  scan(window: WindowKind, scan: Scan): void;
  /** Refuses new windows and closes those there are. */
  stop(): void;
}

interface Subscription extends ViewRequest {
  version: number;
  sent: string;
  /** The counter whose rating screen this is, once its view was shown. */
  screenOf: string | null;
}

/** More than any window needs; a broken one cannot fill the memory. */
const MAX_SUBSCRIPTIONS = 20;

/** The host's end of `BranchPort`: checks every message, answers commands, keeps views up to date. */
export function createPortServer(parts: PortServerParts): PortServer {
  const windows = new Set<ReturnType<typeof serveWindow>>();
  let refreshAsked = false;
  let stopped = false;

  const refresh = () => {
    if (refreshAsked) return;
    refreshAsked = true;
    setImmediate(() => {
      refreshAsked = false;
      for (const window of windows) window.refresh();
    });
  };

  return {
    serve(connection, fixedWindow, station = parts.branch.station) {
      if (stopped) return connection.close();
      const ofStation = { ...parts, branch: { ...parts.branch, station } };
      const window = serveWindow(ofStation, connection, fixedWindow, () => stopped);
      windows.add(window);
      connection.onClose(() => {
        windows.delete(window);
        window.end();
      });
    },
    refresh,
    scan(kind, scan) {
      for (const window of windows) window.scan(kind, scan);
    },
    stop() {
      stopped = true;
      for (const window of windows) window.close();
      windows.clear();
    },
  };
}

function serveWindow(
  parts: PortServerParts,
  connection: MessageConnection,
  fixedWindow: WindowKind | readonly WindowKind[] | null,
  isStopped: () => boolean,
) {
  const subscriptions = new Map<number, Subscription>();
  let window: WindowKind | null = null;

  const post = (message: HostMessage) => connection.post(JSON.stringify(message));
  const refuse = (error: Failure) => post({ kind: 'refused', error });

  const sendView = (number: number, subscription: Subscription) => {
    const made = parts.makeView(subscription);
    const text = JSON.stringify(made);
    if (text === subscription.sent) return;
    subscription.sent = text;
    if (!made.ok) return post({ kind: 'view-refused', subscription: number, error: made.error });
    if (subscription.view === 'rating-screen') startScreen(subscription);
    subscription.version++;
    const { version } = subscription;
    post({ kind: 'view', subscription: number, version, now: parts.now(), value: made.value });
  };

  /** RT4: a page that follows a counter's screen is that screen, until it is told otherwise or gone. */
  const startScreen = (subscription: Subscription) => {
    if (subscription.screenOf !== null) return;
    subscription.screenOf = subscription.args.counterId ?? null;
    if (subscription.screenOf !== null) parts.ratingScreens.arrived(subscription.screenOf);
  };

  const endSubscription = (number: number) => {
    const screenOf = subscriptions.get(number)?.screenOf ?? null;
    subscriptions.delete(number);
    if (screenOf !== null) parts.ratingScreens.left(screenOf);
  };

  /** RT1: only for a counter this window shows, by nobody's session. */
  const obeyScreen = (command: ScreenCommand): Result<HostAnswer> => {
    const { counterId } = command.args;
    if (![...subscriptions.values()].some(({ screenOf }) => screenOf === counterId))
      return fail('M605', { counter: counterId });
    if (command.type === 'press-rating-screen') return parts.ratingScreens.press(command.args, command.id);
    parts.askOneMetreLine(counterId);
    return ok({});
  };

  /** @param again gives the command to the next host, where this PC has stopped being it meanwhile */
  const answer = (
    commandId: string,
    result: Result<HostAnswer>,
    again?: () => Promise<Result<HostAnswer>> | undefined,
  ) => {
    const safe = result.ok ? parts.whenSafe?.(commandId) : null;
    if (!safe) return answerNow(commandId, result);
    void safe.then(kept => {
      if (kept.ok) return answerNow(commandId, result);
      void (again?.() ?? Promise.resolve(kept)).then(next => answerNow(commandId, next));
    });
  };

  const answerNow = (commandId: string, result: Result<HostAnswer>) =>
    post({
      kind: 'answer',
      commandId,
      ...(result.ok ? { value: { ...result.value } } : { error: result.error }),
    });

  const receive = (message: WindowMessage) => {
    if (message.kind === 'hello') {
      if (message.protocol !== PORT_PROTOCOL_VERSION)
        return refuse({ code: 'M604', facts: { protocol: message.protocol } });
      if (fixedWindow !== null && ![fixedWindow].flat().includes(message.window))
        return refuse({ code: 'M605' });
      window = message.window;
      return post({ kind: 'welcome', protocol: PORT_PROTOCOL_VERSION, ...parts.branch, now: parts.now() });
    }
    if (window === null) return refuse({ code: 'M605' });
    const rules = WINDOW_RULES[window];
    switch (message.kind) {
      case 'command': {
        const { command } = message;
        if (!rules.commands.includes(command.type)) return answer(command.id, fail('M605'));
        if (command.type === 'save-voice-clip') return answer(command.id, parts.saveVoiceClip(command));
        if (isFromScreen(command)) return answer(command.id, obeyScreen(command));
        const as = window;
        const again = () => parts.forward?.(as, command);
        const slow = again() ?? startSlowCommand(parts, command);
        if (slow === undefined)
          return answer(command.id, executeFor(parts, window, command as HostCommand), again);
        void slow.then(
          result => answer(command.id, result, again),
          error => {
            // The journal was closed while the password was being hashed.
            if (!isStopped()) throw error;
            answer(command.id, fail('M606'));
          },
        );
        return;
      }
      case 'subscribe': {
        const { subscription, view, args, session } = message;
        if (!rules.views.includes(view))
          return post({ kind: 'view-refused', subscription, error: { code: 'M605' } });
        if (subscriptions.size >= MAX_SUBSCRIPTIONS && !subscriptions.has(subscription))
          return post({ kind: 'view-refused', subscription, error: { code: 'M602' } });
        endSubscription(subscription);
        const fresh = { view, args, session, version: 0, sent: '', screenOf: null };
        subscriptions.set(subscription, fresh);
        return sendView(subscription, fresh);
      }
      case 'unsubscribe':
        return endSubscription(message.subscription);
      case 'announcement-played':
        return window === 'voice'
          ? parts.announcementPlayed(message.id, message.played, message.reason)
          : refuse({ code: 'M605' });
      case 'audio-outputs':
        return window === 'voice' ? parts.audioOutputs(message) : refuse({ code: 'M605' });
      case 'bench': {
        const done = window === 'bench' ? parts.benchOrder(message.order) : fail('M605');
        return done.ok ? undefined : refuse(done.error);
      }
    }
  };

  connection.onMessage(text => {
    const limit = window === 'setup' ? MAX_SET_UP_MESSAGE_CHARACTERS : MAX_MESSAGE_CHARACTERS;
    const message = readMessage(text, limit);
    if (message.ok) receive(message.value);
    else refuse(message.error);
  });

  return {
    scan(kind: WindowKind, scan: Scan) {
      // A list of kinds is what the branch network may open: a tablet stands somewhere else than the reader.
      if (window === kind && !Array.isArray(fixedWindow)) post({ kind: 'scan', scan });
    },
    refresh() {
      for (const [number, subscription] of subscriptions) sendView(number, subscription);
    },
    close: () => connection.close(),
    /** The connection has gone, and its screens with it. */
    end() {
      for (const number of [...subscriptions.keys()]) endSubscription(number);
    },
  };
}

/**
 * Reads a message from a window.
 * Failures: `M602` too long, `M601` not JSON or not one of ours (`facts.field` names the first wrong field).
 */
export function readMessage(text: string, maxCharacters = MAX_MESSAGE_CHARACTERS): Result<WindowMessage> {
  if (text.length > maxCharacters) return fail('M602');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('M601');
  }
  const parsed = WindowMessage.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return fail('M601', { field: parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? '' });
}

type ScreenCommand = WindowCommand<'press-rating-screen'> | WindowCommand<'ask-one-metre-line'>;
type HardwareCommand = Parameters<HardwareDesk['obey']>[0];
type StationCommand = Parameters<StationDesk['obey']>[0];
type HostCommand = Exclude<
  WindowCommand,
  ScreenCommand | HardwareCommand | StationCommand | { type: 'sign-in' | 'set-password' | 'save-voice-clip' }
>;

function isFromScreen(command: WindowCommand): command is ScreenCommand {
  return command.type === 'press-rating-screen' || command.type === 'ask-one-metre-line';
}

/** Passwords take time to hash and devices to change: these are answered later, everything else at once (undefined). */
function startSlowCommand(
  { signIn, setPassword, hardware, stations, branch }: PortServerParts,
  command: WindowCommand,
): Promise<Result<HostAnswer>> | undefined {
  if (command.type === 'sign-in')
    return signIn(command.args.staffNumber, command.args.password, branch.station);
  if (isHardwareCommand(command)) return hardware.obey(command);
  if (isStationCommand(command)) return stations.obey(command);
  return command.type === 'set-password' ? setPassword(command) : undefined;
}

function isHardwareCommand(command: WindowCommand): command is HardwareCommand {
  return Object.hasOwn(HARDWARE_COMMANDS, command.type);
}

function isStationCommand(command: WindowCommand): command is StationCommand {
  return Object.hasOwn(STATION_COMMANDS, command.type);
}

function executeFor(parts: PortServerParts, window: WindowKind, command: HostCommand): Result<HostAnswer> {
  const actor = sessionActor(parts.host.state(), command.session);
  if (!actor.ok) return actor;
  // Only a kiosk speaks for customers; every other window needs somebody signed in (ID3).
  if (actor.value.kind === 'customer' && window !== 'kiosk') return fail('S703');
  if (command.type === 'identify-customer') return parts.customers.identify(command.args);
  const args = parts.customers.argsForRules(command);
  if (!args.ok) return args;
  const { type } = command;
  return parts.host.execute(
    { type, args: args.value, actor: actor.value, station: parts.branch.station } as Command,
    command.id,
  );
}
