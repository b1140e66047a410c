import { type Sound, toWav } from '#core/voice/wav.ts';
import { type Failure, ok, type Result } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { announce } from '#drivers/voice/announcement.ts';
import {
  type AnnouncerEffect,
  type AnnouncerInput,
  DEFAULT_ANNOUNCER_SETTINGS,
  INITIAL_ANNOUNCER_STATE,
  type QueuedCall,
  stepAnnouncer,
} from '#drivers/voice/announcer-machine.ts';
import type { ClipPack } from '#drivers/voice/clip-pack.ts';
import { durationMs, joinClips, textOf } from '#drivers/voice/join-clips.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface VoiceParts {
  readonly id: string;
  /** All that can be spoken, by name. */
  readonly packs: ReadonlyMap<string, ClipPack>;
  /** This station's own, where the bank does not say: which packs, one after the other, and how often. */
  readonly spoken: readonly string[];
  readonly times: number;
  readonly clock: DriverClock;
  readonly desk: DeviceDesk;
}

export interface VoiceGroup extends DeviceGroup {
  /** What the speaker window should be playing. */
  view(): View<'voice'>;
  /** The speaker window has played an announcement, or could not. */
  played(id: string, didPlay: boolean): void;
  /** The bytes of the announcement now playing, as a WAV file. */
  wavOf(id: string): Uint8Array | null;
}

/** DV3, HW5: calls are joined from clips in memory and played one after the other by one window. */
export function createVoiceGroup({ id, packs, spoken, times, clock, desk }: VoiceParts): VoiceGroup {
  const announcing = () => desk.state().document.announcing;
  const packsNow = () => (announcing().languages ?? spoken).flatMap(name => packs.get(name) ?? []);
  /** Calls whose chime has sounded: their repeats do without (DV3). */
  const chimed = new WeakSet<QueuedCall>();
  let machine = INITIAL_ANNOUNCER_STATE;
  let current: { playId: string; text: string; wav: Uint8Array } | null = null;
  let cancelWake = () => {};
  /** Says which run of the program an announcement belongs to, so that a late report is not taken for a new one. */
  const run = `${clock.nowMs().toString(36).replace('.', '')}`;

  const input = (given: AnnouncerInput) => {
    const settings = { ...DEFAULT_ANNOUNCER_SETTINGS, times: announcing().times ?? times };
    const step = stepAnnouncer(settings, machine, given, clock.nowMs());
    machine = step.state;
    for (const effect of step.effects) act(effect);
    if (machine.playing === null && current !== null) {
      current = null;
      desk.refreshViews();
    }
  };

  const act = (effect: AnnouncerEffect) => {
    switch (effect.kind) {
      case 'play': {
        const { ticket, counter } = effect.call;
        const sound = soundOf(ticket, counter, !chimed.has(effect.call));
        chimed.add(effect.call);
        if (!sound.ok) return tellDown(sound.error);
        current = { playId: `${run}-${effect.playId}`, text: sound.text, wav: toWav(sound.sound) };
        desk.refreshViews();
        return;
      }
      case 'wake-at':
        cancelWake();
        cancelWake = clock.after(Math.max(0, effect.atMs - clock.nowMs()), () => input({ kind: 'tick' }));
        return;
      case 'no-voice':
        return tellDown({ code: effect.code });
      case 'voice-back':
        return desk.tellHealth(id, 'voice', null, { status: 'ready', code: null });
    }
  };

  const tellDown = ({ code }: Failure) => desk.tellHealth(id, 'voice', null, { status: 'down', code });

  /** A pack that cannot say the call, e.g. a window's name, is passed over as long as another can. */
  const soundOf = (ticket: string, counter: string, chime: boolean) => {
    const sounds: Sound[] = [];
    const texts: string[] = [];
    let failure: Failure = { code: 'V352' };
    for (const pack of packsNow()) {
      const said = sayIn(pack, ticket, nameIn(pack, counter), chime && sounds.length === 0);
      if (!said.ok) {
        failure = said.error;
        continue;
      }
      sounds.push(said.value.sound);
      texts.push(said.value.text);
    }
    if (sounds.length === 0) return { ok: false, error: failure } as const;
    return { ok: true, sound: oneAfterTheOther(sounds), text: texts.join(' ') } as const;
  };

  /** A place without a number is called by its name in the pack's own language. */
  const nameIn = (pack: ClipPack, counter: string) => {
    const place = desk.state().document.counters.find(one => one.number === null && one.name.zh === counter);
    return place?.name[pack.language] ?? counter;
  };

  return {
    start() {
      const faults = packsNow().flatMap(pack => pack.faults);
      const [first] = faults;
      desk.tellHealth(
        id,
        'voice',
        null,
        first ? { status: 'warning', code: first.code } : { status: 'ready', code: null },
      );
    },
    follow(events) {
      for (const { type, data } of events) {
        if (type === 'ticket-called' || type === 'ticket-recalled') {
          const { document, tickets } = desk.state();
          const counter = document.counters.find(candidate => candidate.id === data.counterId);
          const ticket = tickets.get(data.ticketId)?.number;
          if (!counter || !ticket) continue;
          const spokenName = counter.number === null ? counter.name.zh : String(counter.number);
          const sound = soundOf(ticket, spokenName, true);
          if (sound.ok)
            input({
              kind: 'call',
              call: { ticket, counter: spokenName, durationMs: durationMs(sound.sound) },
            });
          else tellDown(sound.error);
        }
        if (type === 'service-started' || type === 'ticket-no-show') {
          const ticket = desk.state().tickets.get(data.ticketId)?.number;
          if (ticket) input({ kind: 'answered', ticket });
        }
      }
    },
    view: () => ({
      announcement: current && {
        id: current.playId,
        url: `/voice/${current.playId}.wav`,
        text: current.text,
      },
    }),
    played(playId, didPlay) {
      if (current?.playId !== playId || machine.playing === null) return;
      input(didPlay ? { kind: 'played', playId: machine.playing.playId } : { kind: 'sink-silent' });
    },
    wavOf: playId => (current?.playId === playId ? current.wav : null),
    async stop() {
      cancelWake();
    },
  };
}

function sayIn(
  pack: ClipPack,
  ticket: string,
  counter: string,
  chime: boolean,
): Result<{ sound: Sound; text: string }> {
  const made = announce({ ticket, counter }, { language: pack.language, clipOfText: pack.clipOfText });
  if (!made.ok) return made;
  const parts = made.value.parts.filter(part => chime || part.kind !== 'clip' || part.clipId !== 'chime');
  const announcement = { ...made.value, parts };
  const joined = joinClips(announcement, pack);
  return joined.ok ? ok({ sound: joined.value, text: textOf(announcement, pack) }) : joined;
}

/** Sounds of one sample rate, one after the other. */
function oneAfterTheOther(sounds: readonly Sound[]): Sound {
  const samples = new Int16Array(sounds.reduce((length, sound) => length + sound.samples.length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length;
  }
  return { samples, sampleRate: sounds[0]?.sampleRate ?? 16_000 };
}
