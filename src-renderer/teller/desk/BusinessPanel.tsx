import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalText } from '../../kit/i18n.ts';
import type { TellerView } from '../bar-state.ts';
import { Panel } from './Panel.tsx';
import { useDigits } from './use-digits.ts';

/** One business of a list: for a walk-in (CS9), or one more for the ticket in hand (TK10). */
export function BusinessPanel(props: {
  readonly heading: string;
  readonly hint: string;
  readonly businesses: TellerView['desk']['businesses'];
  readonly onChoose: (businessId: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('teller');
  const local = useLocalText();
  // Those of this window first: they get the digits.
  const ordered = [
    ...props.businesses.filter(business => business.isServedHere),
    ...props.businesses.filter(business => !business.isServedHere),
  ];
  const choose = (index: number) => {
    const business = ordered[index];
    if (business) props.onChoose(business.id);
  };
  useDigits(ordered.length, choose);
  return (
    <Panel
      heading={props.heading}
      hint={props.hint}
      submitLabel={null}
      isComplete={false}
      onSubmit={() => {}}
      onClose={props.onClose}
    >
      <div className="panel-reasons desk-businesses">
        {ordered.map(({ id, name, isServedHere }, index) => (
          <Button key={id} size="large" onClick={() => choose(index)}>
            {index < 9 && <kbd>{index + 1}</kbd>} {local(name)}
            {!isServedHere && <small>{t('desk.elsewhere')}</small>}
          </Button>
        ))}
      </div>
    </Panel>
  );
}
