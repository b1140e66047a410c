import { freeParts } from '../queue/number-parts.ts';
import { accept, type Handler, NOTHING_TO_DO } from './decision.ts';

/**
 * BR5: a PC with a printer gets numbers of its own, once and for good. While an earlier host is still to be heard
 * nobody gets any: it may have given the same ones.
 */
const giveNumberBlock: Handler<'give-number-block'> = ({ document, stations }, { args }) => {
  const { roles, ownNumbers } = stations;
  if (roles.unaccounted.length > 0 || ownNumbers.has(args.toStation)) return NOTHING_TO_DO;
  const [part] = freeParts(document.numbering, ownNumbers.values());
  if (part === undefined) return NOTHING_TO_DO;
  const { first, last } = part;
  return accept([{ type: 'number-block-given', data: { toStation: args.toStation, first, last } }]);
};

export const decideStations = { 'give-number-block': giveNumberBlock };
