import type { TextTree } from '#renderer/kit/i18n.ts';

/** All keys of a language file as paths, `errors.P101`; an empty text is no key. Sorted. */
export function textKeys(tree: TextTree): string[] {
  return leaves(tree)
    .filter(([, text]) => text.trim() !== '')
    .map(([path]) => path)
    .sort();
}

/** Which `{{facts}}` each sentence fills in, by path; sentences without any are left out. */
export function textPlaceholders(tree: TextTree): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [path, text] of leaves(tree)) {
    const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1] ?? '').sort();
    if (names.length > 0) found[path] = names;
  }
  return found;
}

function leaves(tree: TextTree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? ([[prefix + key, value]] as [string, string][])
      : leaves(value, `${prefix}${key}.`),
  );
}
