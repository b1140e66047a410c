import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemsAt, useEditing } from '../setup-context.ts';
import { useWords } from '../words.ts';
import { newItem } from './empty-value.ts';
import { ShapeEditor } from './FieldEditor.tsx';
import { moved, type Path } from './parts.ts';
import type { Shape } from './shape.ts';

/** A list inside an item: its order matters (gates, levels, documents), so every line can move. */
export function ListEditor(props: {
  readonly id: string;
  readonly name: string;
  readonly shape: Extract<Shape, { kind: 'list' }>;
  readonly value: unknown;
  readonly path: Path;
}) {
  const { id, name, shape, path } = props;
  const { change, problems } = useEditing();
  const { t } = useTranslation('setup');
  const { problemText } = useWords();
  const items: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  const isFull = shape.most !== null && items.length >= shape.most;
  return (
    <div className="list-editor">
      <ol>
        {items.map((item, index) => {
          const itemPath = [...path, index];
          const [problem] = problemsAt(problems, itemPath, 'itself');
          return (
            <li key={index}>
              <span className="list-editor-place foyer-number">{index + 1}</span>
              <div className="list-editor-item">
                <ShapeEditor
                  id={`${id}-${index}`}
                  name={name}
                  shape={shape.item}
                  value={item}
                  path={itemPath}
                />
                {problem && <div className="field-problem">{problemText(problem)}</div>}
              </div>
              <div className="list-editor-keys">
                <Button
                  aria-label={t('form.up')}
                  title={t('form.up')}
                  disabled={index === 0}
                  onClick={() => change(path, moved(items, index, index - 1))}
                >
                  ↑
                </Button>
                <Button
                  aria-label={t('form.down')}
                  title={t('form.down')}
                  disabled={index === items.length - 1}
                  onClick={() => change(path, moved(items, index, index + 1))}
                >
                  ↓
                </Button>
                <Button
                  aria-label={t('form.remove')}
                  title={t('form.remove')}
                  disabled={items.length <= shape.least}
                  onClick={() =>
                    change(
                      path,
                      items.filter((_, other) => other !== index),
                    )
                  }
                >
                  ✕
                </Button>
              </div>
            </li>
          );
        })}
      </ol>
      <Button
        id={id}
        disabled={isFull}
        onClick={() => change(path, [...items, newItem(shape.item, items, name)])}
      >
        + {t('form.add')}
      </Button>
    </div>
  );
}
