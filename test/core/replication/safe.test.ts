import { describe, expect, it } from 'vitest';
import { NO_ROLES } from '#core/replication/roles.ts';
import { safePlace } from '#core/replication/safe.ts';
import { BRANCH_TIMINGS } from '#core/replication/station.ts';
import { startStation } from '#core/replication/station-step.ts';

const SEEN = { epoch: 2, host: 'b', asked: false };
const TIP = { seq: 9, hash: 'h9' };

function replica(agreed: boolean) {
  const disk = { seen: SEEN, roles: { ...NO_ROLES, epoch: 1, host: 'a' }, tip: TIP, aside: { batches: [] } };
  const { state } = startStation('c', BRANCH_TIMINGS, disk, 0);
  if (state.part.kind !== 'replica') throw new Error('not a replica');
  return { ...state, part: { ...state.part, agreed } };
}

describe('how far screens and devices of a replica follow its log', () => {
  it('[BR3] not beyond what they followed before, while its log may differ from the host’s', () => {
    expect(safePlace(replica(false), { seq: 9, alone: true }, 6)).toEqual({ seq: 6, alone: false });
    expect(safePlace(replica(false), { seq: 9, alone: true }, -1)).toEqual({ seq: 0, alone: false });
  });

  it('[BR3] as far as the host says, and as it has itself, once both agree', () => {
    expect(safePlace(replica(true), { seq: 7, alone: false }, 6)).toEqual({ seq: 7, alone: false });
    expect(safePlace(replica(true), { seq: 12, alone: true }, 6)).toEqual({ seq: 9, alone: true });
  });
});
