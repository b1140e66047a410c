import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CommandArgs } from '#core/wire/commands.ts';
import { SeveralField } from './SeveralField.tsx';

export type PcRole = CommandArgs<'join-branch'>['roles'][number];

const ROLES = ['teller', 'lobby', 'kiosk', 'board', 'manager'] as const satisfies readonly PcRole[];

/** BR1: what this PC is there for. None chosen: everything. */
export function RolesField(props: {
  readonly value: readonly PcRole[];
  readonly isDisabled: boolean;
  readonly onChange: (roles: PcRole[]) => void;
}) {
  const { t } = useTranslation('kit');
  return (
    <SeveralField isWide label={t('several.roles')} hint={t('several.rolesHint')} problem={null}>
      {({ id, 'aria-describedby': hint }) => (
        <Checkbox.Group
          aria-describedby={hint}
          className="several-roles"
          disabled={props.isDisabled}
          value={[...props.value]}
          onChange={roles => props.onChange(ROLES.filter(role => roles.includes(role)))}
        >
          {ROLES.map((role, index) => (
            <Checkbox key={role} value={role} {...(index === 0 ? { id } : {})}>
              {t(`several.role.${role}`)}
            </Checkbox>
          ))}
        </Checkbox.Group>
      )}
    </SeveralField>
  );
}
