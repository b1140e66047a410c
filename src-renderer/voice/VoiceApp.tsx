import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePort, useView } from '../kit/hooks.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { createPlayer } from './player.ts';
import { createReportedMemory } from './reported-memory.ts';
import { createSpeaker } from './speaker.ts';
import './voice.css';

/** How the status corner shows sound that has not been allowed yet. */
const SOUND_OFF = {
  deviceId: 'sound',
  kind: 'voice',
  counterId: null,
  health: { status: 'down', code: 'V351' },
  since: 0,
} as const;

/** The speaker window (HW5): plays what the host announces and reports each. Hidden in Electron. */
export function VoiceApp() {
  const { t } = useTranslation('voice');
  const port = usePort();
  const { value: view, link } = useView('voice');
  const [speaker] = useState(createSpeaker);
  const [on, setOn] = useState(speaker.isOn());
  const [lastPlayed, setLastPlayed] = useState(true);
  const [player] = useState(() =>
    createPlayer({
      play: url => speaker.play(url),
      report: (id, played) => {
        setLastPlayed(played);
        port.reportAnnouncementPlayed(id, played);
      },
      memory: createReportedMemory(sessionStorage),
    }),
  );

  useEffect(() => {
    speaker.onChange(() => setOn(speaker.isOn()));
    void speaker.turnOn();
  }, [speaker]);
  const announcement = view?.announcement ?? null;
  useEffect(() => player.want(announcement), [player, announcement]);

  return (
    <main className="voice">
      <div className="voice-corner">
        <StatusCorner devices={on ? [] : [SOUND_OFF]} />
      </div>
      <h1>{t('title')}</h1>
      <p>
        <Sign meaning={on ? 'well' : 'broken'} /> {t(on ? 'on' : 'off')}
      </p>
      <div className="voice-button">
        {!on && (
          <Button type="primary" size="large" onClick={() => void speaker.turnOn()}>
            {t('turnOn')}
          </Button>
        )}
      </div>
      <p className="voice-text" aria-live="polite">
        {announcement?.text ?? t(link === 'connecting' ? 'starting' : 'silent')}
      </p>
      <p className="voice-failed">{!lastPlayed && t('failed')}</p>
    </main>
  );
}
