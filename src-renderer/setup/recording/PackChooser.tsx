import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PackName } from '#core/wire/device-settings.ts';
import type { VoicePacksView } from '#core/wire/voice-packs.ts';

/** The pack that is being recorded; a new one is made by its first clip. */
export interface ChosenPack {
  readonly name: string;
  readonly title: string;
  readonly language: 'zh' | 'en';
}

/** Which pack to go on with, or what a new one is called. */
export function PackChooser(props: {
  readonly packs: VoicePacksView['packs'];
  readonly chosen: ChosenPack | null;
  readonly onChoose: (pack: ChosenPack) => void;
}) {
  const { packs, chosen, onChoose } = props;
  const { t } = useTranslation('setup');
  const own = packs.filter(({ shipped }) => !shipped);
  const [fresh, setFresh] = useState<ChosenPack>({ name: '', title: '', language: 'zh' });
  const isTaken = own.some(({ name }) => name === fresh.name);
  const isNameGood = PackName.safeParse(fresh.name).success && !isTaken;
  const isNew = chosen !== null && !own.some(({ name }) => name === chosen.name);
  const choices = isNew ? [...own, chosen] : own;
  return (
    <div className="recording-packs">
      {choices.map(({ name, title, language }) => (
        <Button
          key={name}
          type={chosen?.name === name ? 'primary' : 'default'}
          onClick={() => onChoose({ name, title, language })}
        >
          {title}（{name}）
        </Button>
      ))}
      <form
        onSubmit={event => {
          event.preventDefault();
          if (!isNameGood || fresh.title.trim() === '') return;
          onChoose({ ...fresh, title: fresh.title.trim() });
          setFresh({ ...fresh, name: '', title: '' });
        }}
      >
        <Input
          aria-label={t('recording.title')}
          placeholder={t('recording.title')}
          value={fresh.title}
          maxLength={80}
          onChange={({ target }) => setFresh({ ...fresh, title: target.value })}
        />
        <Input
          aria-label={t('recording.name')}
          placeholder={t('recording.name')}
          value={fresh.name}
          maxLength={40}
          {...(fresh.name !== '' && !isNameGood && { status: 'error' as const })}
          onChange={({ target }) => setFresh({ ...fresh, name: target.value })}
        />
        <Select
          aria-label={t('recording.language')}
          value={fresh.language}
          options={(['zh', 'en'] as const).map(value => ({
            value,
            label: t(`recording.languages.${value}`),
          }))}
          onChange={language => setFresh({ ...fresh, language })}
        />
        <Button htmlType="submit" disabled={!isNameGood || fresh.title.trim() === ''}>
          {t('recording.make')}
        </Button>
      </form>
    </div>
  );
}
