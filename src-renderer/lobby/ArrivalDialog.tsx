import { Button, Input, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localTimeOf, minuteToText } from '#core/queue/local-time.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText, useLocalText } from '../kit/i18n.ts';
import { useBriefly } from '../staff/use-briefly.ts';
import type { LobbyView } from './alarm-action.ts';
import { textToMinute } from './arrival-fields.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { type Notice, useDeed } from './use-deed.ts';
import './arrival.css';

const STATES = ['free', 'busy', 'down'] as const;
/** The code of a booking has to be read out to the customer. */
const BOOKED_SHOWN_MS = 60_000;

/** TK1, TK8: what the machines can do now, and who comes when. */
export function ArrivalDialog(props: {
  readonly view: LobbyView;
  readonly now: number;
  readonly onClose: () => void;
}) {
  const { view, now, onClose } = props;
  const { machines, appointments, opening, today } = view.arrival;
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const { deed, notice, isBusy } = useDeed();
  const wall = (at: number) => {
    const { date, minute } = localTimeOf(at, view.timeZone);
    return `${date} ${minuteToText(minute)}`;
  };

  return (
    <Modal open width={900} footer={null} onCancel={onClose} title={t('arrival.heading')}>
      <div className="arrival">
        <section>
          <h3>{t('arrival.machines')}</h3>
          {machines.map(machine => (
            <div className="arrival-machine" key={machine.machineId}>
              <span>
                <strong>{local(machine.name)}</strong>
                <small>{local(machine.place)}</small>
              </span>
              <Segmented
                value={machine.state}
                disabled={isBusy}
                options={STATES.map(state => ({ value: state, label: t(`arrival.state.${state}`) }))}
                onChange={state =>
                  void deed(
                    'set-self-service-state',
                    { machineId: machine.machineId, state },
                    t('arrival.stateSet', { name: local(machine.name), state: t(`arrival.state.${state}`) }),
                  )
                }
              />
            </div>
          ))}
          <p className="dialog-line">
            {t('arrival.figures', { ...today, missed: today.appointmentsMissed })}
          </p>
          {!opening.isOpen && <p className="dialog-line">{t('arrival.closed')}</p>}
        </section>
        <section>
          <BookingForm view={view} now={now} />
          <h3>{t('arrival.appointments')}</h3>
          <div className="arrival-list">
            {appointments.length === 0 && <p className="dialog-line">{t('arrival.none')}</p>}
            {appointments.map(one => (
              <div className="arrival-appointment" key={one.appointmentId}>
                <span>
                  <strong className="foyer-number">{wall(one.startsAt)}</strong> {local(one.business)}
                  <small className="foyer-number">
                    {one.code} · {one.contact ?? t('arrival.noPhone')}
                  </small>
                </span>
                <Button
                  disabled={isBusy}
                  onClick={() =>
                    void deed(
                      'cancel-appointment',
                      { appointmentId: one.appointmentId },
                      t('arrival.cancelled', { code: one.code }),
                    )
                  }
                >
                  {t('arrival.cancel')}
                </Button>
              </div>
            ))}
          </div>
        </section>
      </div>
      <NoticeLine notice={notice} />
    </Modal>
  );
}

/** A time for a business; the code is shown for a minute, to be told to the customer. */
function BookingForm({ view, now }: { readonly view: LobbyView; readonly now: number }) {
  const { t } = useTranslation('lobby');
  const local = useLocalText();
  const errorText = useErrorText();
  const { run, busyType } = useCommand();
  const [outcome, showOutcome] = useBriefly<Notice>(BOOKED_SHOWN_MS);
  const [businessId, setBusinessId] = useState(view.businesses[0]?.id ?? '');
  const today = localTimeOf(now, view.timeZone).date;
  const [date, setDate] = useState(today);
  const [time, setTime] = useState('10:00');
  const [phone, setPhone] = useState('');
  const minute = textToMinute(time);
  const digits = phone.replace(/[\s-]/g, '');
  const isReady = minute !== null && date >= today && (digits === '' || /^\d{7,15}$/.test(digits));

  const book = async () => {
    if (minute === null) return;
    const args = { businessId, date, minute, phone: digits === '' ? null : digits };
    const result = await run('book-appointment', args);
    if (!result.ok) return showOutcome({ isGood: false, text: errorText(result.error) });
    setPhone('');
    showOutcome({ isGood: true, text: t('arrival.booked', { date, time, code: result.value.code }) });
  };

  return (
    <form
      className="arrival-booking"
      onSubmit={event => {
        event.preventDefault();
        void book();
      }}
    >
      <h3>{t('arrival.book')}</h3>
      <Select
        aria-label={t('arrival.business')}
        value={businessId}
        onChange={setBusinessId}
        options={view.businesses.map(({ id, name }) => ({ value: id, label: local(name) }))}
      />
      <div className="arrival-when">
        <Input
          type="date"
          aria-label={t('arrival.date')}
          min={today}
          value={date}
          onChange={event => setDate(event.target.value)}
        />
        <Input
          type="time"
          aria-label={t('arrival.time')}
          value={time}
          onChange={event => setTime(event.target.value)}
        />
      </div>
      <div className="arrival-when">
        <Input
          type="tel"
          aria-label={t('arrival.phone')}
          placeholder={t('arrival.phone')}
          maxLength={20}
          value={phone}
          onChange={event => setPhone(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={!isReady || busyType !== null}>
          {t('arrival.bookIt')}
        </Button>
      </div>
      <NoticeLine notice={outcome} />
    </form>
  );
}
