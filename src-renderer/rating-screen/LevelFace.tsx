/** How good the level is that has a straight mouth, from 0 to 1: the third of four. */
const FAIR = 1 / 3;

/** A face from content to sorry: the sign of a level, so that it reads without its colour and its words. */
export function LevelFace({ place, count }: { readonly place: number; readonly count: number }) {
  const mood = count > 1 ? 1 - place / (count - 1) : 1;
  // Only what is below "fair" looks sorry: the middle levels are neither.
  const smile = mood >= FAIR ? (mood - FAIR) / (1 - FAIR) : (mood - FAIR) / FAIR;
  const corner = 16 - smile * 1.5;
  const middle = 16 + smile * 4.5;
  const meaning = mood > 0.6 ? 'well' : mood > 0.2 ? 'soon' : 'late';
  return (
    <svg
      viewBox="0 0 24 24"
      className="level-face"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      aria-hidden="true"
      style={{ color: `var(--foyer-${meaning})` }}
    >
      <circle cx="12" cy="12" r="10" />
      <path d="M8.5 8.6v1.6M15.5 8.6v1.6" strokeWidth={2.2} />
      <path d={`M7.5 ${corner}Q12 ${middle} 16.5 ${corner}`} />
    </svg>
  );
}
