import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../../kit/hooks.ts';
import { useErrorText } from '../../kit/i18n.ts';
import { type ChosenPack, PackChooser } from './PackChooser.tsx';
import { RecordingDesk } from './RecordingDesk.tsx';
import './recording.css';

/** A bank's own voice, clip by clip, from a microphone (DV3, HW5). What was kept survives closing the window. */
export function RecordingPage() {
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const { value: view, error } = useView('voice-packs');
  const [chosen, setChosen] = useState<ChosenPack | null>(null);
  return (
    <section className="box recording">
      <h2>{t('nav.recording')}</h2>
      <div className="recording-body">
        {error && <p role="alert">{errorText(error)}</p>}
        {view && (
          <>
            <PackChooser packs={view.packs} chosen={chosen} onChoose={setChosen} />
            {chosen ? (
              <RecordingDesk
                key={chosen.name}
                pack={chosen}
                view={view}
                kept={view.packs.find(({ name, shipped }) => name === chosen.name && !shipped)}
              />
            ) : (
              <div className="recording-intro">
                <p>{t('recording.intro')}</p>
                <p>{t('recording.use')}</p>
                <dl>
                  {view.packs.map(({ name, title, source, clipIds, shipped }) => (
                    <div key={`${name} ${shipped}`}>
                      <dt>
                        {title}（{name}）· {t('recording.clips', { count: clipIds.length })}
                      </dt>
                      <dd>{source}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}
