import { Switch } from 'antd';
import { useId } from 'react';
import { problemsAt, useEditing } from '../setup-context.ts';
import { useWords } from '../words.ts';
import { ChoiceInput, ChoicesInput, ReferenceInput } from './choice-inputs.tsx';
import { ListEditor } from './ListEditor.tsx';
import { isRecord, type Path } from './parts.ts';
import type { Field, Shape } from './shape.ts';
import { JsonInput, LocalTextInput, NumberInput, SuggestedInput, TextInput } from './text-inputs.tsx';
import { NullableEditor, VariantEditor } from './variant-editors.tsx';

/** Shapes whose control is one line and can share it with a neighbour. */
const SMALL: readonly Shape['kind'][] = [
  'text',
  'suggested',
  'number',
  'boolean',
  'choice',
  'reference',
  'nullable',
];

/** Shapes with one control for all that is in them, and so with one place to say what is wrong in it. */
const WHOLE: readonly Shape['kind'][] = ['local-text', 'choices', 'references', 'json'];

/** The fields of an object, small ones side by side. */
export function FieldsEditor(props: {
  readonly fields: readonly Field[];
  readonly value: unknown;
  readonly path: Path;
}) {
  const record = isRecord(props.value) ? props.value : {};
  return (
    <div className="fields">
      {props.fields.map(({ name, shape, fallback }) => (
        <FieldEditor
          key={name}
          name={name}
          shape={shape}
          value={Object.hasOwn(record, name) ? record[name] : fallback}
          path={[...props.path, name]}
        />
      ))}
    </div>
  );
}

interface FieldEditorProps {
  readonly name: string;
  readonly shape: Shape;
  readonly value: unknown;
  readonly path: Path;
}

/** One field with its name and what is wrong with it. */
export function FieldEditor({ name, shape, value, path }: FieldEditorProps) {
  const { problems } = useEditing();
  const { fieldName, problemText } = useWords();
  const id = useId();
  const [problem] = problemsAt(problems, path, WHOLE.includes(shape.kind) ? 'inside' : 'itself');
  const isSmall =
    SMALL.includes(shape.kind) && !(shape.kind === 'nullable' && !SMALL.includes(shape.inner.kind));
  return (
    <div className={isSmall ? 'field field-small' : 'field'} data-wrong={problem !== undefined}>
      <label htmlFor={id}>{fieldName(name, String(path[0]))}</label>
      <ShapeEditor id={id} name={name} shape={shape} value={value} path={path} />
      <div className="field-problem">{problem && problemText(problem)}</div>
    </div>
  );
}

/** The control for a shape. `id` is the control's, for its label. */
export function ShapeEditor(props: FieldEditorProps & { readonly id: string }) {
  const { id, name, shape, value, path } = props;
  const { change } = useEditing();
  const set = (part: unknown) => change(path, part);
  switch (shape.kind) {
    case 'local-text':
      return <LocalTextInput id={id} most={shape.most} value={value} onChange={set} />;
    case 'text':
      return <TextInput id={id} shape={shape} value={value} onChange={set} />;
    case 'suggested':
      return <SuggestedInput id={id} offers={shape.offers} most={shape.most} value={value} onChange={set} />;
    case 'number':
      return <NumberInput id={id} shape={shape} value={value} onChange={set} />;
    case 'boolean':
      return <Switch id={id} checked={value === true} onChange={set} />;
    case 'choice':
      return <ChoiceInput id={id} options={shape.options} value={value} onChange={set} />;
    case 'choices':
      return <ChoicesInput id={id} options={shape.options} value={value} onChange={set} />;
    case 'reference':
      return <ReferenceInput id={id} base={shape.base} isMultiple={false} value={value} onChange={set} />;
    case 'references':
      return <ReferenceInput id={id} base={shape.base} isMultiple value={value} onChange={set} />;
    case 'object':
      return <FieldsEditor fields={shape.fields} value={value} path={path} />;
    case 'variants':
      return <VariantEditor id={id} shape={shape} value={value} path={path} />;
    case 'list':
      return <ListEditor id={id} name={name} shape={shape} value={value} path={path} />;
    case 'nullable':
      return <NullableEditor id={id} name={name} shape={shape} value={value} path={path} />;
    case 'json':
      return <JsonInput id={id} value={value} onChange={set} />;
  }
}
