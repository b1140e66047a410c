import { hasRight } from '#core/staff/rights.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { RecordedPacks } from '#main/devices/recorded-packs.ts';
import type { Host, HostAnswer } from './host-contract.ts';
import { sessionActor } from './session-tokens.ts';

/**
 * A clip recorded in the set-up window, kept for whoever has the right to set up. Nothing is recorded in the
 * journal; the pack itself says who spoke last. Failures: `S703`, `S704` and those of `RecordedPacks.save`.
 */
export function createVoiceRecording(host: Host, packs: Pick<RecordedPacks, 'save'>) {
  return (command: WindowCommand<'save-voice-clip'>): Result<HostAnswer> => {
    const actor = sessionActor(host.state(), command.session);
    if (!actor.ok) return actor;
    if (actor.value.kind !== 'staff') return fail('S703');
    const { staffNumber } = actor.value;
    if (!hasRight(host.state(), staffNumber, 'set-up')) return fail('S704', { right: 'set-up' });
    return packs.save(command.args, staffNumber);
  };
}

export type SaveVoiceClip = ReturnType<typeof createVoiceRecording>;
