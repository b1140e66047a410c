import { Button, Drawer, Input, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalText } from '#core/wire/fields.ts';
import type { Commands } from '../../kit/hooks.ts';
import { useErrorText } from '../../kit/i18n.ts';
import { Sign } from '../../kit/signs.tsx';
import type { Family, FormSettings } from './device-form.ts';
import type { Hardware } from './HardwarePage.tsx';
import { LearnPanel } from './LearnPanel.tsx';
import { LearnSerialKey } from './LearnSerialKey.tsx';

type Found = Hardware['search']['found'][number];

/** Looks for devices on this PC and, when asked to, on its network; what is found becomes a device with one key. */
export function FindDrawer(props: {
  readonly view: Hardware;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTake: (family: Family, filled: FormSettings) => void;
  readonly run: Commands['run'];
  /** Names of the rating levels, best first: the keys to press when a keypad is learned. */
  readonly levels: readonly LocalText[];
}) {
  const { view, run } = props;
  const { search } = view;
  const { t } = useTranslation('setup');
  const errorText = useErrorText();
  const [addresses, setAddresses] = useState('');
  const [publisher, setPublisher] = useState('');
  const [refusal, setRefusal] = useState('');

  const find = async (searchNetwork: boolean) => {
    setRefusal('');
    const done = await run('find-devices', {
      searchNetwork,
      addresses: addresses
        .split(/[\s,;，；]+/)
        .filter(Boolean)
        .slice(0, 32),
      publishers: /^wss?:\/\/./.test(publisher) ? [publisher] : [],
    });
    if (!done.ok) setRefusal(errorText(done.error));
  };
  const learn = async (address: string, baudRate: number | null) => {
    setRefusal('');
    const profileId = freshProfile(view.keypadProfiles);
    const done = await run('learn-keypad', { address, profileId, baudRate });
    if (!done.ok) setRefusal(errorText(done.error));
  };
  return (
    <Drawer open={props.isOpen} onClose={props.onClose} size="large" title={t('hardware.find')}>
      <div className="hardware-find">
        <p>{t('hardware.findHint')}</p>
        <label htmlFor="find-addresses">{t('hardware.addresses')}</label>
        <Input
          id="find-addresses"
          value={addresses}
          placeholder="192.168.1.20"
          onChange={event => setAddresses(event.target.value)}
        />
        <label htmlFor="find-publisher">{t('hardware.publisher')}</label>
        <Input
          id="find-publisher"
          value={publisher}
          placeholder="ws://127.0.0.1:5846/xfs4iot/v1.0"
          onChange={event => setPublisher(event.target.value)}
        />
        <div className="hardware-keys">
          <Button type="primary" loading={search.isRunning} onClick={() => void find(false)}>
            {t('hardware.findHere')}
          </Button>
          <Button disabled={search.isRunning} onClick={() => void find(true)}>
            {t('hardware.findNetwork')}
          </Button>
          <Button
            disabled={search.isRunning || search.found.length === 0}
            onClick={() => void run('forget-found-devices', {})}
          >
            {t('hardware.forget')}
          </Button>
        </div>
        <div className="hardware-progress">
          {search.isRunning && search.total > 0 && (
            <Progress percent={Math.round((100 * search.asked) / search.total)} />
          )}
          {!search.isRunning &&
            search.endedAt !== null &&
            t('hardware.foundCount', { count: search.found.length })}
        </div>
        <div role="alert">{refusal}</div>
        <LearnPanel {...props} />
        <ul className="hardware-found">
          {search.found.map(found => (
            <li key={found.key}>
              <div>
                <strong>{t(`hardware.foundKinds.${found.kind}`)}</strong> <code>{found.address}</code>
                <span className="hardware-quiet"> {found.label}</span>
              </div>
              {found.usedBy !== null ? (
                <span>
                  <Sign meaning="well" /> {t('hardware.usedBy', { device: found.usedBy })}
                </span>
              ) : (
                <span className="hardware-keys">
                  {found.kind === 'keypad' && found.profileId === null && (
                    <Button
                      size="small"
                      disabled={!view.isChangeable}
                      onClick={() => void learn(found.address, null)}
                    >
                      {t('hardware.learn.start')}
                    </Button>
                  )}
                  {found.kind === 'serial-port' && (
                    <LearnSerialKey
                      path={found.address}
                      disabled={!view.isChangeable}
                      onLearn={baudRate => void learn(found.address, baudRate)}
                    />
                  )}
                  {familiesFor(found).map(family => (
                    <Button
                      key={family}
                      size="small"
                      disabled={!view.isChangeable}
                      onClick={() => props.onTake(family, filledFrom(found, family))}
                    >
                      {t('hardware.takeAs', { family: t(`hardware.families.${family}`) })}
                    </Button>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
        {search.unavailable.map(line => (
          <p key={line} className="hardware-quiet">
            {t(`hardware.unavailable.${line}`, { defaultValue: line })}
          </p>
        ))}
      </div>
    </Drawer>
  );
}

function freshProfile(taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(`learned-${number}`)) number++;
  return `learned-${number}`;
}

/** A serial port may be anything; a keypad is one once its keys are known. */
function familiesFor({ kind, profileId }: Found): readonly Family[] {
  if (kind === 'printer') return ['printers'];
  if (kind === 'keypad') return profileId === null ? [] : ['keypads'];
  return ['printers', 'ledBuses', 'keypads', 'readers'];
}

/** What the settings of such a device begin with. */
function filledFrom({ connection, address, port, profileId }: Found, family: Family): FormSettings {
  const serial = { kind: 'serial', path: address, baudRate: 9600, format: '8N1' };
  switch (connection) {
    case 'serial':
      if (family === 'ledBuses') return { port: { kind: 'serial', path: address, format: '8N1' } };
      if (family === 'keypads')
        return { connection: { kind: 'serial', path: address }, profileId: 'serial-stx' };
      return { connection: serial };
    case 'hid':
      return { connection: { kind: 'hid' }, ...(profileId === null ? {} : { profileId }) };
    case 'usb-lp':
      return { connection: { kind: 'usb-lp', path: address } };
    case 'spooler':
      return { connection: { kind: 'spooler', printer: address } };
    case 'tcp':
      return { connection: { kind: 'tcp', host: address, port: port ?? 9100 } };
    case 'xfs4iot':
      return { connection: { kind: 'xfs4iot', publisher: address, service: null } };
  }
}
