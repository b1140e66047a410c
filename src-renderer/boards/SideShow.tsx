import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage, useLocalText } from '../kit/i18n.ts';
import { pageAfter, type Side, type SidePage, sidePages } from './side-pages.ts';
import './side-show.css';

/** A video is cut off after this long: no file may keep the rates from the wall. */
const LONGEST_VIDEO_MS = 180_000;

/** DV4: rates, pictures and videos in turn; stands still while a call has the screen, or nothing is live. */
export function SideShow({ side, paused }: { readonly side: Side; readonly paused: boolean }) {
  const pages = sidePages(side);
  const [key, setKey] = useState<string | null>(null);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const shown =
    pages.find(page => page.key === key && !broken.has(page.key)) ?? pageAfter(pages, key, broken);
  const latest = useRef({ pages, broken });
  latest.current = { pages, broken };
  const shownKey = shown?.key ?? null;
  const turn = () => setKey(pageAfter(latest.current.pages, shownKey, latest.current.broken)?.key ?? null);
  const turnLatest = useRef(turn);
  turnLatest.current = turn;

  const kind = shown?.kind;
  useEffect(() => {
    if (paused || shownKey === null) return;
    const shownMs = kind === 'video' ? LONGEST_VIDEO_MS : side.secondsPerPage * 1000;
    const timer = setTimeout(() => turnLatest.current(), shownMs);
    return () => clearTimeout(timer);
  }, [paused, shownKey, kind, side.secondsPerPage]);

  if (!shown) return <section className="board-card side-show" aria-hidden />;
  const skip = () => setBroken(before => new Set(before).add(shown.key));
  return (
    <section className="board-card side-show" key={shown.key}>
      {shown.kind === 'rates' && <RatePage table={shown.table} secondLanguage={side.secondLanguage} />}
      {shown.kind === 'picture' && <img src={shown.url} alt="" onError={skip} />}
      {shown.kind === 'video' && (
        <SideVideo url={shown.url} paused={paused} onEnd={() => turnLatest.current()} onError={skip} />
      )}
    </section>
  );
}

function SideVideo(props: {
  readonly url: string;
  readonly paused: boolean;
  readonly onEnd: () => void;
  readonly onError: () => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    // A browser may refuse to play; the page turns by its time all the same.
    if (props.paused) video.current?.pause();
    else void video.current?.play().catch(() => {});
  }, [props.paused]);
  // Silent: the voice of the hall belongs to the calls.
  return (
    <video ref={video} src={props.url} muted playsInline onEnded={props.onEnd} onError={props.onError} />
  );
}

function RatePage(props: {
  readonly table: Extract<SidePage, { kind: 'rates' }>['table'];
  readonly secondLanguage: boolean;
}) {
  const { table, secondLanguage } = props;
  const { t } = useTranslation('boards');
  const text = useLocalText();
  const { language } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div className="rates">
      <h2>
        {text(table.title)} {secondLanguage && <small>{table.title[other]}</small>}
      </h2>
      <table>
        <thead>
          <tr>
            <td />
            {table.columns.map(column => (
              <th key={column.zh} scope="col">
                {text(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(row => (
            <tr key={row.name.zh}>
              <th scope="row">
                {text(row.name)} {secondLanguage && <small>{row.name[other]}</small>}
              </th>
              {row.values.map((value, index) => (
                <td key={table.columns[index]?.zh ?? index} className="foyer-number">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('ratesSince', { date: table.date })}</p>
    </div>
  );
}
