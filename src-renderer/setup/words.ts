import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentProblem } from '#core/documents/check-document.ts';
import { useLocalText } from '../kit/i18n.ts';
import { keyOf } from './changes.ts';
import { isRecord, type Path, partAt } from './form/parts.ts';

/** Names of fields, choices and items in the language on screen. A field nobody has named yet shows its own name. */
export function useWords() {
  const { t } = useTranslation('setup');
  const local = useLocalText();

  /** `section` is the part of the document it is in: a number is another thing for a counter than for staff. */
  const fieldName = useCallback(
    (name: string, section = '') =>
      t([`fields.${section}_${name}`, `fields.${name}`], { defaultValue: name }),
    [t],
  );
  const choiceName = useCallback(
    (choice: string | number) => t(`choices.${choice}`, { defaultValue: String(choice) }),
    [t],
  );
  /** A list's item as people know it: its name, else its number or id, else undefined. */
  const itemName = useCallback(
    (item: unknown): string | undefined => {
      if (!isRecord(item)) return undefined;
      for (const text of [item.name, item.title, item.text, item])
        if (isRecord(text) && typeof text.zh === 'string' && typeof text.en === 'string') {
          const words = local({ zh: text.zh, en: text.en });
          if (words !== '') return words;
        }
      if (typeof item.kind === 'string') return choiceName(item.kind);
      return keyOf(item) || undefined;
    },
    [local, choiceName],
  );
  /** `队列 › 个人现金 › 号码前缀`. Items are named as they are in `document`. */
  const pathName = useCallback(
    (path: Path, document: unknown) =>
      path
        .map((key, index) => {
          if (typeof key === 'number' || /^\d+$/.test(key)) {
            const item = partAt(document, [...path.slice(0, index).map(numberKey), Number(key)]);
            return itemName(item) ?? t('form.position', { position: Number(key) + 1 });
          }
          return fieldName(key, String(path[0]));
        })
        .join(' › '),
    [fieldName, itemName, t],
  );
  const problemText = useCallback(
    ({ problem, detail }: DocumentProblem) => t(`problems.${problem}`, { detail }),
    [t],
  );
  return { fieldName, choiceName, itemName, pathName, problemText };
}

function numberKey(key: string | number): string | number {
  return typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
}
