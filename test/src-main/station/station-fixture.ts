import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { HostMessage, PORT_PROTOCOL_VERSION, type WindowKind } from '#core/wire/port-messages.ts';
import type { ViewName } from '#core/wire/views.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import type { Mdns, MdnsService } from '#main/link/discovery.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { LINK_LIMITS } from '#main/link/link-limits.ts';
import { connectInProcess } from '#main/simulate/in-process-connection.ts';
import { writeSimulatedDevices } from '#main/simulate/simulated-devices.ts';
import { openWindow, type SimulatedWindow } from '#main/simulate/window.ts';
import { pairThisPc } from '#main/station/open-station.ts';
import type { StartedStation, StationSurroundings } from '#main/station/several-pcs.ts';
import type { HeadOfficeClaims } from '#main/station/station-network.ts';
import {
  type StationSettings,
  StationSettings as StationSettingsShape,
} from '#main/station/station-settings.ts';
import { temporaryFolder, unwrap } from '../journal/journal-fixture.ts';

export const LOOPBACK = '127.0.0.1';
/** Short, so that tests are; every wait of a test is generous. */
const TIMINGS = { hostPatienceMs: 1_500, standbyPatienceMs: 2_500, beatEveryMs: 250, claimEveryMs: 400 };
const LIMITS = { ...LINK_LIMITS, silenceMs: 60_000, greetingMs: 60_000 };
const PATIENCE_MS = 25_000;

const { rendererFolder: _, ...folders } = appFolders(fileURLToPath(new URL('../../..', import.meta.url)));

/** Head office of one branch: the first to ask is named. */
export function headOffice() {
  let named: { epoch: number; host: string } | null = null;
  const cutOff = new Set<string>();
  const answer = () => (named ? ({ kind: 'named', ...named } as const) : ({ kind: 'unreachable' } as const));
  return {
    cutOff,
    named: () => named,
    claimsOf(station: string): HeadOfficeClaims {
      return {
        async claim(expected) {
          if (cutOff.has(station)) return { kind: 'unreachable' };
          if (named === null || named.epoch <= expected) named = { epoch: expected + 1, host: station };
          return answer();
        },
        async register(epoch) {
          if (cutOff.has(station)) return { kind: 'unreachable' };
          if (named === null || epoch > named.epoch) named = { epoch, host: station };
          return answer();
        },
      };
    },
  };
}

/** One PC that can be started, stopped and started again on its data folder. */
export class TestPc {
  readonly id: string;
  readonly folder: string;
  settings: StationSettings;
  readonly #office: ReturnType<typeof headOffice>;
  #branch: WiredBranch | null = null;

  constructor(
    office: ReturnType<typeof headOffice>,
    settings: Partial<StationSettings> & { stationId: string },
    folder = temporaryFolder(),
  ) {
    this.folder = folder;
    this.#office = office;
    this.id = settings.stationId;
    this.settings = StationSettingsShape.parse({
      host: null,
      listen: { port: 0, address: LOOPBACK },
      // Nobody else's network is spoken to.
      discovery: false,
      ...settings,
    });
    unwrap(writeSimulatedDevices(this.folder, SAMPLE_BANK));
    writeFileSync(join(this.folder, 'station.json'), JSON.stringify(this.settings));
    onTestFinished(() => this.stop());
  }

  /** Somebody has changed its `station.json` while it is off. */
  set(change: Partial<StationSettings>): void {
    this.settings = { ...this.settings, ...change };
    writeFileSync(join(this.folder, 'station.json'), JSON.stringify(this.settings));
  }
  /** Its book of addresses is lost. */
  forgetPeers(): void {
    rmSync(join(this.folder, 'station-peers.json'), { force: true });
  }

  get branch(): WiredBranch {
    if (this.#branch === null) throw new Error(`${this.id} is off`);
    return this.#branch;
  }
  get station(): StartedStation {
    if (this.branch.station === null) throw new Error(`${this.id} is alone`);
    return this.branch.station;
  }
  /** Its certificate, and what it may do with the branch's authority. */
  keys() {
    return this.station.keys;
  }
  status() {
    return this.station.replicator.status();
  }

  /** @returns the name it has in the branch now */
  async pair(code: string): Promise<string> {
    return unwrap(await this.tryToPair(code)).station;
  }
  tryToPair(code: string): ReturnType<typeof pairThisPc> {
    const parts = { dataFolder: this.folder, settings: this.settings, keyStore: PLAIN_KEY_STORE };
    return pairThisPc({ ...parts, clock: REAL_CLOCK, now: Date.now }, code);
  }

  /** @param more what this program does otherwise, until it is started again */
  async start(more: Partial<StationSurroundings> = {}): Promise<this> {
    this.#branch = unwrap(
      await startBranch(
        { dataFolder: this.folder, headOfficeUrl: null, ...folders },
        {
          station: {
            headOffice: this.#office.claimsOf(this.id),
            timings: TIMINGS,
            limits: LIMITS,
            random: () => 0,
            cutOffMs: 1_000,
            ...more,
          },
        },
      ),
    );
    return this;
  }

  async stop(): Promise<void> {
    await this.#branch?.stop();
    this.#branch = null;
  }

  open(kind: WindowKind): SimulatedWindow {
    const [host, window] = connectInProcess();
    this.branch.servePort(host, kind);
    return openWindow(kind, window, randomUUID);
  }

  /** What a kiosk window of this PC is shown of a view, from now on: its value, or the code it is refused with. */
  shown(view: ViewName): { code: string; value: unknown } {
    const [hostEnd, end] = connectInProcess();
    const shown = { code: '', value: null as unknown };
    end.onMessage(text => {
      const message = HostMessage.parse(JSON.parse(text));
      if (message.kind === 'view-refused') Object.assign(shown, { code: message.error.code, value: null });
      if (message.kind === 'view') Object.assign(shown, { code: 'ok', value: message.value });
    });
    this.branch.servePort(hostEnd, 'kiosk');
    end.post(JSON.stringify({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window: 'kiosk' }));
    end.post(JSON.stringify({ kind: 'subscribe', subscription: 1, view, args: {} }));
    return shown;
  }

  async signIn(staffNumber: string): Promise<{ window: SimulatedWindow; session: string }> {
    const window = this.open('teller');
    const signedIn = unwrap(await window.ask('sign-in', { staffNumber, password: SAMPLE_PASSWORD }));
    return { window, session: signedIn.session };
  }

  issue() {
    return this.open('kiosk').ask('issue-ticket', {
      businessId: 'personal-cash',
      language: 'zh',
      largeType: false,
    });
  }

  events(type: string) {
    return [...this.branch.journal.read()].flatMap(read =>
      read.ok && read.value.type === type ? [read.value] : [],
    );
  }
}

/** A data folder in which a branch of one PC has issued a ticket. */
export async function playAlone(): Promise<{ dataFolder: string; settings: Partial<StationSettings> }> {
  const dataFolder = temporaryFolder();
  unwrap(writeSimulatedDevices(dataFolder, SAMPLE_BANK));
  const alone = unwrap(await startBranch({ dataFolder, headOfficeUrl: null, ...folders }));
  const [host, window] = connectInProcess();
  alone.servePort(host, 'kiosk');
  const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
  unwrap(await openWindow('kiosk', window, randomUUID).ask('issue-ticket', args));
  await alone.stop();
  return { dataFolder, settings: {} };
}

/** The end of the journal in a folder nobody uses now. */
export function lastOf(dataFolder: string): { readonly seq: number; readonly hash: string } {
  const verified = unwrap(verifyJournalFile(dataFolder));
  if (!verified.whole) throw new Error('the chain is broken');
  return verified.end;
}

/** A port nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Resolves when it is so; fails the test, saying what was waited for, when that takes far too long. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

export const ADMIN = { kind: 'staff', staffNumber: adminNumber(), sessionId: '' } as const;

/** A code of this host, for a new PC or for another one's place. */
export async function codeOfHost(host: TestPc, replaces?: string): Promise<string> {
  unwrap(await host.station.stations.openPairingCode(ADMIN, replaces));
  return host.station.stations.facts().pairing?.code ?? '';
}

/** A host and PCs that were paired with it by its code, all started. The first is the host. */
export async function makePcs(office: ReturnType<typeof headOffice>, ...ids: string[]): Promise<TestPc[]> {
  const [first = '', ...others] = ids;
  const port = await freePort();
  const host = new TestPc(office, { stationId: first, listen: { port, address: LOOPBACK } });
  await host.start();
  const pcs = [host];
  for (const stationId of others) {
    const pc = new TestPc(office, { stationId, host: { address: LOOPBACK, port } });
    await pc.pair(await codeOfHost(host));
    await pc.start();
    pcs.push(pc);
  }
  return pcs;
}

/** Somebody of the sample bank who may set up. */
export function adminNumber(): string {
  const roles = new Set(
    SAMPLE_BANK.roles.filter(({ rights }) => rights.includes('set-up')).map(({ id }) => id),
  );
  return SAMPLE_BANK.staff.find(({ roleIds }) => roleIds.some(id => roles.has(id)))?.number ?? '';
}

/** A network on which everybody hears everybody who is there or comes; all are at this machine's own address. */
export function fakeNetwork() {
  const published = new Set<MdnsService>();
  const listeners = new Set<(service: MdnsService) => void>();
  const openMdns = (): Mdns => ({
    publish(service) {
      const one = { ...service, addresses: [LOOPBACK] };
      published.add(one);
      for (const listener of listeners) listener(one);
      return { stop: () => void published.delete(one) };
    },
    find(_wanted, onUp) {
      listeners.add(onUp);
      for (const one of published) onUp(one);
      return { stop: () => void listeners.delete(onUp) };
    },
    destroy() {},
  });
  return { openMdns, published: () => [...published].map(({ port }) => port) };
}
