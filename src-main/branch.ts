import { join } from 'node:path';
import pino from 'pino';
import type { Command, InternalCommandArgs } from '#core/branch/commands.ts';
import type { ConfiguredState } from '#core/branch/decision.ts';
import { toPracticeBank } from '#core/branch/practice.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { SAMPLE_CUSTOMERS } from '#core/sample/sample-customers.ts';
import { ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { SystemWideKeys } from '#drivers/keypad/shortcut-port.ts';
import { forgottenDevices } from './devices/device-changes.ts';
import type { DeviceDesk } from './devices/device-desk.ts';
import { createDeviceManager } from './devices/device-manager.ts';
import { onlySimulatedDevices, readDeviceSettings } from './devices/device-settings.ts';
import { createDevices, type Devices } from './devices/devices.ts';
import { createLearnDesk } from './devices/learn-desk.ts';
import { thisPc } from './devices/lookers.ts';
import { createOneMetreLine } from './devices/one-metre-line.ts';
import { createPlaylist } from './devices/playlist.ts';
import { REAL_CLOCK } from './devices/real-clock.ts';
import { createRecordedPacks } from './devices/recorded-packs.ts';
import { settingsNames } from './devices/settings-names.ts';
import { createStaffPhotos } from './devices/staff-photos.ts';
import { createConfirmPerson } from './host/confirm-person.ts';
import { createCustomerDesk } from './host/customer-desk.ts';
import { openCustomerKeys } from './host/customer-keys.ts';
import { createHardwareDesk } from './host/hardware-desk.ts';
import { startHost } from './host/host.ts';
import type { Host } from './host/host-contract.ts';
import { createIdSource } from './host/new-id.ts';
import { createPortServer } from './host/port-server.ts';
import { createRatingScreens } from './host/rating-screens.ts';
import { createSetPassword } from './host/set-password.ts';
import { createSignIn } from './host/sign-in.ts';
import { type BranchStations, createOnePcStations, createStationDesk } from './host/station-desk.ts';
import { createViewMaker } from './host/view-service.ts';
import { createVoiceRecording } from './host/voice-recording.ts';
import type { Journal } from './journal/journal.ts';
import { openJournal } from './journal/open-journal.ts';
import { PLAIN_KEY_STORE } from './link/key-store.ts';
import { startPractice } from './practice/start-practice.ts';
import type { BranchSettings, RunningBranch } from './running-branch.ts';
import { seedSampleBank } from './start/seed-sample-bank.ts';
import { startTimers } from './start/timers.ts';
import { findBranches } from './station/nearby.ts';
import { startPrintPlaces } from './station/print-places.ts';
import { scanAtHost } from './station/scan-at-host.ts';
import { reopenedKeys } from './station/secrets.ts';
import { createSeveralMaker, type FindBranches } from './station/several-maker.ts';
import { findStationPlace, type StartedStation, type StationSurroundings } from './station/several-pcs.ts';
import { NO_HEAD_OFFICE } from './station/station-network.ts';
import { type ClaimClient, createClaimClient } from './upload/claim-client.ts';
import { callsOf, createUploading, KEY_SETTING } from './upload/uploading.ts';

/** Replaceable for tests and the simulated day; real by default. */
export interface BranchSurroundings {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly clock?: DriverClock;
  readonly newId?: () => string;
  /** Electron's; without it no key can be taken from all programs. */
  readonly systemWideKeys?: SystemWideKeys;
  /** What screens see of link and replication, instead of this PC's own. */
  readonly stations?: BranchStations;
  /** Of a branch of several PCs. */
  readonly station?: StationSurroundings;
  /** Looks for other branches' hosts, for a PC that is to join one. */
  readonly findBranches?: FindBranches;
  /** This PC has become one of several: the branch is to be stopped and started again. */
  readonly restart?: () => void;
  /** Devices stay as they are at the start: a simulated day has nobody to change them. */
  readonly fixedDevices?: boolean;
}

/** A running branch with the parts that tests and the simulated day reach into. */
export interface WiredBranch extends RunningBranch {
  readonly host: Host;
  readonly devices: Devices;
  readonly journal: Journal;
  /** Null: a branch of one PC. */
  readonly station: StartedStation | null;
}

/** The one PC of a branch that needed no set-up (BR1). */
const ONE_STATION_ID = 'station-1';
/** No take-over has happened yet; each one raises it (BR5). */
const FIRST_EPOCH = 1;
/** How often time alone may make something due: ratings that close, a new business day. */
const TICK_MS = 250;
/** How often views are made again for what only time changes: waits that grow too long. */
const REFRESH_MS = 1000;

/**
 * Wires one branch: journal, host, devices, upload and the windows' port. Both programs that carry windows
 * (Electron and Node) call this and nothing else.
 * Failures: those of `openJournal`, `startHost` and `createDevices`, each with its code.
 */
export async function startBranch(
  settings: BranchSettings,
  surroundings: BranchSurroundings = {},
): Promise<Result<WiredBranch>> {
  const { now = Date.now, clock = REAL_CLOCK, newId, systemWideKeys, stations, fixedDevices } = surroundings;
  const log = pino({ level: process.env.FOYER_LOG ?? 'warn' }, pino.destination(2));
  const { practice } = settings;
  const bank = practice ? toPracticeBank(SAMPLE_BANK) : SAMPLE_BANK;
  const found = practice
    ? ok(null)
    : await findStationPlace({
        ...{ dataFolder: settings.dataFolder, branch: bank.branch.id, program: settings.program ?? '' },
        ...{ clock, now, surroundings: surroundings.station ?? {} },
        onTrouble: trouble => log.warn(trouble, 'station'),
      });
  if (!found.ok) return found;
  const place = found.value;
  const station = place?.settings.stationId ?? ONE_STATION_ID;
  const opened = openJournal({
    folder: settings.dataFolder,
    migrationsFolder: settings.migrationsFolder,
    branch: place?.branch ?? bank.branch.id,
    epoch: FIRST_EPOCH,
    now,
  });
  if (!opened.ok) return opened;
  const journal = opened.value;
  const giveUp = (result: { ok: false; error: { code: string } }) => {
    journal.close();
    return result as Result<never>;
  };

  let claims: ClaimClient | null = null;
  const joined =
    place?.join(journal, newId ?? createIdSource(), () => {
      const url = settings.headOfficeUrl;
      // The standby has the branch's key from its host; one of its own would be a stranger's.
      const mayAsk = place.settings.host === null || journal.settings.get(KEY_SETTING) !== null;
      if (url === null || !mayAsk) return NO_HEAD_OFFICE;
      claims ??= createClaimClient(callsOf(url, journal), station);
      return claims;
    }) ?? null;
  const started = startHost({
    ...{ journal, now, station },
    ...(newId ? { newId } : {}),
    ...(joined ? { stations: joined.runtime.among } : {}),
    ...(surroundings.station?.readEvent ? { readEvent: surroundings.station.readEvent } : {}),
  });
  if (!started.ok) return giveUp(started);
  const host = started.value;
  let printerCount = 0;
  const takingPart = (await joined?.start(host, () => printerCount)) ?? ok(null);
  if (!takingPart.ok) {
    await joined?.stop();
    return giveUp(takingPart);
  }
  const several = takingPart.value;
  const isHost = () => several === null || several.replicator.isHost();
  const system = <T extends keyof InternalCommandArgs>(type: T, args: InternalCommandArgs[T]) =>
    host.execute({ type, args, actor: { kind: 'system' }, station } as Command);

  const seeded = isHost() ? await seedSampleBank(bank, host, journal, system) : ok(undefined);
  if (!seeded.ok) return giveUp(seeded);
  host.tick();

  /** The windows' port comes last, but what it shows may change before. */
  let refresh = () => {};
  /** Only the host uploads; a PC that becomes it begins then. */
  const makeUploading = () =>
    createUploading({
      url: practice || !isHost() ? null : settings.headOfficeUrl,
      journal,
      state: host.state,
      now,
      ...(several ? { station: () => station, allowedSeq: several.replicator.uploadableSeq } : {}),
      onChange: () => refresh(),
      onError: error => log.warn({ error }, 'upload'),
    });
  let uploading = makeUploading();
  const prints = joined && startPrintPlaces(journal, joined.runtime.isOurs, joined.runtime.keptJobs());

  const desk: DeviceDesk = {
    state: () => host.shown() as ConfiguredState,
    tell({ type, args }, deviceId) {
      // Another PC's printer has it, and reports it.
      if (prints && 'jobId' in args && !prints.isOurs(args.jobId)) return ok({});
      const done = host.execute({
        type,
        args,
        actor: { kind: 'device', deviceId },
        station,
      } as Command);
      if (!done.ok) log.info({ type, deviceId, code: done.error.code }, 'device news refused');
      return done;
    },
    tellHealth(deviceId, kind, counterId, health) {
      const args = { deviceId, kind, counterId, health };
      const actor = { kind: 'device', deviceId } as const;
      host.execute({ type: 'change-device-health', args, actor, station });
    },
    refreshViews: () => refresh(),
  };
  const { document } = desk.state();
  const deviceSettings = practice
    ? ok(onlySimulatedDevices(document))
    : readDeviceSettings(join(settings.dataFolder, 'devices.json'), document);
  if (!deviceSettings.ok) return giveUp(deviceSettings);
  const ratingScreens = createRatingScreens({ host, clock, station });
  const oneMetreLine = createOneMetreLine({
    now,
    text: () => desk.state().document.texts.oneMetreLine,
    say: (counterId, text) => devices.voice.sayText({ counterId }, text),
    onChange: () => refresh(),
  });
  const made = await createDevices({
    settings: deviceSettings.value,
    desk,
    clock,
    counterSide: { hasRatingScreen: ratingScreens.isConnected, askOneMetreLine: oneMetreLine.ask },
    clipsFolder: settings.clipsFolder,
    dataFolder: settings.dataFolder,
    systemWideKeys,
  });
  if (!made.ok) return giveUp(made);
  const devices = made.value;
  printerCount = devices.setUp().filter(({ kind }) => kind === 'printer').length;
  several?.network.sayAbout();

  const forgotten = forgottenDevices(desk.state(), deviceSettings.value);
  if (forgotten.length > 0) system('record-device-settings', { changes: forgotten });
  const manager = createDeviceManager({
    devices,
    settings: deviceSettings.value,
    file: practice || fixedDevices ? null : join(settings.dataFolder, 'devices.json'),
    document: () => desk.state().document,
    clock,
    now,
    onChange: () => refresh(),
  });
  devices.onLearned((printerId, learned) => {
    const kept = manager.learn(printerId, learned);
    if (!kept.ok) log.error({ code: kept.error.code, printerId }, 'what a printer can do was not kept');
  });
  const levelCount = () => desk.state().document.ratingLevels.length;
  const learn = createLearnDesk({
    dataFolder: settings.dataFolder,
    clock,
    levelCount,
    onChange: () => refresh(),
  });
  const hardware = createHardwareDesk({
    host,
    devices,
    manager,
    lookers: thisPc(settings.dataFolder, levelCount),
    learn,
    station,
    program: settings.program ?? '',
    clock,
    now,
    onChange: () => refresh(),
    names: settingsNames(settings.dataFolder),
  });

  const recordedPacks = createRecordedPacks({
    clipsFolder: settings.clipsFolder,
    dataFolder: settings.dataFolder,
    now,
    onChange: () => refresh(),
  });
  const playlist = createPlaylist(join(settings.dataFolder, 'playlist'), now);
  const staffPhotos = createStaffPhotos(
    join(settings.dataFolder, 'staff-photos'),
    () => new Set(desk.state().document.staff.flatMap(({ photo }) => photo ?? [])),
  );
  const facts = () => ({
    now: now(),
    upload: uploading.line(),
    uploadSince: uploading.since(),
    deviceName: manager.nameOf,
  });
  const { customers: customerClasses } = journal;
  const openKeys = () => openCustomerKeys(settings.dataFolder);
  const keys = several ? reopenedKeys(openKeys, several.onSecrets) : openKeys();
  if (!keys.ok) log.error({ code: keys.error.code }, 'customers cannot be identified');
  const customers = createCustomerDesk({ host, keys, customers: customerClasses, now });
  // On other PCs they are the host's, or none at all (TK2).
  if (isHost() && desk.state().document.branch.sample && keys.ok)
    for (const { number, classId } of SAMPLE_CUSTOMERS) {
      const kept = customers.setClass(number, classId);
      if (!kept.ok) log.error({ code: kept.error.code }, 'sample customers');
    }

  const maker = createSeveralMaker({
    ...{ dataFolder: settings.dataFolder, station, clock, now },
    keyStore: surroundings.station?.keyStore ?? PLAIN_KEY_STORE,
    records: () => journal.last().seq,
    findBranches: surroundings.findBranches ?? findBranches,
    onMade: () => surroundings.restart?.(),
  });
  const stationDesk = createStationDesk({
    state: host.state,
    stations:
      stations ??
      several?.stations ??
      createOnePcStations(
        { station, program: settings.program ?? '', epoch: journal.epoch, since: now() },
        practice ? undefined : maker,
      ),
    confirmPerson: createConfirmPerson({
      state: host.state,
      passwordHashOf: number => journal.credentials.passwordHashOf(number),
      now,
      recordFailure: staffNumber =>
        void system('record-sign-in', { staffNumber, passwordFits: false, sessionId: '' }),
    }),
    onChange: () => refresh(),
  });

  const ports = createPortServer({
    host,
    stations: stationDesk,
    customers,
    hardware,
    saveVoiceClip: createVoiceRecording(host, recordedPacks),
    signIn: createSignIn({ host, passwordHashOf: number => journal.credentials.passwordHashOf(number), now }),
    setPassword: createSetPassword({
      host,
      setPasswordHash: journal.credentials.setPasswordHash,
      station,
    }),
    makeView: createViewMaker({ ...host, state: host.shown }, facts, {
      voice: devices.voice.view,
      bench: devices.bench.view,
      reader: () => ({ wedge: manager.settings().wedge }),
      hardware: hardware.view,
      voicePacks: recordedPacks.view,
      deviceLog: hardware.log,
      passwordNumbers: journal.credentials.staffNumbers,
      playlist: playlist.items,
      oneMetreLineUntil: oneMetreLine.until,
      stations: stationDesk.facts,
    }),
    branch: {
      branch: journal.branch,
      get epoch() {
        return journal.epoch;
      },
      station,
    },
    ...(joined ? { forward: joined.runtime.forward, whenSafe: joined.runtime.whenSafe } : {}),
    now,
    ratingScreens,
    askOneMetreLine: oneMetreLine.ask,
    announcementPlayed: devices.voice.played,
    audioOutputs: devices.voice.hearOutputs,
    benchOrder: devices.bench.obey,
  });
  refresh = ports.refresh;
  devices.onReading((window, text) => {
    const scan = customers.scan(text);
    const atHost = joined && scan.kind === 'customer' ? scanAtHost(joined.runtime, text) : undefined;
    if (atHost === undefined) return ports.scan(window, scan);
    void atHost.then(found => ports.scan(window, found));
  });

  host.onEvents(events => {
    devices.follow(prints ? prints.own(events) : events);
    uploading.notifyAppended();
    refresh();
  });
  ratingScreens.start();
  devices.start();
  uploading.start();
  joined?.runtime.open(ports.serve);
  several?.onChange(() => refresh());
  several?.replicator.onRole(() => {
    uploading.stop();
    uploading = makeUploading();
    uploading.start();
    refresh();
  });
  const timers = startTimers(clock, [
    [TICK_MS, host.tick],
    [REFRESH_MS, refresh],
  ]);

  let endPractice = () => {};
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    timers();
    endPractice();
    ratingScreens.stop();
    ports.stop();
    uploading.stop();
    await learn.stop();
    await devices.stop();
    claims?.stop();
    await joined?.stop();
    journal.close();
  };
  const branch: WiredBranch = {
    host,
    devices,
    journal,
    station: several,
    servePort: (connection, window) => ports.serve(connection, window),
    voiceZones: () => devices.voice.zoneIds,
    roles: () => place?.settings.roles ?? [],
    needsDecision: () => stationDesk.facts().decision !== null,
    readAsset(path) {
      const id = /^\/voice\/([\w-]{1,64})\.wav$/.exec(path)?.[1];
      if (id === undefined) return staffPhotos(path) ?? recordedPacks.fileOf(path) ?? playlist.fileOf(path);
      const body = devices.voice.wavOf(id);
      return body && { contentType: 'audio/wav', body };
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
  if (practice) endPractice = startPractice(branch, clock, practice);
  return ok(branch);
}
