import { useTranslation } from 'react-i18next';
import type { DocumentProblem } from '#core/documents/check-document.ts';
import { Sign } from '../kit/signs.tsx';
import type { Change } from './changes.ts';
import type { Field } from './form/shape.ts';
import { problemsAt } from './setup-context.ts';
import { useWords } from './words.ts';

export type Page =
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'hardware' }
  | { readonly kind: 'stations' }
  | { readonly kind: 'versions' }
  | { readonly kind: 'json' }
  | { readonly kind: 'recording' };

/** The parts of the document, each with how much in it was changed and is wrong. */
export function SectionNav(props: {
  readonly sections: readonly Field[];
  readonly page: Page;
  readonly changes: readonly Change[];
  readonly problems: readonly DocumentProblem[];
  readonly onChoose: (page: Page) => void;
}) {
  const { t } = useTranslation('setup');
  const { fieldName } = useWords();
  const { page, onChoose } = props;
  const entry = (target: Page, label: string, marks: React.ReactNode) => {
    const isHere =
      page.kind === target.kind &&
      (page.kind !== 'section' || target.kind !== 'section' || page.name === target.name);
    return (
      <button
        key={label}
        type="button"
        aria-current={isHere ? 'page' : undefined}
        onClick={() => onChoose(target)}
      >
        <span>{label}</span>
        {marks}
      </button>
    );
  };
  return (
    <nav className="setup-nav" aria-label={t('nav.label')}>
      {props.sections.map(({ name }) => {
        const wrong = problemsAt(props.problems, [name], 'inside').length;
        const changed = props.changes.filter(({ path }) => path[0] === name).length;
        return entry(
          { kind: 'section', name },
          fieldName(name),
          <span className="setup-nav-marks">
            {changed > 0 && <em title={t('nav.changed', { count: changed })}>{changed}</em>}
            {wrong > 0 && (
              <strong title={t('nav.wrong', { count: wrong })}>
                <Sign meaning="broken" /> {wrong}
              </strong>
            )}
          </span>,
        );
      })}
      <hr />
      {entry({ kind: 'hardware' }, t('hardware.nav'), null)}
      {entry({ kind: 'stations' }, t('stations.title'), null)}
      {entry({ kind: 'recording' }, t('nav.recording'), null)}
      {entry({ kind: 'versions' }, t('nav.versions'), null)}
      {entry({ kind: 'json' }, t('nav.json'), null)}
    </nav>
  );
}
