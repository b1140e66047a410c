import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePort, useView } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { Sign } from '../kit/signs.tsx';
import { createOutputs, type OutputsReport } from './outputs.ts';
import { createPlayer } from './player.ts';
import { createReportedMemory } from './reported-memory.ts';
import { createSpeaker } from './speaker.ts';
import { browserSpeechEngine, createSystemVoice } from './system-voice.ts';
import { askForOutputs, listOutputs, onOutputsChange } from './this-pc-outputs.ts';
import './voice.css';

/** How the status corner shows sound that has not been allowed yet. */
const SOUND_OFF = {
  deviceId: 'sound',
  kind: 'voice',
  name: '',
  counterId: null,
  health: { status: 'down', code: 'V351' },
  since: 0,
} as const;

/** `/voice/?zone=voice-2` speaks for that zone; without it the first zone's calls are spoken. */
const ZONE_ID = new URLSearchParams(location.search).get('zone');

/** The speaker window (HW5): plays what the host announces in its zone and reports each. Hidden in Electron. */
export function VoiceApp() {
  const { t } = useTranslation('voice');
  const port = usePort();
  const { value: view, error, link } = useView('voice', ZONE_ID === null ? {} : { zoneId: ZONE_ID });
  const errorText = useErrorText();
  const [speaker] = useState(createSpeaker);
  const [on, setOn] = useState(speaker.isOn());
  const [lastPlayed, setLastPlayed] = useState(true);
  const [player] = useState(() =>
    createPlayer({
      play: url => speaker.play(url),
      speak: createSystemVoice(
        browserSpeechEngine(),
        waitMs => new Promise(done => setTimeout(done, waitMs)),
      ),
      report: (id, played, reason) => {
        setLastPlayed(played);
        port.reportAnnouncementPlayed(id, played, reason);
      },
      memory: createReportedMemory(sessionStorage),
    }),
  );

  const [told, setTold] = useState<OutputsReport>({ outputs: [], inUse: null });
  const [outputs] = useState(() =>
    createOutputs({
      list: listOutputs,
      playTo: speaker.playTo,
      report: report => {
        setTold(report);
        port.reportAudioOutputs({ zoneId: ZONE_ID, ...report });
      },
    }),
  );
  useEffect(() => onOutputsChange(() => void outputs.look()), [outputs]);

  useEffect(() => {
    speaker.onChange(() => setOn(speaker.isOn()));
    void speaker.turnOn();
  }, [speaker]);
  const output = view?.output;
  useEffect(() => {
    if (output !== undefined) outputs.want(output);
  }, [outputs, output]);
  const announcement = view?.announcement ?? null;
  useEffect(() => player.want(announcement), [player, announcement]);

  return (
    <main className="voice">
      <div className="voice-corner">
        <StatusCorner devices={on ? [] : [SOUND_OFF]} />
      </div>
      <h1>
        {t('title')}
        {view && <small> {view.zone.name || view.zone.id}</small>}
      </h1>
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
      {output && told.inUse !== output && (
        <p className="voice-failed">
          {t('outputMissing', { output })}{' '}
          {told.outputs.length === 0 && (
            <Button onClick={() => void askForOutputs().then(() => outputs.look())}>
              {t('allowOutputs')}
            </Button>
          )}
        </p>
      )}
      <p className="voice-text" aria-live="polite">
        {announcement?.text ?? t(link === 'connecting' ? 'starting' : 'silent')}
      </p>
      <p className="voice-failed">{error ? errorText(error) : !lastPlayed && t('failed')}</p>
    </main>
  );
}
