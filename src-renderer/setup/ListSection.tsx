import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sign } from '../kit/signs.tsx';
import { type Change, keyOf } from './changes.ts';
import { copyItem, newItem } from './form/empty-value.ts';
import { FieldsEditor, ShapeEditor } from './form/FieldEditor.tsx';
import { isRecord, listAt, moved } from './form/parts.ts';
import type { Shape } from './form/shape.ts';
import { PasswordForm } from './PasswordForm.tsx';
import type { SetupViewValue } from './SetupScreen.tsx';
import { problemsAt, useEditing } from './setup-context.ts';
import { useWords } from './words.ts';

/** A part of the document that is a list: its items at the left, the chosen one's form at the right. */
export function ListSection(props: {
  readonly name: string;
  readonly shape: Extract<Shape, { kind: 'list' }>;
  readonly view: SetupViewValue;
  readonly changes: readonly Change[];
}) {
  const { name, shape, view, changes } = props;
  const { t } = useTranslation('setup');
  const { fieldName, itemName, problemText } = useWords();
  const { document, problems, change } = useEditing();
  const [place, setPlace] = useState(0);
  const [wanted, setWanted] = useState('');
  const items = listAt(document, [name]);
  const chosen = Math.min(place, items.length - 1);
  const item = items[chosen];
  const isFull = shape.most !== null && items.length >= shape.most;

  const put = (next: readonly unknown[], nextPlace: number) => {
    change([name], next);
    setPlace(nextPlace);
  };
  const labelOf = (one: unknown, index: number) =>
    itemName(one) ?? t('form.position', { position: index + 1 });
  const matches = (one: unknown, index: number) =>
    wanted === '' ||
    `${labelOf(one, index)} ${keyOf(one) ?? ''}`.toLowerCase().includes(wanted.toLowerCase());
  const [listProblem] = problemsAt(problems, [name], 'itself');
  const [itemProblem] = problemsAt(problems, [name, chosen], 'itself');
  return (
    <>
      <section className="box setup-items">
        <h2>
          {fieldName(name)}
          <span className="box-count foyer-number">{items.length}</span>
        </h2>
        <div className="setup-items-keys">
          <Input
            allowClear
            aria-label={t('list.find')}
            placeholder={t('list.find')}
            value={wanted}
            onChange={event => setWanted(event.target.value)}
          />
          <Button
            disabled={isFull}
            onClick={() => put([...items, newItem(shape.item, items, name)], items.length)}
          >
            + {t('form.add')}
          </Button>
        </div>
        <div className="field-problem">{listProblem && problemText(listProblem)}</div>
        <ul className="box-scroll">
          {items.map((one, index) =>
            matches(one, index) ? (
              <li key={index}>
                <button
                  type="button"
                  aria-current={index === chosen ? 'true' : undefined}
                  data-changed={changes.some(({ path }) => path[0] === name && path[1] === keyOf(one))}
                  onClick={() => setPlace(index)}
                >
                  <span>{labelOf(one, index)}</span>
                  {problemsAt(problems, [name, index], 'inside').length > 0 && <Sign meaning="broken" />}
                  <small>{itemHint(one)}</small>
                </button>
              </li>
            ) : null,
          )}
        </ul>
      </section>
      <section className="box setup-form">
        {item === undefined ? (
          <p className="box-empty">{t('list.empty')}</p>
        ) : (
          <>
            <h2>
              {labelOf(item, chosen)}
              <span className="setup-form-keys">
                <Button
                  disabled={chosen === 0}
                  onClick={() => put(moved(items, chosen, chosen - 1), chosen - 1)}
                >
                  ↑ {t('form.up')}
                </Button>
                <Button
                  disabled={chosen === items.length - 1}
                  onClick={() => put(moved(items, chosen, chosen + 1), chosen + 1)}
                >
                  ↓ {t('form.down')}
                </Button>
                <Button
                  disabled={isFull}
                  onClick={() => put([...items, copyItem(item, items, name)], items.length)}
                >
                  {t('form.copy')}
                </Button>
                <Button
                  danger
                  disabled={items.length <= shape.least}
                  onClick={() =>
                    put(
                      items.filter((_, index) => index !== chosen),
                      Math.max(0, chosen - 1),
                    )
                  }
                >
                  {t('form.remove')}
                </Button>
              </span>
            </h2>
            <div className="field-problem">{itemProblem && problemText(itemProblem)}</div>
            <div className="box-scroll" key={chosen}>
              {shape.item.kind === 'object' ? (
                <FieldsEditor fields={shape.item.fields} value={item} path={[name, chosen]} />
              ) : (
                <ShapeEditor id={name} name={name} shape={shape.item} value={item} path={[name, chosen]} />
              )}
              {name === 'staff' && (
                <PasswordForm key={keyOf(item) ?? ''} staffNumber={keyOf(item) ?? ''} view={view} />
              )}
            </div>
          </>
        )}
      </section>
    </>
  );
}

/** The short thing beside the name: a letter, a number, an id. */
function itemHint(item: unknown): string {
  if (!isRecord(item)) return '';
  for (const part of [item.prefix, item.number, item.id]) {
    if (typeof part === 'string') return part;
    if (typeof part === 'number') return String(part);
  }
  return '';
}
