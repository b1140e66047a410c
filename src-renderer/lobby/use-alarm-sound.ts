import { useEffect, useRef } from 'react';
import { type Alarm, deservesSound, newAlarms } from './alarm-action.ts';

const SOUND_SECONDS = 0.9;
const SOFT = 0.08;

let audio: AudioContext | null = null;

/** Two soft tones. Where the browser allows no sound yet, the glow and the sign have to do. */
function playSoftSound(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
  const start = audio.currentTime;
  for (const [index, frequencyHz] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = start + index * 0.18;
    tone.frequency.value = frequencyHz;
    volume.gain.setValueAtTime(SOFT, at);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + SOUND_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + SOUND_SECONDS);
  }
}

/** RT3: sounds once for each new bad rating or red alarm; what was there before the screen opened is silent. */
export function useAlarmSound(alarms: readonly Alarm[]): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (deservesSound(newAlarms(alarms, known.current))) playSoftSound();
    known.current = new Set(alarms.map(alarm => alarm.id));
  }, [alarms]);
}
