import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer } from '#core/replication/station.ts';
import { UPLOAD_PROTOCOL_VERSION } from '#core/wire/upload.ts';
import type { HeadOfficeCalls } from './head-office-calls.ts';

/** Asks head office who decides (BR4). Never rejects. */
export interface ClaimClient {
  /** To be named for the epoch after `expected`; asking again for the same is harmless. */
  claim(expected: number): Promise<ClaimAnswer>;
  /** Tells it of an epoch a person decided for this station. */
  register(epoch: number): Promise<ClaimAnswer>;
  /** Breaks off what is under way; it is answered as `unreachable`, and so is everything asked later. */
  stop(): void;
}

const UNREACHABLE: ClaimAnswer = { kind: 'unreachable' };

/**
 * The claims of one station. Whatever is not head office's clear word counts as none: out of reach, late, busy, a
 * failure of its own, or a refusal (a wrong key, an unknown branch). Then a person decides.
 */
export function createClaimClient(
  calls: Pick<HeadOfficeCalls, 'claim' | 'register'>,
  station: StationId,
): ClaimClient {
  const stopped = new AbortController();
  const protocol = UPLOAD_PROTOCOL_VERSION;
  const answerOf = async (asked: ReturnType<HeadOfficeCalls['claim']>): Promise<ClaimAnswer> => {
    const result = await asked;
    if (!result.ok || stopped.signal.aborted) return UNREACHABLE;
    const { epoch, station: host } = result.answer;
    return { kind: 'named', epoch, host };
  };
  return {
    claim: expected => answerOf(calls.claim({ protocol, expected, station }, stopped.signal)),
    register: epoch => answerOf(calls.register({ protocol, epoch, station }, stopped.signal)),
    stop: () => stopped.abort(),
  };
}
