import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toWav } from '#core/voice/wav.ts';
import { RECORDED_SAMPLE_RATE, type VoicePacksView } from '#core/wire/voice-packs.ts';
import { useCommand } from '../../kit/hooks.ts';
import { useErrorText } from '../../kit/i18n.ts';
import { Sign } from '../../kit/signs.tsx';
import { LevelMeter } from './LevelMeter.tsx';
import { playSamples } from './microphone.ts';
import type { ChosenPack } from './PackChooser.tsx';
import { toBase64 } from './to-base64.ts';
import { useRecording } from './use-recording.ts';

/** One text after the other: read it, hear it, keep it. Space records, Enter keeps. */
export function RecordingDesk(props: {
  readonly pack: ChosenPack;
  readonly view: VoicePacksView;
  /** The data folder's pack, once its first clip is kept. */
  readonly kept: VoicePacksView['packs'][number] | undefined;
}) {
  const { pack, view, kept } = props;
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const { run, busyType, lastError, clearError } = useCommand();
  const recording = useRecording(kept?.sampleRate ?? RECORDED_SAMPLE_RATE);
  const clips = view.plans.find(({ language }) => language === pack.language)?.clips ?? [];
  const isKept = (id: string) => kept?.clipIds.includes(id) ?? false;
  const [clipId, setClipId] = useState(() => clips.find(({ id }) => !isKept(id))?.id ?? clips[0]?.id ?? '');
  const clip = clips.find(({ id }) => id === clipId);
  const keptCount = clips.filter(({ id }) => isKept(id)).length;
  const { state, take, clear } = recording;
  const isSaving = busyType === 'save-voice-clip';

  const press = useCallback(() => {
    clearError();
    recording.press();
  }, [clearError, recording.press]);

  const keep = useCallback(async () => {
    if (!take || isSaving) return;
    const wav = toBase64(toWav(take));
    const { name, title, language } = pack;
    const saved = await run('save-voice-clip', { pack: name, title, language, clipId, wav });
    if (!saved.ok) return;
    clear();
    const next = clips[clips.findIndex(({ id }) => id === clipId) + 1];
    if (next) setClipId(next.id);
  }, [take, isSaving, pack, clipId, clips, run, clear]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.repeat || isTyping || (event.key !== ' ' && event.key !== 'Enter')) return;
      // Enter does not record: a key that stays pressed after keeping would begin the next take.
      const isOnKey = event.target instanceof HTMLElement && event.target.dataset.record !== undefined;
      if (event.key === 'Enter' && state !== 'taken' && !isOnKey) return;
      event.preventDefault();
      if (event.key === ' ') press();
      else if (state === 'taken') void keep();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [state, press, keep]);

  if (!clip) return null;
  const failure = recording.failure ?? lastError;
  return (
    <div className="recording-desk">
      <ol className="recording-list" aria-label={t('recording.list')}>
        {clips.map(({ id, text }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === clipId ? 'true' : undefined}
              disabled={state === 'recording'}
              onClick={() => {
                clear();
                setClipId(id);
              }}
            >
              <span>{text}</span>
              {isKept(id) && <Sign meaning="well" />}
            </button>
          </li>
        ))}
      </ol>
      <section className="recording-take" aria-live="polite">
        <p className="recording-progress">
          {t('recording.progress', { done: keptCount, count: clips.length })}
        </p>
        <p className="recording-text" data-state={state}>
          {clip.text}
        </p>
        <LevelMeter levelDb={recording.levelDb} label={t('recording.level')} />
        <p className="recording-hint">{t(`recording.hint.${state}`)}</p>
        <div className="recording-keys">
          {state === 'closed' || state === 'opening' ? (
            <Button type="primary" size="large" loading={state === 'opening'} onClick={recording.open}>
              {t('recording.open')}
            </Button>
          ) : (
            <Button
              type={state === 'taken' ? 'default' : 'primary'}
              data-record
              danger={state === 'recording'}
              size="large"
              onClick={press}
            >
              {t(
                `recording.${state === 'recording' ? 'stop' : state === 'taken' || isKept(clipId) ? 'again' : 'record'}`,
              )}
            </Button>
          )}
          {take && (
            <Button size="large" onClick={() => void playSamples(take.samples, take.sampleRate)}>
              {t('recording.play')}
            </Button>
          )}
          {!take && isKept(clipId) && (
            <Button size="large" onClick={() => void playKept(pack.name, clipId)}>
              {t('recording.playKept')}
            </Button>
          )}
          {take && (
            <Button type="primary" size="large" loading={isSaving} onClick={() => void keep()}>
              {t('recording.keep')}
            </Button>
          )}
        </div>
        <p className="recording-failure" role="alert">
          {failure && (
            <>
              <Sign meaning="broken" /> {errorText(failure)}
            </>
          )}
        </p>
        {keptCount === clips.length && <p className="recording-done">{t('recording.done')}</p>}
      </section>
    </div>
  );
}

/** A clip as the host keeps it. */
function playKept(pack: string, clipId: string): Promise<void> {
  const sound = new Audio(`/voice-packs/${pack}/${clipId}.wav`);
  return sound.play().catch(() => {});
}
