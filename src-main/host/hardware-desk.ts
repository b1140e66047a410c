import type { Command } from '#core/branch/commands.ts';
import type { ConfiguredState } from '#core/branch/decision.ts';
import { hasRight } from '#core/staff/rights.ts';
import { branchHead, counterName } from '#core/views/shared.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import type { HARDWARE_COMMANDS } from '#core/wire/commands-hardware.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import type { FoundDevice } from '#core/wire/views-hardware.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { devicesOf } from '../devices/device-changes.ts';
import type { DeviceManager } from '../devices/device-manager.ts';
import type { Devices } from '../devices/devices.ts';
import { findDevices, type Lookers, userOf } from '../devices/find-devices.ts';
import type { LearnDesk } from '../devices/learn-desk.ts';
import type { Host, HostAnswer } from './host-contract.ts';
import { sessionActor } from './session-tokens.ts';

export interface HardwareDeskParts {
  readonly host: Host;
  readonly devices: Devices;
  readonly manager: DeviceManager;
  readonly lookers: Lookers;
  readonly learn: LearnDesk;
  readonly station: string;
  readonly program: string;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: () => void;
  /** What settings may name on this PC: shipped and the bank's own. */
  readonly names: () => {
    readonly keypadProfiles: readonly string[];
    readonly ledTemplates: readonly string[];
    readonly voicePacks: readonly string[];
  };
}

type HardwareCommand = {
  [Type in keyof typeof HARDWARE_COMMANDS]: WindowCommand<Type>;
}[keyof typeof HARDWARE_COMMANDS];

/** HW7: the set-up window's side of the devices of this station. */
export interface HardwareDesk {
  /** Failures: `S703`, `S704` and those of the manager. The same command id again gets the same answer. */
  obey(command: HardwareCommand): Promise<Result<HostAnswer>>;
  view(): View<'hardware'>;
  /** C918 for a device that is not there. */
  log(deviceId: string): Result<View<'device-log'>>;
}

/** Lines of a log that the set-up screen shows. */
const LINES_SHOWN = 200;
/** Answers kept for commands that are sent again. */
const ANSWERS_KEPT = 50;
/** More found devices than this are no help to anybody. */
const FOUND_KEPT = 300;

export function createHardwareDesk(parts: HardwareDeskParts): HardwareDesk {
  const { host, devices, manager, clock, now, onChange } = parts;
  const answers = new Map<string, Promise<Result<HostAnswer>>>();
  /** The clock on the wall when the monotonic one was 0, so that lines of a log have a time of day. */
  const wallZero = now() - clock.nowMs();
  let search: Omit<View<'hardware'>['search'], 'found'> = {
    isRunning: false,
    asked: 0,
    total: 0,
    endedAt: null,
    unavailable: [],
  };
  let found: readonly Omit<FoundDevice, 'usedBy'>[] = [];

  const find = async (request: WindowCommand<'find-devices'>['args']): Promise<Result<HostAnswer>> => {
    if (search.isRunning) return fail('C919');
    if (!manager.isChangeable) return fail('C917');
    found = [];
    search = { isRunning: true, asked: 0, total: 0, endedAt: null, unavailable: [] };
    onChange();
    const run = findDevices(
      request,
      parts.lookers,
      one => {
        if (found.length < FOUND_KEPT && !found.some(({ key }) => key === one.key)) found = [...found, one];
        onChange();
      },
      progress => {
        search = { ...search, ...progress };
        onChange();
      },
    );
    // Answered at once: what turns up comes with the view.
    void run.then(unavailable => {
      search = { ...search, isRunning: false, endedAt: now(), unavailable: [...unavailable] };
      onChange();
    });
    return ok({});
  };

  const act = async (command: HardwareCommand): Promise<Result<HostAnswer>> => {
    const actor = sessionActor(host.state(), command.session);
    if (!actor.ok) return actor;
    if (actor.value.kind !== 'staff') return fail('S703');
    if (!hasRight(host.state(), actor.value.staffNumber, 'set-up')) return fail('S704', { right: 'set-up' });
    switch (command.type) {
      case 'save-device-settings': {
        const { settings, basedOn } = command.args;
        const saved = await manager.save(settings, basedOn, args =>
          host.execute({
            type: 'record-device-settings',
            args,
            actor: actor.value,
            station: parts.station,
          } as Command),
        );
        onChange();
        return saved.ok ? ok({ revision: manager.revision() }) : saved;
      }
      case 'find-devices':
        return find(command.args);
      case 'forget-found-devices':
        if (!search.isRunning) found = [];
        onChange();
        return ok({});
      case 'learn-keypad': {
        if (!manager.isChangeable) return fail('C917');
        const started = await parts.learn.start(command.args);
        return started.ok ? ok({}) : started;
      }
      case 'stop-learning':
        await parts.learn.stop();
        return ok({});
      case 'test-device': {
        const { deviceId } = command.args;
        if (!devices.setUp().some(({ id }) => id === deviceId)) return fail('C918', { device: deviceId });
        if (manager.testOf(deviceId)?.endedAt === null) return fail('C919');
        // Answered at once: its steps come with the view.
        void manager.test(deviceId);
        return ok({});
      }
    }
  };

  return {
    obey(command) {
      const given = answers.get(command.id);
      if (given) return given;
      const answer = act(command);
      answers.set(command.id, answer);
      const [oldest] = answers.keys();
      if (answers.size > ANSWERS_KEPT && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
    view() {
      const state = host.state() as ConfiguredState;
      const { document } = state;
      const { branchName, timeZone } = branchHead(document);
      const settings = manager.settings();
      const setUp = new Map(devices.setUp().map(device => [device.id, device]));
      const names = parts.names();
      return {
        branchName,
        timeZone,
        station: parts.station,
        program: parts.program,
        system: `${process.platform} ${process.arch}`,
        isChangeable: manager.isChangeable,
        revision: manager.revision(),
        settings,
        counters: document.counters.map(({ id }) => ({ id, name: counterName(document, id) })),
        devices: devicesOf(settings).map(({ deviceId, kind, name, counterId }) => {
          const known = state.devices.get(deviceId);
          const test = manager.testOf(deviceId);
          return {
            deviceId,
            kind,
            name,
            counterId,
            simulated: setUp.get(deviceId)?.simulated ?? false,
            health: known?.health ?? null,
            since: known?.since ?? null,
            test: test && { ...test, steps: test.steps.map(step => ({ ...step, facts: { ...step.facts } })) },
          };
        }),
        search: { ...search, found: found.map(one => ({ ...one, usedBy: userOf(one, settings) })) },
        learning: parts.learn.view(),
        keypadProfiles: [...names.keypadProfiles],
        ledTemplates: [...names.ledTemplates],
        voicePacks: [...names.voicePacks],
        audioOutputs: [...devices.voice.outputs()],
      };
    },
    log(deviceId) {
      const device = devices.setUp().find(({ id }) => id === deviceId);
      if (!device) return fail('C918', { device: deviceId });
      const lines = device.log
        .lines()
        .slice(-LINES_SHOWN)
        .map(({ number, atMs, kind, text, byteCount }) => ({
          number,
          at: Math.max(0, Math.round(wallZero + atMs)),
          kind,
          text,
          byteCount,
        }));
      return ok({ deviceId, lines });
    },
  };
}
