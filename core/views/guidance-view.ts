import type { ConfiguredState } from '../branch/decision.ts';
import type { View } from '../wire/views.ts';
import { branchHead } from './shared.ts';

/** LB4: what to fill and to bring for each business, as the lobby manager shows and prints it. */
export function guidanceView({ document }: ConfiguredState): View<'guidance'> {
  return {
    ...branchHead(document),
    hotline: document.texts.hotline,
    businesses: document.businesses.map(({ id, name, groupId, documents, forms }) => ({
      id,
      name,
      group: document.groups.find(group => group.id === groupId)?.name ?? { zh: groupId, en: groupId },
      documents,
      forms,
    })),
  };
}
