import { AutoComplete, Input, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord } from './parts.ts';
import type { Shape } from './shape.ts';
import { minuteToText, textToMinute } from './times.ts';

export interface InputProps<Value = unknown> {
  readonly id: string;
  readonly value: Value;
  readonly onChange: (value: unknown) => void;
}

/** From here on a text gets more than one line. */
const LONG_TEXT = 100;

/** Chinese, and English beside it. */
export function LocalTextInput({ id, value, most, onChange }: InputProps & { readonly most: number | null }) {
  const { t } = useTranslation('setup');
  const text = isRecord(value) ? value : {};
  const input = (language: 'zh' | 'en', inputId: string | undefined) => (
    <Input.TextArea
      {...(inputId === undefined ? { 'aria-label': t('form.english') } : { id: inputId })}
      autoSize={{ minRows: 1, maxRows: 5 }}
      {...(most === null ? {} : { maxLength: most })}
      lang={language === 'zh' ? 'zh-CN' : 'en'}
      placeholder={t(language === 'zh' ? 'form.chinese' : 'form.english')}
      value={textOf(text[language])}
      onChange={event => onChange({ ...text, [language]: event.target.value })}
    />
  );
  return (
    <div className="local-text">
      {input('zh', id)}
      {input('en', undefined)}
    </div>
  );
}

/** A text to type or to choose. */
export function SuggestedInput(
  props: InputProps & { readonly offers: readonly string[]; readonly most: number | null },
) {
  const { id, offers, most, value, onChange } = props;
  return (
    <AutoComplete
      id={id}
      options={offers.map(offer => ({ value: offer }))}
      value={textOf(value)}
      onChange={text => onChange(most === null ? text : text.slice(0, most))}
    />
  );
}

export function TextInput(props: InputProps & { readonly shape: Extract<Shape, { kind: 'text' }> }) {
  const { id, shape, value, onChange } = props;
  const most = shape.most === null ? {} : { maxLength: shape.most };
  if (shape.format === 'date')
    return (
      <Input id={id} type="date" value={textOf(value)} onChange={event => onChange(event.target.value)} />
    );
  if ((shape.most ?? 0) > LONG_TEXT)
    return (
      <Input.TextArea
        id={id}
        {...most}
        autoSize={{ minRows: 1, maxRows: 5 }}
        value={textOf(value)}
        onChange={event => onChange(event.target.value.replaceAll('\n', ''))}
      />
    );
  return (
    <Input
      id={id}
      {...most}
      className={shape.format === 'id' ? 'input-id' : ''}
      value={textOf(value)}
      onChange={event => onChange(event.target.value)}
    />
  );
}

/** A number as people write it: a time of day as `09:00`, a duration in seconds. */
export function NumberInput(props: InputProps & { readonly shape: Extract<Shape, { kind: 'number' }> }) {
  const { id, shape, value, onChange } = props;
  const { t } = useTranslation('setup');
  if (shape.unit === 'time-of-day')
    return (
      <Input
        id={id}
        className="input-time"
        inputMode="numeric"
        placeholder="09:00"
        defaultValue={minuteToText(value)}
        key={minuteToText(value)}
        onBlur={event => {
          const minute = textToMinute(event.target.value);
          if (minute !== undefined) onChange(minute);
        }}
      />
    );
  const factor = shape.unit === 'duration' ? 1000 : 1;
  const suffix =
    shape.unit === 'duration' ? t('form.seconds') : shape.unit === 'minutes' ? t('form.minutes') : '';
  return (
    <InputNumber
      id={id}
      className="input-number"
      {...(shape.least === null ? {} : { min: shape.least / factor })}
      {...(shape.most === null ? {} : { max: shape.most / factor })}
      value={typeof value === 'number' ? value / factor : null}
      suffix={suffix}
      onChange={number => onChange(number === null ? null : Math.round(number * factor))}
    />
  );
}

/** What no form fits: JSON, taken over when it can be read. */
export function JsonInput({ id, value, onChange }: InputProps) {
  const shown = JSON.stringify(value ?? null, null, 2);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  return (
    <Input.TextArea
      id={id}
      className="input-json"
      autoSize={{ minRows: 2, maxRows: 16 }}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => {
        try {
          onChange(JSON.parse(text));
        } catch {
          setText(shown);
        }
      }}
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
