import { Checkbox, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Id } from '#core/wire/fields.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import { FoundHosts } from './FoundHosts.tsx';
import { readHostAddress, readPort, USUAL_PORT } from './host-address.ts';
import { fieldOfRefusal, type JoinField, OWN_WORDS } from './join-problems.ts';
import { type PcRole, RolesField } from './RolesField.tsx';
import { SeveralField } from './SeveralField.tsx';
import type { AlonePc } from './SeveralPart.tsx';
import { SubmitKeys } from './SubmitKeys.tsx';

/** BR2: this PC joins a branch by the code its host shows, and starts again. What was typed stays until then. */
export function JoinDialog({ alone, onClose }: { readonly alone: AlonePc; readonly onClose: () => void }) {
  const { t } = useTranslation('kit');
  const errorText = useErrorText();
  const { run, busyType, lastError } = useCommand();
  const [form, setForm] = useState({
    ...{ host: '', code: '', name: '', stationId: alone.suggestedId },
    ...{ mayHost: true, port: String(USUAL_PORT), setAside: false },
    roles: [] as PcRole[],
  });
  const [isDone, setDone] = useState(false);
  const change = (part: Partial<typeof form>) => setForm(before => ({ ...before, ...part }));

  const address = readHostAddress(form.host);
  const listenPort = form.mayHost ? readPort(form.port) : null;
  const isIdWrong = !Id.safeParse(form.stationId).success;
  const isPortWrong = form.mayHost && listenPort === null;
  const mustSetAside = !alone.isSample && alone.records > 0;
  const isComplete =
    address !== null &&
    form.code.trim() !== '' &&
    !isIdWrong &&
    !isPortWrong &&
    (!mustSetAside || form.setAside);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (address === null || !isComplete || busyType !== null || isDone) return;
    const { code, stationId, name, setAside, roles } = form;
    const done = await run('join-branch', {
      ...{ ...address, code, stationId, name: name.trim(), roles, listenPort, setAside },
    });
    if (done.ok) setDone(true);
  };
  const refusalOf = (field: JoinField | null): string | null => {
    if (lastError === null || fieldOfRefusal(lastError) !== field) return null;
    const words = OWN_WORDS.get(lastError.code);
    return words ? t('errorWithCode', { sentence: t(words), code: lastError.code }) : errorText(lastError);
  };
  const refused = refusalOf('own') ?? refusalOf(null);
  const text = (key: 'host' | 'code' | 'name' | 'stationId' | 'port') => ({
    value: form[key],
    disabled: isDone,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => change({ [key]: event.target.value }),
  });
  return (
    <Modal
      open
      centered
      width="min(960px, 96vw)"
      footer={null}
      onCancel={onClose}
      title={t('several.join.heading')}
    >
      <form className="stations-dialog" onSubmit={event => void submit(event)}>
        <p>{t('several.join.means')}</p>
        <div className="several-fields">
          <SeveralField
            label={t('several.join.host')}
            hint={t('several.join.hostHint')}
            problem={
              refusalOf('host') ?? (form.host !== '' && address === null ? t('several.addressWrong') : null)
            }
          >
            {ids => <Input {...ids} {...text('host')} autoFocus maxLength={260} />}
          </SeveralField>
          <SeveralField
            label={t('several.join.code')}
            hint={t('several.join.codeHint')}
            problem={refusalOf('code')}
          >
            {ids => <Input {...ids} {...text('code')} className="several-code" maxLength={20} />}
          </SeveralField>
        </div>
        <FoundHosts isDisabled={isDone} onChoose={host => change({ host })} />
        <div className="several-fields">
          <SeveralField label={t('several.name')} hint={t('several.nameHint')} problem={null}>
            {ids => <Input {...ids} {...text('name')} maxLength={40} />}
          </SeveralField>
          <SeveralField
            label={t('several.join.stationId')}
            hint={t('several.join.stationIdHint')}
            problem={refusalOf('stationId') ?? (isIdWrong ? t('several.join.stationIdHint') : null)}
          >
            {ids => <Input {...ids} {...text('stationId')} maxLength={64} />}
          </SeveralField>
        </div>
        <RolesField value={form.roles} isDisabled={isDone} onChange={roles => change({ roles })} />
        <SeveralField
          isWide
          label=""
          hint={t('several.join.mayHostHint')}
          problem={refusalOf('listenPort') ?? (isPortWrong ? t('several.addressWrong') : null)}
        >
          {ids => (
            <div className="several-may-host">
              <Checkbox
                checked={form.mayHost}
                disabled={isDone}
                onChange={event => change({ mayHost: event.target.checked })}
              >
                {t('several.join.mayHost')}
              </Checkbox>
              <Input
                {...ids}
                {...text('port')}
                aria-label={t('several.port')}
                className="several-port"
                inputMode="numeric"
                maxLength={5}
                disabled={isDone || !form.mayHost}
              />
            </div>
          )}
        </SeveralField>
        {mustSetAside && (
          <Checkbox
            checked={form.setAside}
            disabled={isDone}
            onChange={event => change({ setAside: event.target.checked })}
          >
            {t('several.join.own.setAside')}
          </Checkbox>
        )}
        {/* One place for what matters most now: what is left behind, then a refusal, then that it is done. */}
        <div className="several-done" role="status">
          {isDone ? (
            <>
              <Sign meaning="well" /> {t('several.join.done')}
            </>
          ) : refused !== null ? (
            <span className="several-refused" role="alert">
              {refused}
            </span>
          ) : (
            alone.records > 0 && (
              <>
                <Sign meaning={mustSetAside ? 'late' : 'waiting'} />{' '}
                {t(`several.join.own.${alone.isSample ? 'sample' : 'real'}`, {
                  records: alone.records,
                  customers: alone.customers,
                })}
              </>
            )
          )}
        </div>
        <SubmitKeys
          label={t('several.join.do')}
          isReady={isComplete}
          isBusy={busyType === 'join-branch'}
          isDone={isDone}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
