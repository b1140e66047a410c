import { useCallback, useEffect, useRef, useState } from 'react';
import { shapeTake } from '#core/voice/recorded-take.ts';
import type { Sound } from '#core/voice/wav.ts';
import type { Failure } from '#core/wire/result.ts';
import { type Microphone, openMicrophone } from './microphone.ts';
import { createTakeRecorder, type TakeRecorder } from './take-recorder.ts';

export interface Recording {
  /** `closed`: no microphone yet. `taken`: a good take waits to be kept. */
  readonly state: 'closed' | 'opening' | 'ready' | 'recording' | 'taken';
  /** Why the last take or the microphone was no good, or null. */
  readonly failure: Failure | null;
  readonly take: Sound | null;
  /** Of now, −60 to 0 dB. */
  levelDb(): number;
  open(): void;
  /** Starts a take, or ends the one going on. */
  press(): void;
  /** The take was kept or is not wanted. */
  clear(): void;
}

const LOOK_EVERY_MS = 100;

/** The microphone of the recording page. It is let go of with the page. */
export function useRecording(sampleRate: number): Recording {
  const [state, setState] = useState<Recording['state']>('closed');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [take, setTake] = useState<Sound | null>(null);
  const microphone = useRef<Microphone | null>(null);
  const recorder = useRef<TakeRecorder | null>(null);

  useEffect(() => {
    setState('closed');
    return () => {
      microphone.current?.close();
      microphone.current = null;
      recorder.current = null;
    };
  }, [sampleRate]);

  const open = useCallback(async () => {
    setState('opening');
    setFailure(null);
    const opened = await openMicrophone(sampleRate);
    if (!opened.ok) {
      setFailure(opened.error);
      return setState('closed');
    }
    const made = createTakeRecorder(sampleRate);
    opened.value.onBlock(made.hear);
    microphone.current?.close();
    microphone.current = opened.value;
    recorder.current = made;
    setState('ready');
  }, [sampleRate]);

  const end = useCallback(() => {
    const raw = recorder.current?.stop() ?? null;
    if (raw === null) return;
    const shaped = shapeTake(raw);
    setFailure(shaped.ok ? null : shaped.error);
    setTake(shaped.ok ? shaped.value : null);
    setState(shaped.ok ? 'taken' : 'ready');
  }, []);

  const press = useCallback(() => {
    if (!recorder.current) return;
    if (recorder.current.isRecording()) return end();
    setFailure(null);
    setTake(null);
    recorder.current.start();
    setState('recording');
  }, [end]);

  useEffect(() => {
    if (state !== 'recording') return;
    const timer = setInterval(() => {
      if (recorder.current?.isTooLong()) end();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [state, end]);

  const clear = useCallback(() => {
    setTake(null);
    setFailure(null);
    setState(microphone.current ? 'ready' : 'closed');
  }, []);
  const levelDb = useCallback(() => recorder.current?.levelDb() ?? -60, []);
  return { state, failure, take, levelDb, open: () => void open(), press, clear };
}
