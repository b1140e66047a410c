import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** The keys below a form of these dialogs; once it is done, only closing is left. */
export function SubmitKeys(props: {
  readonly label: string;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly isDone: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('kit');
  return (
    <div className="stations-dialog-keys">
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        disabled={!props.isReady || props.isDone}
        loading={props.isBusy}
      >
        {props.label}
      </Button>
      <Button size="large" onClick={props.onClose}>
        {t(props.isDone ? 'action.close' : 'action.cancel')}
      </Button>
    </div>
  );
}
