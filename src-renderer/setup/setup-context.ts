import { createContext, useContext } from 'react';
import type { DocumentProblem } from '#core/documents/check-document.ts';
import type { Path } from './form/parts.ts';

/** What every field of the form needs: the draft, how to change it, and what is wrong with it. */
export interface Editing {
  readonly document: unknown;
  readonly problems: readonly DocumentProblem[];
  readonly change: (path: Path, part: unknown) => void;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('useEditing needs an EditingProvider around it');
  return editing;
}

/** Problems at this place itself, or also inside it. */
export function problemsAt(
  problems: readonly DocumentProblem[],
  path: Path,
  where: 'itself' | 'inside',
): readonly DocumentProblem[] {
  return problems.filter(
    problem =>
      path.every((key, index) => String(problem.path[index]) === String(key)) &&
      (where === 'inside' || problem.path.length === path.length),
  );
}
