import type { TFunction } from 'i18next';
import type { LocalText } from '#core/wire/fields.ts';
import type { Alarm } from './alarm-action.ts';

/**
 * One sentence of an alarm: what happened, what it means, what to do.
 * @param t the words of the lobby screen
 */
export function alarmText(
  t: TFunction<'lobby'>,
  alarm: Alarm,
  local: (text: LocalText | null) => string,
): string {
  const subject = local(alarm.subject);
  switch (alarm.kind) {
    case 'not-printed': {
      const isUncertain = alarm.facts.certainty === 'uncertain';
      return t(isUncertain ? 'alarms.perhapsNotPrinted' : 'alarms.notPrinted', { ...alarm.facts });
    }
    case 'cue': {
      const signs = local({ zh: `${alarm.facts.signsZh || ' '}`, en: `${alarm.facts.signsEn || ' '}` });
      const details = [String(alarm.facts.number), signs.trim(), String(alarm.facts.note)];
      return t(`alarms.cue.${alarm.facts.action}`, {
        subject,
        details: details.filter(detail => detail !== '').join(' · '),
      });
    }
    case 'device-down':
      return t('alarms.device-down', {
        device: alarm.facts.deviceName || t(`device.${alarm.facts.deviceKind}`),
        where: subject === '' ? '' : t('alarms.where', { name: subject }),
        reason:
          alarm.code === null
            ? ''
            : t('errorWithCode', { sentence: t(`errors.${alarm.code}`), code: alarm.code }),
      });
    default:
      return t(`alarms.${alarm.kind}`, { ...alarm.facts, subject });
  }
}
