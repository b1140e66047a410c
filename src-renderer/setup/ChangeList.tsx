import { useTranslation } from 'react-i18next';
import { type Change, keyOf } from './changes.ts';
import { isRecord, type Path } from './form/parts.ts';
import { useWords } from './words.ts';

const VALUE_SHOWN = 160;

/** What differs between two documents, in words. */
export function ChangeList(props: {
  readonly changes: readonly Change[];
  readonly before: unknown;
  readonly after: unknown;
}) {
  const { t } = useTranslation('setup');
  const { fieldName, choiceName, itemName } = useWords();
  /** Items are named by their id in a change; people know them by name. */
  const nameOf = (path: Path) => {
    let parts: readonly unknown[] = [props.after, props.before];
    return path
      .map(key => {
        const lists = parts.filter(part => Array.isArray(part));
        if (lists.length > 0) {
          parts = lists.flatMap(list => list.find((item: unknown) => keyOf(item) === key) ?? []);
          return itemName(parts[0]) ?? String(key);
        }
        parts = parts.flatMap(part => (isRecord(part) && Object.hasOwn(part, key) ? [part[key]] : []));
        return fieldName(String(key), String(path[0]));
      })
      .join(' › ');
  };
  const valueText = (value: unknown): string => {
    if (value === undefined || value === null) return t('changes.nothing');
    if (typeof value === 'boolean') return t(value ? 'changes.yes' : 'changes.no');
    if (typeof value === 'string') return choiceName(value);
    if (isRecord(value) && typeof value.zh === 'string')
      return `${value.zh} / ${String(value.en)}`.slice(0, VALUE_SHOWN);
    if (Array.isArray(value)) return value.map(valueText).join('、').slice(0, VALUE_SHOWN);
    return (itemName(value) ?? JSON.stringify(value)).slice(0, VALUE_SHOWN);
  };
  if (props.changes.length === 0) return <p className="box-empty">{t('changes.none')}</p>;
  return (
    <ul className="change-list">
      {props.changes.map(({ path, kind, before, after }) => (
        <li key={`${kind} ${path.join('.')}`} data-kind={kind}>
          <em>{t(`changes.${kind}`)}</em>
          <strong>{nameOf(path)}</strong>
          {kind === 'changed' && (
            <span>
              <del>{valueText(before)}</del> → <ins>{valueText(after)}</ins>
            </span>
          )}
          {kind === 'moved' && <span>{valueText(after)}</span>}
        </li>
      ))}
    </ul>
  );
}
