import { z } from 'zod';

/**
 * A ticket as a person would describe it, before any printer command: the hand-over between the rules that
 * write the text (TK7) and the driver that knows the bytes.
 */
export const PaperLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    /** At least as long as any text of the bank document with its mark in front. */
    text: z.string().max(500),
    align: z.enum(['left', 'centre', 'right']),
    /** 1 to 8: multiplies width and height of the characters. */
    size: z.int().min(1).max(8),
    bold: z.boolean(),
  }),
  /** A QR code; the payload is printable ASCII. */
  z.strictObject({ kind: z.literal('qr'), payload: z.string().regex(/^[\x20-\x7e]{1,300}$/) }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('feed'), lines: z.int().min(1).max(10) }),
]);
export type PaperLine = z.infer<typeof PaperLine>;

/** One ticket's worth of paper, top to bottom; the printer feeds and cuts after it. */
export const TicketPaper = z.strictObject({ lines: z.array(PaperLine).min(1).max(60) });
export type TicketPaper = z.infer<typeof TicketPaper>;
