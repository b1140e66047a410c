import { describe, expect, test } from 'vitest';
import { NO_ROLES } from '#core/replication/roles.ts';
import { fail } from '#core/wire/result.ts';
import { keepBackWhileUnread } from '#main/station/keep-back.ts';
import type { StationMessage, StationNetwork } from '#main/station/station-network.ts';

const PLACE = { seq: 3, hash: 'a'.repeat(64) };
const TERM = { epoch: 1, host: 'pc-1' } as const;

function bench(options: { readonly isUnread: boolean; readonly standby: string | null }) {
  const sent: string[] = [];
  const claimed: number[] = [];
  const network = { send: (_to: string, { kind }: StationMessage) => void sent.push(kind) };
  const unread = fail('D407').error;
  const kept = keepBackWhileUnread({
    host: {
      unread: () => (options.isUnread ? unread : null),
      roles: () => ({ ...NO_ROLES, standby: options.standby }),
    },
    network: network as unknown as StationNetwork,
    headOffice: {
      claim(expected) {
        claimed.push(expected);
        return Promise.resolve({ kind: 'named', epoch: 2, host: 'pc-2' });
      },
      register: () => Promise.resolve({ kind: 'unreachable' }),
    },
    own: 'pc-2',
  });
  return { ...kept, sent, claimed };
}

describe('[BR4][BR5] a PC whose program is too old for its journal', () => {
  test('never asks head office to be named, whatever it is', async () => {
    const old = bench({ isUnread: true, standby: 'pc-2' });
    expect(await old.headOffice.claim(1)).toEqual({ kind: 'unreachable' });
    expect(old.claimed).toEqual([]);
    const updated = bench({ isUnread: false, standby: 'pc-2' });
    expect(await updated.headOffice.claim(1)).toMatchObject({ kind: 'named', host: 'pc-2' });
  });

  test.each([
    ['as the standby it says what it has, until the host has let it go', true, 'pc-2', true],
    ['else it does not: the host would make it the standby', true, null, false],
    ['with another standby too', true, 'pc-3', false],
    ['once it is updated it says so again', false, null, true],
  ])('%s', (_, isUnread, standby, isSaid) => {
    const pc = bench({ isUnread, standby });
    pc.network.send('pc-1', { kind: 'stored', ...TERM, place: PLACE });
    pc.network.send('pc-1', { kind: 'follow', ...TERM, tip: PLACE, ends: [] });
    expect(pc.sent).toEqual(isSaid ? ['stored', 'follow'] : ['follow']);
  });
});
