import type { ConfiguredState } from '#core/branch/decision.ts';
import { hasRight } from '#core/staff/rights.ts';
import { kioskView } from '#core/views/kiosk-view.ts';
import { lobbyView } from '#core/views/lobby-view.ts';
import type { ProgramFacts } from '#core/views/program-facts.ts';
import { lobbyScreenView, signInView } from '#core/views/public-views.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { View, ViewArgs, ViewName } from '#core/wire/views.ts';
import { type Host, sessionActor } from './host.ts';
import { VIEW_RIGHTS } from './window-rules.ts';

/** Views that come from devices rather than from the branch's state. */
export interface DeviceViews {
  voice(): View<'voice'>;
  bench(): View<'bench'>;
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
    if (view === 'voice') return ok(devices.voice());
    if (view === 'bench') return ok(devices.bench());
    const state = host.state();
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
        return ok(lobbyView(configured, host.figures(), facts()));
      case 'lobby-screen':
        return ok(lobbyScreenView(configured));
      case 'teller': {
        const { counterId } = args;
        const known = configured.document.counters.some(counter => counter.id === counterId);
        if (counterId === undefined || !known) return fail('T808', { counter: counterId ?? '' });
        return ok(tellerView(configured, counterId, facts()));
      }
    }
  };
}

function refuseSession(host: Host, view: ViewName, session: string | undefined): Result<never> | undefined {
  const right = VIEW_RIGHTS[view];
  if (right === undefined) return undefined;
  const actor = session === undefined ? fail('S703') : sessionActor(host.state(), session);
  if (!actor.ok) return actor;
  if (actor.value.kind !== 'staff' || !hasRight(host.state(), actor.value.staffNumber, right))
    return fail('S704', { right });
  return undefined;
}
