import { Select } from 'antd';
import { keyOf } from '../changes.ts';
import { useEditing } from '../setup-context.ts';
import { useWords } from '../words.ts';
import { referenceList } from './parts.ts';
import type { Choice } from './shape.ts';
import type { InputProps } from './text-inputs.tsx';

export function ChoiceInput({
  id,
  value,
  options,
  onChange,
}: InputProps & { readonly options: readonly Choice[] }) {
  const { choiceName } = useWords();
  return (
    <Select
      id={id}
      className="input-choice"
      value={value as Choice}
      onChange={onChange}
      options={options.map(option => ({ value: option, label: choiceName(option) }))}
    />
  );
}

export function ChoicesInput({
  id,
  value,
  options,
  onChange,
}: InputProps & { readonly options: readonly Choice[] }) {
  const { choiceName } = useWords();
  return (
    <Select
      id={id}
      mode="multiple"
      className="input-choice"
      value={Array.isArray(value) ? (value as Choice[]) : []}
      onChange={(chosen: Choice[]) => onChange(options.filter(option => chosen.includes(option)))}
      options={options.map(option => ({ value: option, label: choiceName(option) }))}
    />
  );
}

/** One or several things of another list of the document, chosen by name. */
export function ReferenceInput(props: InputProps & { readonly base: string; readonly isMultiple: boolean }) {
  const { id, value, base, isMultiple, onChange } = props;
  const { document } = useEditing();
  const { itemName } = useWords();
  const options = referenceList(document, base).flatMap(item => {
    const key = keyOf(item);
    return key === undefined ? [] : [{ value: key, label: itemName(item) ?? key }];
  });
  const common = { id, className: 'input-choice', options, showSearch: { optionFilterProp: 'label' } };
  return isMultiple ? (
    <Select
      {...common}
      mode="multiple"
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={onChange}
    />
  ) : (
    <Select {...common} value={value === '' ? null : (value as string | null)} onChange={onChange} />
  );
}
