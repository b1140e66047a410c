import { Sign } from '../kit/signs.tsx';
import type { Notice } from './use-deed.ts';
import './notice.css';

/** A line that keeps its place and says how the last deed went. */
export function NoticeLine({ notice }: { readonly notice: Notice | null }) {
  return (
    <div className="notice" role="status" data-good={notice?.isGood ?? true}>
      {notice && (
        <>
          <Sign meaning={notice.isGood ? 'well' : 'broken'} /> <span title={notice.text}>{notice.text}</span>
        </>
      )}
    </div>
  );
}
