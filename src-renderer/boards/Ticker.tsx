import { useLayoutEffect, useRef, useState } from 'react';

/** Reading pace of a moving line, in pixels a second on a 1080-line screen. */
const PIXELS_PER_SECOND = 90;

/** A notice on one line: still when it fits, moving slowly when it does not. */
export function Ticker({ text }: { text: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLSpanElement>(null);
  const [durationSeconds, setDurationSeconds] = useState<number | null>(null);

  useLayoutEffect(() => {
    const measure = () => {
      const width = line.current?.offsetWidth ?? 0;
      const room = frame.current?.clientWidth ?? 0;
      setDurationSeconds(width > room ? (width + room) / PIXELS_PER_SECOND : null);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [text]);

  return (
    <div ref={frame} className={`board-ticker ${durationSeconds === null ? '' : 'board-ticker-moving'}`}>
      <span
        ref={line}
        style={durationSeconds === null ? undefined : { animationDuration: `${durationSeconds}s` }}
      >
        {text}
      </span>
    </div>
  );
}
