import { uploadableSeq } from './host-step.ts';
import type { Station } from './station.ts';

/** How far screens and devices may follow a log; `alone`: also what is answered although the pair is broken (BR4). */
export interface SafePlace {
  readonly seq: number;
  readonly alone: boolean;
}

/**
 * How far the screens and devices of a station may follow its log. What a replica has beyond the place where it agrees
 * with its present host may be set aside (BR6): of that nothing becomes safe by a word that is about the host's log.
 * @param heard what the host of the present epoch has said about its own log
 * @param told how far this station's screens were told to go before
 */
export function safePlace(state: Station, heard: SafePlace, told: number): SafePlace {
  const { part, tip } = state;
  if (part.kind === 'host')
    return { seq: uploadableSeq(state), alone: part.pair === 'lost' || part.pair === 'undecided' };
  if (!part.agreed) return { seq: Math.max(0, Math.min(told, tip.seq)), alone: false };
  return { seq: Math.min(heard.seq, tip.seq), alone: heard.alone };
}
