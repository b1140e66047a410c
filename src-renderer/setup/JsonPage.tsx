import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DOCUMENT_BYTES } from '#core/wire/commands-documents.ts';
import type { DraftDesk } from './use-draft.ts';

/** The whole document as JSON, for what is quicker to write than to fill in. */
export function JsonPage({ desk }: { readonly desk: DraftDesk }) {
  const { t } = useTranslation('setup');
  const shown = JSON.stringify(desk.document, null, 2);
  const [text, setText] = useState(shown);
  const [trouble, setTrouble] = useState('');
  useEffect(() => setText(shown), [shown]);

  const take = () => {
    try {
      desk.replace(JSON.parse(text));
      setTrouble('');
    } catch (error) {
      setTrouble(t('json.unreadable', { reason: error instanceof Error ? error.message : '' }));
    }
  };
  return (
    <section className="box setup-form setup-json">
      <h2>{t('nav.json')}</h2>
      <Input.TextArea
        aria-label={t('nav.json')}
        className="input-json"
        spellCheck={false}
        maxLength={MAX_DOCUMENT_BYTES}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <div className="dialog-buttons">
        <Button type="primary" disabled={text === shown} onClick={take}>
          {t('json.take')}
        </Button>
        <Button disabled={text === shown} onClick={() => setText(shown)}>
          {t('json.reset')}
        </Button>
        <span role="alert" className="apply-refusal">
          {trouble}
        </span>
      </div>
    </section>
  );
}
