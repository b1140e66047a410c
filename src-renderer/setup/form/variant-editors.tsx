import { Switch } from 'antd';
import { useEditing } from '../setup-context.ts';
import { useWords } from '../words.ts';
import { ChoiceInput } from './choice-inputs.tsx';
import { emptyValue, emptyVariant } from './empty-value.ts';
import { FieldsEditor, ShapeEditor } from './FieldEditor.tsx';
import { isRecord, type Path } from './parts.ts';
import type { Shape } from './shape.ts';

/** A thing of one of several kinds: its kind, then the fields of that kind. */
export function VariantEditor(props: {
  readonly id: string;
  readonly shape: Extract<Shape, { kind: 'variants' }>;
  readonly value: unknown;
  readonly path: Path;
}) {
  const { id, shape, value, path } = props;
  const { change } = useEditing();
  const kind = isRecord(value) ? value[shape.tag] : undefined;
  const variant = shape.variants.find(one => one.value === kind);
  return (
    <div className="variant">
      <ChoiceInput
        id={id}
        options={shape.variants.map(one => one.value)}
        value={kind}
        onChange={chosen => change(path, emptyVariant(shape, String(chosen)))}
      />
      {variant && variant.fields.length > 0 && (
        <FieldsEditor fields={variant.fields} value={value} path={path} />
      )}
    </div>
  );
}

/** A value that may be absent: a switch, and the value when it is on. */
export function NullableEditor(props: {
  readonly id: string;
  readonly name: string;
  readonly shape: Extract<Shape, { kind: 'nullable' }>;
  readonly value: unknown;
  readonly path: Path;
}) {
  const { id, name, shape, value, path } = props;
  const { change } = useEditing();
  const { fieldName } = useWords();
  const isOn = value !== null && value !== undefined;
  return (
    <div className="nullable">
      <Switch
        id={id}
        checked={isOn}
        onChange={checked => change(path, checked ? emptyValue(shape.inner) : null)}
      />
      {isOn && (
        <>
          <label className="for-listeners" htmlFor={`${id}-value`}>
            {fieldName(name, String(path[0]))}
          </label>
          <ShapeEditor id={`${id}-value`} name={name} shape={shape.inner} value={value} path={path} />
        </>
      )}
    </div>
  );
}
