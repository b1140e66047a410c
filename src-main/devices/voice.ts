import { type Sound, toWav } from '#core/voice/wav.ts';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { LocalText } from '#core/wire/fields.ts';
import type { AudioOutputs } from '#core/wire/port-messages.ts';
import type { Failure } from '#core/wire/result.ts';
import type { View } from '#core/wire/views.ts';
import type { ByteLog } from '#drivers/byte-log.ts';
import type { DriverClock } from '#drivers/contract.ts';
import {
  type AnnouncerEffect,
  type AnnouncerInput,
  DEFAULT_ANNOUNCER_SETTINGS,
  INITIAL_ANNOUNCER_STATE,
  type QueuedCall,
  stepAnnouncer,
} from '#drivers/voice/announcer-machine.ts';
import type { ClipPack } from '#drivers/voice/clip-pack.ts';
import { durationMs } from '#drivers/voice/join-clips.ts';
import { speechMs } from '#drivers/voice/say-call.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';
import { type Saying, type Speech, wordCall } from './word-call.ts';

export interface VoiceParts {
  readonly id: string;
  readonly name?: string;
  /** All that can be spoken, by name. */
  readonly packs: ReadonlyMap<string, ClipPack>;
  /** What speaks when a pack lacks a clip, by language. */
  readonly shipped?: ReadonlyMap<ClipPack['language'], ClipPack>;
  /** This station's own, where the bank does not say: which packs, one after the other, and how often. */
  readonly spoken: readonly string[];
  readonly times: number;
  /** Label of its sound output; null: the PC's standard one. */
  readonly output?: string | null;
  /** Whether this zone speaks the calls of a counter; all of them by default. */
  readonly speaksFor?: (counterId: string) => boolean;
  /** Tells this zone's announcements from those of other zones. */
  readonly mark?: string;
  /** What is wrong with the packs spoken here, for good. */
  readonly packFault?: Failure | null;
  readonly log?: ByteLog;
  readonly clock: DriverClock;
  readonly desk: DeviceDesk;
}

/** What the speaker window says of an announcement. */
export type PlayedReason = 'no-speech';
/** How something said once ended; `dropped`: never said, because calls were before it for too long. */
export type NoticeEnd = 'played' | 'not-heard' | 'no-speech' | 'dropped';

/** One zone: one loudspeaker, one queue. */
export interface VoiceGroup extends DeviceGroup {
  readonly id: string;
  speaksFor(counterId: string): boolean;
  /** What the speaker window should be playing. */
  view(): View<'voice'>;
  /** The speaker window has played an announcement, or could not. */
  played(id: string, didPlay: boolean, reason?: PlayedReason): void;
  /** Which outputs the zone's PC has, and which of them is in use. */
  hearOutputs(report: Pick<AudioOutputs, 'outputs' | 'inUse'>): void;
  outputs(): readonly string[];
  /** The bytes of the announcement now playing, as a WAV file. */
  wavOf(id: string): Uint8Array | null;
  /** Says a text by the operating system's voice, once, after the calls that wait; in the zone's languages. */
  sayText(text: LocalText): void;
  /** Says the call A001 → 1 once, in its turn, and tells how it went. */
  sayTest(): Promise<NoticeEnd>;
}

/** Nobody wants to hear a notice later than this. */
const NOTICE_PATIENCE_MS = 30_000;
const TEST_CALL = { ticket: 'A001', counter: '1' };

/** DV3, HW5: calls are joined from clips in memory and played one after the other by one window. */
export function createVoiceGroup(parts: VoiceParts): VoiceGroup {
  const { id, name = '', packs, shipped = new Map(), spoken, times, clock, desk, log } = parts;
  const { speaksFor = () => true, packFault = null, output = null } = parts;
  const announcing = () => desk.state().document.announcing;
  /** The bank names languages; this zone's own packs of a language speak it, else the shipped one. */
  const packsNow = (): ClipPack[] => {
    const own = spoken.flatMap(pack => packs.get(pack) ?? []);
    const { languages } = announcing();
    if (languages === null) return own;
    return languages.flatMap(wanted => {
      const language = wanted === 'en' ? 'en' : 'zh';
      const fitting = own.filter(pack => pack.language === language);
      return fitting.length > 0 ? fitting : (packs.get(wanted) ?? []);
    });
  };
  /** Calls whose chime has sounded: their repeats do without (DV3). */
  const chimed = new WeakSet<QueuedCall>();
  const notices = new Map<string, { readonly saying: Saying; readonly end: (end: NoticeEnd) => void }>();
  let noticeCount = 0;
  let machine = INITIAL_ANNOUNCER_STATE;
  let current: { playId: string; saying: Saying; wav: Uint8Array | null; noticeId: string | null } | null =
    null;
  let cancelWake = () => {};
  /** Kept until the operating system's voice has been heard again. */
  let isSpeechMissing = false;
  let outputs: readonly string[] = [];
  let isOutputMissing = false;
  /** Nothing at all is heard; lesser shortcomings wait until that is over. */
  let isDown = false;
  /** Says which run of the program an announcement belongs to, so that a late report is not taken for a new one. */
  const run = `${clock.nowMs().toString(36).replace('.', '')}${parts.mark ?? ''}`;

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
        const saying = wordCallNow(effect.call.ticket, effect.call.counter, !chimed.has(effect.call));
        chimed.add(effect.call);
        if (!saying.ok) return tellDown(saying.error);
        return play(effect.playId, saying.value, null);
      }
      case 'play-notice': {
        const { noticeId } = effect.notice;
        const notice = notices.get(noticeId);
        if (notice) play(effect.playId, notice.saying, noticeId);
        return;
      }
      case 'notice-dropped':
        return endNotice(effect.noticeId, current?.noticeId === effect.noticeId ? 'not-heard' : 'dropped');
      case 'wake-at':
        cancelWake();
        cancelWake = clock.after(Math.max(0, effect.atMs - clock.nowMs()), () => input({ kind: 'tick' }));
        return;
      case 'no-voice':
        log?.add('lost', effect.code);
        return tellDown({ code: effect.code });
      case 'no-speech':
        isSpeechMissing = true;
        log?.add('refused', effect.code);
        return tellWell();
      case 'voice-back':
        return tellWell();
    }
  };

  const play = (playId: number, saying: Saying, noticeId: string | null) => {
    const wav = saying.sound && toWav(saying.sound);
    current = { playId: `${run}-${playId}`, saying, wav, noticeId };
    log?.add('out', `${current.playId} ${saying.text} (${lengthMs(saying)} ms)`);
    desk.refreshViews();
  };

  const endNotice = (noticeId: string, end: NoticeEnd) => {
    notices.get(noticeId)?.end(end);
    notices.delete(noticeId);
  };

  const tell = (health: DeviceHealth) => desk.tellHealth(id, 'voice', null, health);
  const tellDown = ({ code }: Failure) => {
    isDown = true;
    tell({ status: 'down', code });
  };
  /** The voice is there; a lasting shortcoming shows as a warning. */
  const tellWell = () => {
    isDown = false;
    const code = isOutputMissing ? 'V360' : isSpeechMissing ? 'V353' : (packFault?.code ?? null);
    tell(code === null ? { status: 'ready', code: null } : { status: 'warning', code });
  };

  /** A place without a number is called by its name in the pack's own language. */
  const nameIn = (pack: ClipPack, counter: string) => {
    const place = desk.state().document.counters.find(one => one.number === null && one.name.zh === counter);
    return place?.name[pack.language] ?? counter;
  };
  const wordCallNow = (ticket: string, counter: string, chime: boolean) =>
    wordCall({ packs: packsNow(), shipped, ticket, chime, counterIn: pack => nameIn(pack, counter) });

  const queueNotice = (saying: Saying, end: (end: NoticeEnd) => void) => {
    noticeCount += 1;
    const noticeId = `notice-${noticeCount}`;
    notices.set(noticeId, { saying, end });
    const expiresAtMs = clock.nowMs() + NOTICE_PATIENCE_MS;
    input({ kind: 'notice', notice: { noticeId, durationMs: lengthMs(saying), expiresAtMs } });
  };

  return {
    id,
    speaksFor,
    start() {
      const fault = packFault ?? packsNow().flatMap(pack => pack.faults)[0];
      tell(fault ? { status: 'warning', code: fault.code } : { status: 'ready', code: null });
    },
    follow(events) {
      for (const { type, data } of events) {
        if (type === 'ticket-called' || type === 'ticket-recalled') {
          const { document, tickets } = desk.state();
          const counter = document.counters.find(candidate => candidate.id === data.counterId);
          const ticket = tickets.get(data.ticketId)?.number;
          if (!counter || !ticket || !speaksFor(counter.id)) continue;
          const spokenName = counter.number === null ? counter.name.zh : String(counter.number);
          const saying = wordCallNow(ticket, spokenName, true);
          if (saying.ok)
            input({
              kind: 'call',
              call: { ticket, counter: spokenName, durationMs: lengthMs(saying.value) },
            });
          else tellDown(saying.error);
        }
        if (type === 'service-started' || type === 'ticket-no-show') {
          const ticket = desk.state().tickets.get(data.ticketId)?.number;
          if (ticket) input({ kind: 'answered', ticket });
        }
      }
    },
    view: () => ({
      zone: { id, name },
      output,
      announcement: current && {
        id: current.playId,
        url: current.wav && `/voice/${current.playId}.wav`,
        text: current.saying.text,
        speech: current.saying.speech,
      },
    }),
    played(playId, didPlay, reason) {
      if (current?.playId !== playId || machine.playing === null) return;
      const { noticeId, saying } = current;
      const isUnspeakable = !didPlay && reason === 'no-speech' && saying.speech !== null;
      log?.add('in', `${playId} ${didPlay ? 'played' : isUnspeakable ? 'no-speech' : 'not-played'}`);
      if (noticeId !== null)
        endNotice(noticeId, didPlay ? 'played' : isUnspeakable ? 'no-speech' : 'not-heard');
      if (didPlay && saying.speech !== null && isSpeechMissing) {
        isSpeechMissing = false;
        tellWell();
      }
      if (isUnspeakable) input({ kind: 'unspeakable', playId: machine.playing.playId });
      else input(didPlay ? { kind: 'played', playId: machine.playing.playId } : { kind: 'sink-silent' });
    },
    hearOutputs(report) {
      const isMissing = output !== null && report.inUse !== output;
      if (isMissing !== isOutputMissing) {
        isOutputMissing = isMissing;
        log?.add(isMissing ? 'lost' : 'opened', isMissing ? `V360 ${output}` : (output ?? ''));
        if (!isDown) tellWell();
      }
      outputs = report.outputs;
      desk.refreshViews();
    },
    outputs: () => outputs,
    wavOf: playId => (current?.playId === playId ? current.wav : null),
    sayText(text) {
      const languages = new Set(packsNow().map(pack => pack.language));
      for (const language of languages) {
        const speech: Speech = { text: text[language], language };
        queueNotice({ sound: null, text: speech.text, speech }, () => {});
      }
    },
    sayTest() {
      const saying = wordCallNow(TEST_CALL.ticket, TEST_CALL.counter, true);
      if (!saying.ok) return Promise.resolve('not-heard');
      return new Promise(resolve => queueNotice(saying.value, resolve));
    },
    async stop() {
      cancelWake();
      for (const noticeId of [...notices.keys()]) endNotice(noticeId, 'dropped');
    },
  };
}

function lengthMs({ sound, speech }: { sound: Sound | null; speech: Speech | null }): number {
  return (sound ? durationMs(sound) : 0) + (speech ? speechMs(speech.text, speech.language) : 0);
}
