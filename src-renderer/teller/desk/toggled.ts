/** The list with `id` taken out if it is in, put in if it is not. */
export function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id];
}
