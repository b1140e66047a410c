import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { mayDecideHost } from '#core/staff/decide-host-right.ts';
import { rightsOf } from '#core/staff/rights.ts';
import type { StationChild } from './station-child.ts';

/**
 * BR4: a person with the right, who goes and looks before deciding: "take over" only where the host's PC is off, "go
 * on alone" only where the standby's is. One decision at a time. Ends with `isOver`.
 * @param childOf the PC's process; null: it is off
 */
export async function decideByHand(
  stations: readonly string[],
  childOf: (station: string) => StationChild | null,
  newId: () => string,
  isOver: () => boolean,
): Promise<void> {
  const staffNumber = SAMPLE_BANK.staff.find(({ number }) =>
    mayDecideHost(SAMPLE_BANK, rightsOf(SAMPLE_BANK, number)),
  )?.number;
  while (!isOver()) {
    await new Promise(resolve => setTimeout(resolve, 20));
    for (const station of stations) {
      const child = childOf(station);
      const now = child?.now();
      if (!child || !now || now.decision === null) continue;
      const other = now.decision === 'take-over' ? now.host : now.standby;
      if (other === null || childOf(other) !== null) continue;
      const { decision, epoch } = now;
      const args = { decision, epoch, staffNumber: staffNumber ?? '', password: SAMPLE_PASSWORD };
      const answer = child.openWindow('lobby').send({ id: newId(), type: 'decide-host', args });
      await Promise.race([answer, child.killed]);
    }
  }
}
