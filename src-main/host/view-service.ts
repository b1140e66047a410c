import type { ConfiguredState } from '#core/branch/decision.ts';
import { hasRight, rightsOf } from '#core/staff/rights.ts';
import { guidanceView } from '#core/views/guidance-view.ts';
import { kioskView } from '#core/views/kiosk-view.ts';
import { lobbyScreenSide } from '#core/views/lobby-screen-side.ts';
import { lobbyView } from '#core/views/lobby-view.ts';
import type { ProgramFacts } from '#core/views/program-facts.ts';
import { lobbyScreenView, signInView } from '#core/views/public-views.ts';
import { counterListView, ratingScreenView } from '#core/views/rating-screen-view.ts';
import { setupView } from '#core/views/setup-view.ts';
import type { StationFacts } from '#core/views/station-facts.ts';
import { linkStateView, stationsView } from '#core/views/stations-view.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View, ViewArgs, ViewName } from '#core/wire/views.ts';
import type { Host } from './host-contract.ts';
import { sessionActor } from './session-tokens.ts';
import { VIEW_RIGHTS } from './window-rules.ts';

/** What views show that is not in the branch's state: devices, and who has a password. */
export interface DeviceViews {
  /** One zone's, the first's by default; V354 for a zone that is not there. */
  voice(zoneId?: string): Result<View<'voice'>>;
  bench(): View<'bench'>;
  /** How readers that type are told from people (TK2). */
  reader(): View<'reader'>;
  hardware(): View<'hardware'>;
  voicePacks(): View<'voice-packs'>;
  /** C918 for a device that is not there. */
  deviceLog(deviceId: string): Result<View<'device-log'>>;
  /** Pictures and videos of this station's lobby screen, in the order they are shown (DV4). */
  playlist(): View<'lobby-screen'>['side']['playlist'];
  /** Link and replication of this PC (BR3 to BR7). */
  stations(): StationFacts;
  /** Until when a counter's rating screens ask the others to step back (RT4); null: they do not. */
  oneMetreLineUntil(counterId: string): number | null;
  /** Staff numbers that have a password here. */
  passwordNumbers(): readonly string[];
}

export interface ViewRequest {
  readonly view: ViewName;
  readonly args: ViewArgs;
  readonly session: string | undefined;
}

/** Makes the view a window asked for, or says why it may not see it. */
export type MakeView = (request: ViewRequest) => Result<View<ViewName>>;

/** Connects views with the host's state and the running program. */
export function createViewMaker(host: Host, facts: () => ProgramFacts, devices: DeviceViews): MakeView {
  return ({ view, args, session }) => {
    if (view === 'voice') return devices.voice(args.zoneId);
    if (view === 'bench') return ok(devices.bench());
    if (view === 'reader') return ok(devices.reader());
    const state = host.state();
    if (view === 'link-state') return ok(linkStateView(state.document, devices.stations()));
    if (host.unread() !== null && !OWN_VIEWS.has(view)) return fail('U553');
    if (state.document === null) return fail('C903');
    const configured = state as ConfiguredState;
    const refused = refuseSession(host, view, session);
    if (refused) return refused;
    switch (view) {
      case 'kiosk':
        return ok(kioskView(configured, facts().now));
      case 'sign-in':
        return ok(signInView(configured));
      case 'lobby':
        return ok(
          lobbyView(configured, host.figures(), { ...facts(), rights: rightsOfViewer(host, session) }),
        );
      case 'setup':
        return ok(setupView(configured, devices.passwordNumbers()));
      case 'stations':
        return ok(stationsView(configured, devices.stations(), rightsOfViewer(host, session)));
      case 'voice-packs':
        return ok(devices.voicePacks());
      case 'hardware':
        return ok(devices.hardware());
      case 'device-log':
        return devices.deviceLog(args.deviceId ?? '');
      case 'lobby-screen':
        return ok(lobbyScreenView(configured, lobbyScreenSide(configured, devices.playlist(), facts().now)));
      case 'guidance':
        return ok(guidanceView(configured));
      case 'counter-list':
        return ok(counterListView(configured));
      case 'teller':
      case 'rating-screen': {
        const { counterId } = args;
        const known = configured.document.counters.some(counter => counter.id === counterId);
        if (counterId === undefined || !known) return fail('T808', { counter: counterId ?? '' });
        return view === 'teller'
          ? ok(tellerView(configured, counterId, facts(), host.figures()))
          : ok(ratingScreenView(configured, counterId, devices.oneMetreLineUntil(counterId)));
      }
    }
  };
}

/** Of this PC alone: they need nothing of the branch that an old program could get wrong. */
const OWN_VIEWS: ReadonlySet<ViewName> = new Set(['hardware', 'device-log']);

/** What the person who looks may see; none for nobody. */
function rightsOfViewer(host: Host, session: string | undefined): ReturnType<typeof rightsOf> {
  const { document } = host.state();
  const actor = sessionActor(host.state(), session);
  return document && actor.ok && actor.value.kind === 'staff'
    ? rightsOf(document, actor.value.staffNumber)
    : new Set();
}

function refuseSession(host: Host, view: ViewName, session: string | undefined): Result<never> | undefined {
  const right = VIEW_RIGHTS[view];
  if (right === undefined) return undefined;
  const rights = [right].flat();
  const actor = session === undefined ? fail('S703') : sessionActor(host.state(), session);
  if (!actor.ok) return actor;
  const { value } = actor;
  if (value.kind !== 'staff' || !rights.some(one => hasRight(host.state(), value.staffNumber, one)))
    return fail('S704', { right: rights.join() });
  return undefined;
}
