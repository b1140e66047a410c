import type { View } from '#core/wire/views.ts';
import type { PrintedRaster, PrintedTicket } from '#drivers/printer/simulator/paper.ts';

type Paper = View<'bench'>['printers'][number]['papers'][number];
type Line = Paper['lines'][number];

/** Dots beyond the edge of the paper, and of a picture longer than any ticket, print nothing that is seen. */
const PAPER_DOTS = 576;
const LONGEST_PICTURE_DOTS = 2304;
/** Of one printer in one view. Older pictures keep their size and lose their dots. */
const PICTURE_BYTES = 192 * 1024;

/** A picture stays as it was printed: every view after the first finds its text here. */
const texts = new WeakMap<Uint8Array, { readonly dots: string; readonly bytes: number }>();

/**
 * Paper as the bench window draws it, newest first.
 * @param tickets oldest first, as a simulated printer has them
 */
export function benchPapers(tickets: readonly PrintedTicket[]): Paper[] {
  let bytesLeft = PICTURE_BYTES;
  const picture = (raster: PrintedRaster): Line[] => {
    const widthDots = Math.min(raster.widthDots, PAPER_DOTS);
    const heightDots = Math.min(raster.heightDots, LONGEST_PICTURE_DOTS);
    if (widthDots === 0 || heightDots === 0) return [];
    const { dots, bytes } = textOf(raster, widthDots, heightDots);
    const fits = bytes <= bytesLeft;
    if (fits) bytesLeft -= bytes;
    return [{ kind: 'picture', widthDots, heightDots, dots: fits ? dots : '', align: raster.align }];
  };
  return [...tickets].reverse().map(({ number, items, cut }) => ({
    key: String(number),
    cut: cut !== 'none',
    lines: items.flatMap((item): Line[] => {
      if (item.kind === 'raster') return picture(item);
      if (item.kind === 'qr') return [{ kind: 'qr', payload: item.payload }];
      return item.kind === 'text' ? [item] : [];
    }),
  }));
}

function textOf({ dots, widthDots }: PrintedRaster, shownDots: number, heightDots: number) {
  const known = texts.get(dots);
  if (known) return known;
  const rowBytes = Math.ceil(widthDots / 8);
  const shownBytes = Math.ceil(shownDots / 8);
  const shown = Buffer.alloc(shownBytes * heightDots);
  for (let row = 0; row < heightDots; row += 1)
    shown.set(dots.subarray(row * rowBytes, row * rowBytes + shownBytes), row * shownBytes);
  const made = { dots: shown.toString('base64'), bytes: shown.length };
  texts.set(dots, made);
  return made;
}
