import { FieldsEditor, ShapeEditor } from './form/FieldEditor.tsx';
import { partAt } from './form/parts.ts';
import type { Field } from './form/shape.ts';
import { useEditing } from './setup-context.ts';
import { useWords } from './words.ts';

/** A part of the document that is one thing: the branch itself, limits, texts, the calendar. */
export function ObjectSection({ field }: { readonly field: Field }) {
  const { document } = useEditing();
  const { fieldName } = useWords();
  const value = partAt(document, [field.name]) ?? field.fallback;
  return (
    <section className="box setup-form">
      <h2>{fieldName(field.name)}</h2>
      <div className="box-scroll">
        {field.shape.kind === 'object' ? (
          <FieldsEditor fields={field.shape.fields} value={value} path={[field.name]} />
        ) : (
          <ShapeEditor
            id={field.name}
            name={field.name}
            shape={field.shape}
            value={value}
            path={[field.name]}
          />
        )}
      </div>
    </section>
  );
}
