import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { TestStep } from '#core/wire/views-hardware.ts';
import { useErrorText, useLocalText } from '../../kit/i18n.ts';
import { isRecord } from '../form/parts.ts';
import type { Hardware } from './HardwarePage.tsx';
import type { DeviceState } from './health.ts';

/** Devices and what is known of them, in the language on screen. */
export function useDeviceWords(view: Hardware) {
  const { t } = useTranslation('setup');
  const local = useLocalText();
  const errorText = useErrorText();

  const counterText = useCallback(
    (counterId: unknown) => {
      const counter = view.counters.find(({ id }) => id === counterId);
      return counter ? local(counter.name) : t('hardware.hall');
    },
    [view.counters, local, t],
  );
  /** Its name; else what it is and where. */
  const deviceName = useCallback(
    (kind: string, entry: unknown): string => {
      if (!isRecord(entry)) return '';
      if (typeof entry.name === 'string' && entry.name !== '') return entry.name;
      const where = entry.counterId === undefined ? String(entry.id ?? '') : counterText(entry.counterId);
      return `${t(`hardware.kinds.${kind}`)} ${where}`;
    },
    [t, counterText],
  );
  const stateText = useCallback(
    (device: DeviceState | undefined): string => {
      if (!device?.health) return t('hardware.unknown');
      const { status, code } = device.health;
      return code === null ? t(`hardware.status.${status}`) : errorText({ code: code as ErrorCode });
    },
    [t, errorText],
  );
  /** One sentence for a step of a self-test: what was tried, how it went, what was found. */
  const stepText = useCallback(
    ({ step, outcome, code, facts }: TestStep): string => {
      const name = t(`hardware.steps.${step}`, { defaultValue: step });
      const found = Object.entries(facts).map(([name, value]) =>
        t([`hardware.facts.${name}`, 'hardware.fact'], {
          name,
          value: t(`hardware.values.${value}`, { defaultValue: String(value) }),
        }),
      );
      const went = t(`hardware.outcomes.${outcome}`);
      const reason = code === null ? '' : errorText({ code: code as ErrorCode, facts });
      return t('hardware.step', { name, went, rest: [reason, ...found].filter(Boolean).join(' ') }).trim();
    },
    [t, errorText],
  );
  return { counterText, deviceName, stateText, stepText };
}
