import { z } from 'zod';
import { DeviceHealth, DeviceKind, PrintOutcome } from './device-news.ts';
import { Id, Instant, Language, LocalText } from './fields.ts';
import { ReaderView } from './scan.ts';
import { LobbyArrival, OpeningLine, ReasonLine, SelfServiceLine } from './views-arrival.ts';
import { CallReason, ChooseTicket } from './views-calling.ts';
import { DeviceLogView, HardwareView } from './views-hardware.ts';
import { AskLine, GuidanceView, LobbyFloor, LobbyScreenSide, OpenAsk } from './views-lobby.ts';
import { CounterListView, RatingScreenView } from './views-rating.ts';
import { TellerDesk } from './views-serving.ts';
import { SetupView } from './views-setup.ts';
import { LinkStateView, StationsView } from './views-stations.ts';
import { VoicePacksView } from './voice-packs.ts';

/**
 * What each screen may see. A window subscribes to a named view and gets the whole view again whenever it
 * changes. Nothing here names a customer (DV6, CS4).
 */
const Estimate = z.strictObject({ fromMinutes: z.int(), toMinutes: z.int() }).nullable();
const PrintStatus = z.union([PrintOutcome, z.enum(['waiting', 'none'])]);

export const DeviceLine = z.strictObject({
  deviceId: Id,
  kind: DeviceKind,
  /** What people call it; may be empty. */
  name: z.string(),
  counterId: Id.nullable(),
  health: DeviceHealth,
  since: Instant,
});

/** Upload to head office, as every staff screen shows it. */
export const UploadLine = z.strictObject({
  state: z.enum(['off', 'up-to-date', 'sending', 'waiting']),
  durableSeq: z.int().min(0),
  lastSeq: z.int().min(0),
  code: z.string().max(8).nullable(),
});

/** Times of day on screens are the branch's, whatever the PC's own zone is. */
const branchHead = { bankName: LocalText, branchName: LocalText, timeZone: z.string() };

export const KioskView = z.strictObject({
  ...branchHead,
  greeting: LocalText,
  hours: LocalText,
  groups: z.array(
    z.strictObject({
      id: Id,
      name: LocalText,
      businesses: z.array(
        z.strictObject({
          id: Id,
          name: LocalText,
          documents: z.array(LocalText),
          waiting: z.int(),
          estimate: Estimate,
          /** False when its numbers are used up, for today or for now. */
          offered: z.boolean(),
          /** What to do instead of one whose quota is used up (TK6). */
          instead: LocalText.nullable(),
          /** The machine to offer first; null: none can do it now (TK1). */
          selfService: SelfServiceLine.nullable(),
        }),
      ),
    }),
  ),
  opening: OpeningLine,
  /** TK9: why somebody goes first; empty: nobody is asked. */
  priorityReasons: z.array(ReasonLine),
  /** False: no printer can print now; numbers are shown and spoken instead (TK4). */
  printerUp: z.boolean(),
  ticketNotice: LocalText,
  /** Tickets issued in the last minutes and what became of their paper. */
  prints: z.array(
    z.strictObject({ ticketId: Id, number: z.string(), status: PrintStatus, code: z.string().nullable() }),
  ),
  /** QR address of a ticket is this followed by its token. */
  progressUrl: z.string(),
});

const CounterHead = {
  counterId: Id,
  number: z.int().nullable(),
  name: LocalText,
  status: z.enum(['closed', 'open', 'paused']),
  statusSince: Instant,
  staffNumber: z.string().nullable(),
  staffName: LocalText.nullable(),
  pauseReason: LocalText.nullable(),
};

const RatingLine = z.strictObject({
  ratingId: Id,
  ticketNumber: z.string(),
  counterId: Id,
  counterName: LocalText,
  staffNumber: z.string(),
  at: Instant,
  outcome: z.enum(['rated', 'unrated', 'keypad-absent']),
  level: LocalText.nullable(),
  bad: z.boolean(),
  handledNote: z.string().nullable(),
});

export const TellerView = z.strictObject({
  ...branchHead,
  counter: z.strictObject(CounterHead),
  ticket: z
    .strictObject({
      ticketId: Id,
      number: z.string(),
      business: LocalText,
      /** Known only after the call (CS4). */
      customerClass: LocalText,
      status: z.enum(['called', 'serving']),
      since: Instant,
      serviceLimitMs: z.int(),
      waitMs: z.int(),
      recalls: z.int(),
      recallsLeft: z.int(),
      /** Why this ticket (CS2). */
      ...CallReason,
    })
    .nullable(),
  /** A finish that can be taken back until then (CS10). */
  undo: z.strictObject({ ticketId: Id, number: z.string(), until: Instant }).nullable(),
  /** The prompt now on the keypad, else the last result. */
  rating: z.union([
    z.strictObject({ status: z.literal('open'), number: z.string(), until: Instant }),
    z.strictObject({
      status: z.enum(['rated', 'unrated', 'keypad-absent']),
      number: z.string(),
      level: LocalText.nullable(),
      at: Instant,
    }),
    z.null(),
  ]),
  waiting: z.strictObject({ count: z.int(), oldestSince: Instant.nullable(), limitMs: z.int() }),
  /** What "call next" would bring, without identity or class (CS4). */
  next: z
    .strictObject({ number: z.string(), business: LocalText, gate: z.string(), passedCount: z.int() })
    .nullable(),
  saying: LocalText,
  devices: z.array(DeviceLine),
  upload: UploadLine,
  pauseReasons: z.array(z.strictObject({ id: Id, name: LocalText })),
  /** CS4: null without the right to choose. */
  choose: ChooseTicket.nullable(),
  /** LB2: quiet words from the lobby manager. */
  asks: z.array(AskLine),
  /** What the full window shows beyond the bar. */
  desk: TellerDesk,
});

/** For the sign-in page: the counters one can choose from; no staff list. */
export const SignInView = z.strictObject({
  ...branchHead,
  /** Sample data: the page may show the sample password. */
  sample: z.boolean(),
  counters: z.array(z.strictObject({ ...CounterHead })),
  /** LB2: windows the lobby manager asks to open. */
  openAsks: z.array(OpenAsk),
});

export const LobbyView = z.strictObject({
  ...branchHead,
  hall: z.strictObject({
    waiting: z.int(),
    oldestSince: Instant.nullable(),
    limitMs: z.int(),
    openCounters: z.int(),
    counters: z.int(),
  }),
  queues: z.array(
    z.strictObject({
      queueId: Id,
      name: LocalText,
      prefix: z.string(),
      waiting: z.int(),
      oldestSince: Instant.nullable(),
      limitMs: z.int(),
      openCounters: z.int(),
      estimate: Estimate,
    }),
  ),
  counters: z.array(
    z.strictObject({
      ...CounterHead,
      ticket: z
        .strictObject({ number: z.string(), status: z.enum(['called', 'serving']), since: Instant })
        .nullable(),
      /** Open, free and not calling while somebody it could serve waits. */
      idleWhileWaiting: z.boolean(),
    }),
  ),
  tickets: z.array(
    z.strictObject({
      ticketId: Id,
      number: z.string(),
      business: LocalText,
      queueId: Id,
      status: z.enum(['waiting', 'called', 'serving', 'parked', 'no-show']),
      since: Instant,
      queuedAt: Instant,
      limitMs: z.int(),
      print: z.strictObject({ status: PrintStatus, code: z.string().nullable(), copies: z.int() }),
      returnable: z.boolean(),
      /** CS2: how often it was passed, and why it was called; null before its call. */
      overtakes: z.int(),
      call: z.strictObject(CallReason).nullable(),
    }),
  ),
  ratings: z.array(RatingLine),
  alarms: z.array(
    z.strictObject({
      id: z.string(),
      level: z.enum(['yellow', 'orange', 'red']),
      kind: z.enum([
        'complaint',
        'emergency',
        'bad-rating',
        'not-printed',
        'device-down',
        'over-limit',
        'upload',
        'cue',
        'idle-window',
      ]),
      since: Instant,
      /** What it is about, for the sentence. */
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
      /** Chinese and English of names in the sentence, where it has some. */
      subject: LocalText.nullable(),
      code: z.string().nullable(),
    }),
  ),
  devices: z.array(DeviceLine),
  upload: UploadLine,
  floor: LobbyFloor,
  arrival: LobbyArrival,
  businesses: z.array(z.strictObject({ id: Id, name: LocalText })),
  today: z.strictObject({
    issued: z.int(),
    done: z.int(),
    noShows: z.int(),
    averageWaitMs: z.number().nullable(),
    longestWaitMs: z.int(),
    rated: z.int(),
    unrated: z.int(),
    keypadAbsent: z.int(),
    /** 满意率, 0 to 1; null while nobody has rated. */
    satisfaction: z.number().nullable(),
  }),
});

export const LobbyScreenView = z.strictObject({
  ...branchHead,
  /** Newest first. */
  calls: z.array(
    z.strictObject({
      key: z.string(),
      number: z.string(),
      counterName: LocalText,
      counterNumber: z.int().nullable(),
      at: Instant,
    }),
  ),
  queues: z.array(z.strictObject({ name: LocalText, waiting: z.int() })),
  notice: LocalText,
  hours: LocalText,
  hotline: LocalText,
  side: LobbyScreenSide,
});

/**
 * One zone's loudspeaker (DV3, HW5): the sound at `url` first, then `speech` by the operating system's voice. The
 * speaker window reports back by `announcement-played` and `audio-outputs`.
 */
export const VoiceView = z.strictObject({
  zone: z.strictObject({ id: Id, name: z.string() }),
  /** Label of the sound output to play to; null: the PC's standard one. */
  output: z.string().nullable(),
  announcement: z
    .strictObject({
      id: z.string(),
      url: z.string().nullable(),
      /** All that is heard. */
      text: z.string(),
      speech: z.strictObject({ text: z.string(), language: Language }).nullable(),
    })
    .nullable(),
});

const PaperText = z.strictObject({
  kind: z.literal('text'),
  text: z.string(),
  width: z.int(),
  height: z.int(),
  align: z.enum(['left', 'centre', 'right']),
  bold: z.boolean(),
});

/** Dots as the print head of an 80 mm printer puts them: 576 in a row of paper. */
const PaperPicture = z.strictObject({
  kind: z.literal('picture'),
  widthDots: z.int().min(1).max(576),
  heightDots: z.int().min(1).max(2304),
  /**
   * Rows of `ceil(widthDots / 8)` bytes one after the other, highest bit left, bit 1 black; in base64. Empty where
   * so many pictures were printed that only the newest are sent.
   */
  dots: z.base64().max(240_000),
  align: z.enum(['left', 'centre', 'right']),
});

/** Simulated hardware as the bench window draws it. */
export const BenchView = z.strictObject({
  printers: z.array(
    z.strictObject({
      deviceId: Id,
      fault: z.string().nullable(),
      /** Newest first. */
      papers: z.array(
        z.strictObject({
          key: z.string(),
          lines: z.array(
            z.union([
              PaperText,
              z.strictObject({ kind: z.literal('qr'), payload: z.string() }),
              PaperPicture,
            ]),
          ),
          cut: z.boolean(),
        }),
      ),
    }),
  ),
  boards: z.array(
    z.strictObject({
      deviceId: Id,
      title: LocalText,
      fault: z.string().nullable(),
      lit: z.boolean(),
      width: z.int(),
      height: z.int(),
      areas: z.array(
        z.strictObject({
          id: z.int(),
          x: z.int(),
          y: z.int(),
          width: z.int(),
          height: z.int(),
          text: z.string(),
          effect: z.string(),
        }),
      ),
    }),
  ),
  keypads: z.array(
    z.strictObject({
      deviceId: Id,
      title: LocalText,
      fault: z.string().nullable(),
      prompt: z.string(),
      levels: z.array(LocalText),
    }),
  ),
  readers: z.array(z.strictObject({ deviceId: Id, fault: z.string().nullable() })),
  faults: z.strictObject({
    printer: z.array(z.string()),
    board: z.array(z.string()),
    keypad: z.array(z.string()),
    reader: z.array(z.string()),
  }),
});

export const VIEWS = {
  kiosk: KioskView,
  reader: ReaderView,
  'sign-in': SignInView,
  teller: TellerView,
  lobby: LobbyView,
  'lobby-screen': LobbyScreenView,
  voice: VoiceView,
  'voice-packs': VoicePacksView,
  bench: BenchView,
  setup: SetupView,
  guidance: GuidanceView,
  hardware: HardwareView,
  'device-log': DeviceLogView,
  'rating-screen': RatingScreenView,
  'counter-list': CounterListView,
  stations: StationsView,
  'link-state': LinkStateView,
} as const;

export type ViewName = keyof typeof VIEWS;
export type View<V extends ViewName> = z.infer<(typeof VIEWS)[V]>;

/** Which part of a view: those of a teller and of a rating screen are of one counter, a log is of one device, the voice of one zone. */
export const ViewArgs = z.strictObject({
  counterId: Id.optional(),
  deviceId: Id.optional(),
  zoneId: Id.optional(),
});
export type ViewArgs = z.infer<typeof ViewArgs>;
