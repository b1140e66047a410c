import { useEffect, useRef } from 'react';

/** Speech that peaks here makes a good recording. */
const GOOD_FROM_DB = -24;
const TOO_LOUD_DB = -2;

/** How loud the microphone hears, drawn as often as the screen. */
export function LevelMeter({ levelDb, label }: { levelDb: () => number; label: string }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      const level = levelDb();
      if (bar.current) {
        bar.current.style.width = `${((level + 60) / 60) * 100}%`;
        bar.current.dataset.range =
          level >= TOO_LOUD_DB ? 'too-loud' : level >= GOOD_FROM_DB ? 'good' : 'quiet';
      }
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [levelDb]);
  return (
    <div className="recording-meter" role="img" aria-label={label}>
      <div ref={bar} />
    </div>
  );
}
