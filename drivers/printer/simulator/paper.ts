/** What a simulated printer has put on paper, in plain types that a window can draw. */

export type PaperAlign = 'left' | 'centre' | 'right';

/** One printed line; an empty text is a blank line. Mixed lines carry the modes of their first character. */
export interface PrintedText {
  readonly kind: 'text';
  readonly text: string;
  /** Times normal width, 1 to 8. */
  readonly width: number;
  /** Times normal height, 1 to 8. */
  readonly height: number;
  readonly align: PaperAlign;
  readonly bold: boolean;
}

export interface PrintedQr {
  readonly kind: 'qr';
  /** Decoded as UTF-8. */
  readonly payload: string;
  readonly moduleDots: number;
  readonly level: 'L' | 'M' | 'Q' | 'H';
  readonly align: PaperAlign;
}

/** Rows of dots: bit 1 is black, the highest bit is the left dot, each row begins a new byte. */
export interface PrintedRaster {
  readonly kind: 'raster';
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dots: Uint8Array;
  readonly align: PaperAlign;
}

export interface PrintedFeed {
  readonly kind: 'feed';
  /** In lines of normal height; may be a fraction. */
  readonly lines: number;
}

export type PrintedItem = PrintedText | PrintedQr | PrintedRaster | PrintedFeed;

/** One piece of paper, from cut to cut. */
export interface PrintedTicket {
  /** Counts the pieces since the simulator started, from 1. */
  readonly number: number;
  readonly items: readonly PrintedItem[];
  /** `none`: still in the printer. */
  readonly cut: 'none' | 'partial' | 'full';
}
