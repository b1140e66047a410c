/** Sound over Web Audio. A browser keeps it off until a person has pressed something; Electron does not. */
export interface Speaker {
  isOn(): boolean;
  /** Tries to turn sound on; succeeds where allowed, and always when called from a press. */
  turnOn(): Promise<boolean>;
  /** Calls `listener` after each change of `isOn`. */
  onChange(listener: () => void): void;
  /** Plays to the output of this id from now on, '' for the PC's standard one. False: it cannot. Never rejects. */
  playTo(deviceId: string): Promise<boolean>;
  /** Plays the sound file at `url` to its end. False: off, not found, not readable, or no sound device answers. */
  play(url: string): Promise<boolean>;
}

/** How long `resume` may take before sound counts as not allowed. */
const RESUME_MS = 800;
/** A sound that has not ended this long after its time is stuck: no device takes it. */
const OVERTIME_MS = 3_000;

/** Browsers of before 2023 play to the standard output alone. */
interface ChoosableContext {
  setSinkId?(deviceId: string): Promise<void>;
}

/** A speaker on the PC's standard sound output, until another is chosen. */
export function createSpeaker(): Speaker {
  const context = new AudioContext();
  const isOn = () => context.state === 'running';

  const turnOn = async () => {
    if (isOn()) return true;
    await Promise.race([context.resume().catch(() => {}), wait(RESUME_MS)]);
    return isOn();
  };

  const playBuffer = (buffer: AudioBuffer) =>
    new Promise<boolean>(resolve => {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(context.destination);
      source.onended = () => resolve(true);
      source.start();
      void wait(buffer.duration * 1000 + OVERTIME_MS).then(() => resolve(false));
    });

  return {
    isOn,
    turnOn,
    async playTo(deviceId) {
      const choosable = context as ChoosableContext;
      if (choosable.setSinkId === undefined) return deviceId === '';
      try {
        await choosable.setSinkId(deviceId);
        return true;
      } catch {
        return false;
      }
    },
    onChange: listener => context.addEventListener('statechange', listener),
    async play(url) {
      try {
        if (!(await turnOn())) return false;
        const response = await fetch(url);
        if (!response.ok) return false;
        return await playBuffer(await context.decodeAudioData(await response.arrayBuffer()));
      } catch {
        return false;
      }
    },
  };
}

function wait(waitMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, waitMs));
}
