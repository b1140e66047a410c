import { z } from 'zod';

/** Who is signed in at this window, as kept over a reload of the page (never over its closing). */
const StoredSession = z.strictObject({
  session: z.string().min(1),
  staffNumber: z.string().min(1),
  rights: z.array(z.string()),
});
export type StoredSession = z.infer<typeof StoredSession>;

const KEY = 'foyer.session';

/** What `storage` holds; null when it holds none or something unreadable. */
export function readStoredSession(storage: Pick<Storage, 'getItem'>): StoredSession | null {
  try {
    const parsed = StoredSession.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps the session, or forgets it when null. */
export function writeStoredSession(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  session: StoredSession | null,
): void {
  if (session) storage.setItem(KEY, JSON.stringify(session));
  else storage.removeItem(KEY);
}
