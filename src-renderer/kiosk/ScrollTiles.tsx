import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Tiles that may be more than the screen holds: then a large button turns to the next ones, and back. */
export function ScrollTiles({ className, children }: { className: string; children: ReactNode }) {
  const { t } = useTranslation('kiosk');
  const frame = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ needed: false, atEnd: false });

  const measure = useCallback(() => {
    const element = frame.current;
    if (!element) return;
    const hiddenBelow = element.scrollHeight - element.clientHeight - element.scrollTop;
    setScroll({ needed: element.scrollHeight - element.clientHeight > 2, atEnd: hiddenBelow <= 2 });
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [measure]);

  const turn = () => {
    const element = frame.current;
    element?.scrollTo({
      top: scroll.atEnd ? 0 : element.scrollTop + element.clientHeight,
      behavior: 'smooth',
    });
  };
  return (
    <div className="kiosk-scroll">
      <div ref={frame} className={className} onScroll={measure}>
        {children}
      </div>
      {scroll.needed && (
        <button type="button" className="kiosk-more" onClick={turn}>
          {t(scroll.atEnd ? 'moreAbove' : 'moreBelow')}
        </button>
      )}
    </div>
  );
}
