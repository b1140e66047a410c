/**
 * Whether PostgreSQL can keep a text as it is: it refuses the character U+0000, and half of a surrogate pair has
 * no UTF-8 form.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}
