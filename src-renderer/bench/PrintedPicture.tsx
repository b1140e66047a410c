import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { paintDots } from './picture-dots.ts';

/** Dots of the print head to the em of the paper's type. */
const DOTS_PER_EM = 24;

/** A picture on paper, dot for dot; grey where it was printed too long ago to be sent again. */
export function PrintedPicture({
  widthDots,
  heightDots,
  dots,
}: {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dots: string;
}) {
  const { t } = useTranslation('bench');
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    context.clearRect(0, 0, widthDots, heightDots);
    context.fillStyle = getComputedStyle(canvas.current).color;
    paintDots(dots, widthDots, heightDots, (x, y, length) => context.fillRect(x, y, length, 1));
  }, [widthDots, heightDots, dots]);
  return (
    <canvas
      ref={canvas}
      width={widthDots}
      height={heightDots}
      style={{ width: `${widthDots / DOTS_PER_EM}em`, height: `${heightDots / DOTS_PER_EM}em` }}
      data-empty={dots === ''}
      role="img"
      aria-label={t('picture')}
    />
  );
}
