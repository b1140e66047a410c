import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { StationsDesk } from './StationsDesk.tsx';

/** The PCs of the branch over another screen: to look, and to decide. */
export function StationsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('kit');
  return (
    <Modal
      open
      className="stations-modal"
      width="min(1240px, 94vw)"
      footer={null}
      onCancel={onClose}
      title={t('stations.title')}
    >
      <StationsDesk changes={false} />
    </Modal>
  );
}
