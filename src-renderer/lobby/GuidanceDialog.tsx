import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '#core/wire/views.ts';
import { useView } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { LobbyView } from './alarm-action.ts';
import { findBusinesses } from './business-search.ts';
import './guidance.css';

type Guide = View<'guidance'>['businesses'][number];

/** LB4: what to fill and bring for each business, printable, with what each parked customer still lacks. */
export function GuidanceDialog(props: { readonly lobby: LobbyView; readonly onClose: () => void }) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { value: view } = useView('guidance');
  const [search, setSearch] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const found = findBusinesses(view?.businesses ?? [], search);
  const chosen = found.find(business => business.id === chosenId) ?? found[0];

  return (
    <Modal open width={980} footer={null} onCancel={props.onClose} title={t('floor.guidance.heading')}>
      <div className="guidance">
        <div className="guidance-list">
          <Input
            autoFocus
            allowClear
            size="large"
            aria-label={t('floor.guidance.search')}
            placeholder={t('floor.guidance.search')}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
          <div className="guidance-scroll">
            {view && found.length === 0 && <p className="box-empty">{t('floor.issue.none')}</p>}
            {found.map(business => (
              <button
                key={business.id}
                type="button"
                aria-pressed={business.id === chosen?.id}
                onClick={() => setChosenId(business.id)}
              >
                {local(business.name)}
              </button>
            ))}
          </div>
        </div>
        <div className="guidance-sheet">
          {view && chosen && <GuideSheet guide={chosen} view={view} />}
          <div className="guidance-foot">
            <ParkedLines lobby={props.lobby} />
            <Button size="large" type="primary" disabled={!chosen} onClick={() => window.print()}>
              {t('floor.guidance.print')}
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}

/** The sheet itself: all that is printed. */
function GuideSheet({ guide, view }: { readonly guide: Guide; readonly view: View<'guidance'> }) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  return (
    <article className="guide-sheet">
      <header>
        {local(view.bankName)} · {local(view.branchName)}
      </header>
      <h3>{local(guide.name)}</h3>
      <h4>{t('floor.guidance.bring')}</h4>
      {guide.documents.length === 0 ? (
        <p>{t('floor.guidance.nothing')}</p>
      ) : (
        <ul>
          {guide.documents.map(paper => (
            <li key={paper.zh}>☐ {local(paper)}</li>
          ))}
        </ul>
      )}
      <h4>{t('floor.guidance.forms')}</h4>
      {guide.forms.length === 0 && <p>{t('floor.guidance.noForms')}</p>}
      {guide.forms.map(form => (
        <section key={form.name.zh}>
          <strong>{local(form.name)}</strong>
          <ol>
            {form.fill.map(line => (
              <li key={line.zh}>{local(line)}</li>
            ))}
          </ol>
        </section>
      ))}
      <footer>{local(view.hotline)}</footer>
    </article>
  );
}

function ParkedLines({ lobby }: { readonly lobby: LobbyView }) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  return (
    <fieldset className="guidance-parked" aria-label={t('floor.guidance.parked')}>
      {lobby.floor.parked.map(({ ticketId, missing }) => {
        const number = lobby.tickets.find(ticket => ticket.ticketId === ticketId)?.number ?? '';
        const papers = missing.filter(paper => !paper.isHere).map(paper => local(paper.name));
        return (
          <p key={ticketId}>
            <Sign meaning={papers.length === 0 ? 'well' : 'waiting'} />{' '}
            {papers.length === 0
              ? t('floor.guidance.allHere', { number })
              : t('floor.guidance.waitingFor', { number, papers: papers.join('、') })}
          </p>
        );
      })}
    </fieldset>
  );
}
