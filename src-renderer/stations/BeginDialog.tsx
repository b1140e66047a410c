import { Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { readPort, USUAL_PORT } from './host-address.ts';
import { type PcRole, RolesField } from './RolesField.tsx';
import { SeveralField } from './SeveralField.tsx';
import { SubmitKeys } from './SubmitKeys.tsx';

/** BR1: this PC becomes the first of several, and starts again. */
export function BeginDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const [name, setName] = useState('');
  const [port, setPort] = useState(String(USUAL_PORT));
  const [roles, setRoles] = useState<readonly PcRole[]>([]);
  const [isDone, setDone] = useState(false);
  const readable = readPort(port);
  const isPortTaken = lastError?.code === 'C906';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (readable === null || busyType !== null || isDone) return;
    const done = await run('begin-several', {
      ...{ name: name.trim(), port: readable, roles: [...roles] },
    });
    if (done.ok) setDone(true);
  };
  return (
    <Modal open width={620} footer={null} onCancel={onClose} title={t('several.begin.heading')}>
      <form className="stations-dialog" onSubmit={event => void submit(event)}>
        <p>{t('several.begin.means')}</p>
        <SeveralField label={t('several.name')} hint={t('several.nameHint')} problem={null}>
          {ids => (
            <Input
              {...ids}
              autoFocus
              maxLength={40}
              disabled={isDone}
              value={name}
              onChange={event => setName(event.target.value)}
            />
          )}
        </SeveralField>
        <SeveralField
          label={t('several.port')}
          hint={t('several.begin.portHint')}
          problem={
            readable === null ? t('several.addressWrong') : isPortTaken ? t('several.portTaken') : null
          }
        >
          {ids => (
            <Input
              {...ids}
              className="several-port"
              inputMode="numeric"
              maxLength={5}
              disabled={isDone}
              value={port}
              onChange={event => setPort(event.target.value)}
            />
          )}
        </SeveralField>
        <RolesField value={roles} isDisabled={isDone} onChange={setRoles} />
        <div className="several-done" role="status">
          {isDone && (
            <>
              <Sign meaning="well" /> {t('several.begin.done')}
            </>
          )}
          <span className="several-refused" role="alert">
            {lastError && !isPortTaken ? errorText(lastError) : ''}
          </span>
        </div>
        <SubmitKeys
          label={t('several.begin.do')}
          isReady={readable !== null}
          isBusy={busyType !== null}
          isDone={isDone}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
