import type { ReactNode } from 'react';

/** The meanings a colour can have; each has its own shape, so that it reads without colour. */
export type Meaning = 'waiting' | 'soon' | 'late' | 'broken' | 'well';

const SHAPES: Readonly<Record<Meaning, ReactNode>> = {
  waiting: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  soon: (
    <>
      <rect x="3.5" y="3.5" width="17" height="17" rx="4" />
      <path d="M12 8v5M12 16.5v.1" />
    </>
  ),
  late: <path d="M12 3 22 20H2zM12 9.5v5M12 17v.1" />,
  broken: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m8.5 8.5 7 7m0-7-7 7" />
    </>
  ),
  well: <path d="m4.5 12.5 5 5 10-11" />,
};

/** A sign in its meaning's colour, as high as the text around it. The words beside it say the same. */
export function Sign({ meaning, size = '1.1em' }: { meaning: Meaning; size?: string | number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ color: `var(--foyer-${meaning})`, flex: 'none', verticalAlign: '-0.18em' }}
    >
      {SHAPES[meaning]}
    </svg>
  );
}
