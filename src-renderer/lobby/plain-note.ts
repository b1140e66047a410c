/** Longest note the host takes. */
export const NOTE_LIMIT = 500;

/** One line without control characters, as the host takes it: notes travel to lists and reports. */
export function plainNote(note: string): string {
  return note.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** `before` with one more phrase; nothing is added twice or cut in the middle. */
export function withPhrase(before: string, phrase: string, between: string): string {
  if (before.includes(phrase)) return before;
  const added = before === '' ? phrase : `${before}${between}${phrase}`;
  return added.length > NOTE_LIMIT ? before : added;
}
