import { z } from 'zod';
import { Id, Instant, LocalText } from './fields.ts';

/** Shapes of the lobby's part of the views (LB2, LB4, DV4). */

/** What the lobby manager has set going, for their own screen. */
export const LobbyFloor = z.strictObject({
  /** Marked as left, newest first, as long as it can be taken back. */
  left: z.array(z.strictObject({ ticketId: Id, number: z.string(), business: LocalText, at: Instant })),
  asks: z.array(
    z.strictObject({
      askId: Id,
      kind: z.enum(['open', 'come']),
      /** The window that was asked; null for a colleague. */
      counterId: Id.nullable(),
      /** The window's name, or the colleague's. */
      whom: LocalText,
      /** Who asked. */
      by: LocalText,
      note: z.string(),
      at: Instant,
      answer: z.enum(['coming', 'cannot', 'withdrawn']).nullable(),
      answeredAt: Instant.nullable(),
    }),
  ),
  incidents: z.array(
    z.strictObject({
      incidentId: Id,
      kind: z.enum(['complaint', 'emergency']),
      text: z.string(),
      ticketNumber: z.string(),
      by: LocalText,
      at: Instant,
    }),
  ),
  /** Others who are signed in and can be called; `place`: the window they are on. */
  colleagues: z.array(
    z.strictObject({ staffNumber: z.string(), name: LocalText, place: LocalText.nullable() }),
  ),
  care: z.array(z.strictObject({ ticketId: Id, reasonId: Id, reason: LocalText })),
  /** What each parked customer lacks (LB4, CS7). */
  parked: z.array(
    z.strictObject({
      ticketId: Id,
      /** The window that parked it. */
      counterName: LocalText,
      missing: z.array(z.strictObject({ id: Id, name: LocalText, isHere: z.boolean() })),
      note: z.string(),
    }),
  ),
});
export type LobbyFloor = z.infer<typeof LobbyFloor>;

/** A quiet line on a colleague's screen: somebody asks for the window to open, or for the colleague to come. */
export const AskLine = z.strictObject({
  askId: Id,
  kind: z.enum(['open', 'come']),
  by: LocalText,
  note: z.string(),
  at: Instant,
  answer: z.enum(['coming', 'cannot', 'withdrawn']).nullable(),
});
export type AskLine = z.infer<typeof AskLine>;

/** For the sign-in page of a window, before anybody is on it. */
export const OpenAsk = z.strictObject({ counterId: Id, by: LocalText, at: Instant });
export type OpenAsk = z.infer<typeof OpenAsk>;

/** LB4: what to fill and to bring. A view of its own: it is long and changes with the bank document only. */
export const GuidanceView = z.strictObject({
  bankName: LocalText,
  branchName: LocalText,
  timeZone: z.string(),
  hotline: LocalText,
  businesses: z.array(
    z.strictObject({
      id: Id,
      name: LocalText,
      group: LocalText,
      documents: z.array(LocalText),
      forms: z.array(z.strictObject({ name: LocalText, fill: z.array(LocalText) })),
    }),
  ),
});

/** What the lobby screen shows beside the calls (DV4). */
export const LobbyScreenSide = z.strictObject({
  notices: z.array(LocalText),
  secondLanguage: z.boolean(),
  secondsPerPage: z.int(),
  /** Only those in force today. */
  rates: z.array(
    z.strictObject({
      title: LocalText,
      date: z.string(),
      columns: z.array(LocalText),
      rows: z.array(z.strictObject({ name: LocalText, values: z.array(z.string()) })),
    }),
  ),
  playlist: z.array(z.strictObject({ url: z.string(), kind: z.enum(['picture', 'video']) })),
});
export type LobbyScreenSide = z.infer<typeof LobbyScreenSide>;
