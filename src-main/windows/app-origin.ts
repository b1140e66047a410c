import { pageAddress } from '#main/window-pages.ts';

/**
 * The origin of every page in our windows. Requests to it are answered inside the program and never reach the
 * network. It is an ordinary https name, so that pages are a secure context with all web APIs whenever the program
 * gets to answer them; the top-level name `.invalid` is reserved (RFC 6761) and can never be anybody else's.
 */
export const APP_ORIGIN = 'https://app.foyer.invalid';

/** Whether a window may offer this as a file to keep: only what one of our own pages made in memory. */
export function maySave(address: string): boolean {
  return address.startsWith('blob:') && mayLoad(address);
}

/** Whether a page may use what it asks for: only the set-up window, only a microphone, to record a voice pack. */
export function mayRecord(address: string, media: readonly string[]): boolean {
  if (!URL.canParse(address) || media.length === 0 || media.some(kind => kind !== 'audio')) return false;
  const { origin, pathname } = new URL(address);
  return origin === APP_ORIGIN && pathname === pageAddress('setup');
}

/**
 * Whether a page may be told that it may use media: besides `mayRecord` the speaker window, for the names of the
 * loudspeakers come with the microphone's permission. A recording it asks for is refused all the same.
 */
export function maySeeOutputs(address: string, media: readonly string[]): boolean {
  if (mayRecord(address, media)) return true;
  if (!URL.canParse(address) || media.some(kind => kind !== 'audio')) return false;
  const { origin, pathname } = new URL(address);
  return origin === APP_ORIGIN && pathname === pageAddress('voice');
}

/** Whether one of our windows may load this address: our own pages and what they make in memory. */
export function mayLoad(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, origin } = new URL(address);
  if (protocol === 'data:' || protocol === 'devtools:') return true;
  // The origin of a blob address is that of the page that made it.
  return (protocol === 'https:' || protocol === 'blob:') && origin === APP_ORIGIN;
}
