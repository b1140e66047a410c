/** Where the teller's window on the same PC keeps its counter. */
export const TELLERS_COUNTER = 'foyer.counter';

const ID = /^[\w.:-]{1,64}$/;

/**
 * Which counter a screen belongs to: the one its address names (`?counter=…`), else that of the teller's window on
 * the same PC; null: nobody knows yet.
 */
export function counterOfScreen(addressQuery: string, tellersCounter: string | null): string | null {
  const named = new URLSearchParams(addressQuery).get('counter') ?? tellersCounter;
  return named !== null && ID.test(named) ? named : null;
}

/** The address with the counter in it, all else kept. */
export function withCounter(addressQuery: string, counterId: string): string {
  const query = new URLSearchParams(addressQuery);
  query.set('counter', counterId);
  return `?${query}`;
}
