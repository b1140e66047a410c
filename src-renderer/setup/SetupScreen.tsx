import { useDeferredValue, useMemo, useState } from 'react';
import { BankDocument } from '#core/branch/bank-document.ts';
import { checkDocument } from '#core/documents/check-document.ts';
import type { View } from '#core/wire/views.ts';
import { StationsDesk } from '../stations/StationsDesk.tsx';
import { ApplyDialog } from './ApplyDialog.tsx';
import { documentChanges } from './changes.ts';
import { draftToText } from './draft.ts';
import { type Field, schemaToShape } from './form/shape.ts';
import { HardwarePage } from './hardware/HardwarePage.tsx';
import { JsonPage } from './JsonPage.tsx';
import { ListSection } from './ListSection.tsx';
import { ObjectSection } from './ObjectSection.tsx';
import { RecordingPage } from './recording/RecordingPage.tsx';
import { type Page, SectionNav } from './SectionNav.tsx';
import { type Editing, EditingProvider } from './setup-context.ts';
import { TopBar } from './TopBar.tsx';
import { useDraft } from './use-draft.ts';
import { VersionsPage } from './VersionsPage.tsx';

export type SetupViewValue = View<'setup'>;

const DOCUMENT_SHAPE = schemaToShape(BankDocument);
/** Parts of the document a person edits; its version counts by itself. */
const SECTIONS: readonly Field[] =
  DOCUMENT_SHAPE.kind === 'object' ? DOCUMENT_SHAPE.fields.filter(({ name }) => name !== 'version') : [];

/** The bank document: its parts as forms, as JSON, its versions, and bringing a new one into force. */
export function SetupScreen({ view }: { readonly view: SetupViewValue }) {
  const desk = useDraft(view.document);
  const [page, setPage] = useState<Page>({ kind: 'section', name: 'businesses' });
  const [isApplying, setApplying] = useState(false);
  // Checking and comparing a large document may lag a moment behind the typing.
  const { document, draft } = useDeferredValue(desk);
  const problems = useMemo(() => {
    const checked = checkDocument(draft === null ? document : JSON.parse(draftToText(draft)));
    return checked.ok ? [] : checked.problems;
  }, [document, draft]);
  const changes = useMemo(() => documentChanges(view.document, document), [view.document, document]);
  const editing = useMemo<Editing>(
    () => ({ document: desk.document, problems, change: desk.change }),
    [desk, problems],
  );
  const section = page.kind === 'section' ? SECTIONS.find(({ name }) => name === page.name) : undefined;
  return (
    <EditingProvider value={editing}>
      <div className="setup">
        <TopBar
          view={view}
          desk={desk}
          changes={changes}
          problems={problems}
          onApply={() => setApplying(true)}
        />
        <SectionNav
          sections={SECTIONS}
          page={page}
          changes={changes}
          problems={problems}
          onChoose={setPage}
        />
        <main className="setup-main">
          {section?.shape.kind === 'list' && (
            <ListSection
              key={section.name}
              name={section.name}
              shape={section.shape}
              view={view}
              changes={changes}
            />
          )}
          {section && section.shape.kind !== 'list' && <ObjectSection key={section.name} field={section} />}
          {page.kind === 'hardware' && <HardwarePage setup={view} />}
          {page.kind === 'stations' && (
            <section className="box setup-stations">
              <StationsDesk changes />
            </section>
          )}
          {page.kind === 'versions' && <VersionsPage view={view} desk={desk} />}
          {page.kind === 'json' && <JsonPage desk={desk} />}
          {page.kind === 'recording' && <RecordingPage />}
        </main>
        {isApplying && (
          <ApplyDialog
            view={view}
            desk={desk}
            changes={changes}
            problems={problems}
            onClose={() => setApplying(false)}
          />
        )}
      </div>
    </EditingProvider>
  );
}
