import type { LedProtocolEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { createAlphaProtocol } from './alpha-protocol.ts';
import { type FrameTemplate, parseLedTemplate } from './frame-template.ts';
import { createTemplateProtocol } from './frame-template-protocol.ts';
import type { LedProtocol } from './led-protocol.ts';
import { createModbusProtocol } from './modbus-protocol.ts';
import { onbonProtocol } from './onbon-protocol.ts';
import { SHIPPED_LED_TEMPLATES } from './shipped-templates.ts';
import { createAlphaReceiver } from './simulator/alpha-signs.ts';
import { createFamilySimulator, type FamilyReceiver } from './simulator/board-family.ts';
import { createLedSimulator, type LedSimulator } from './simulator/led-simulator.ts';
import { createModbusReceiver } from './simulator/modbus-boards.ts';
import { createTemplateReceiver } from './simulator/template-boards.ts';

/** Templates by id, as read from JSON: the shipped ones and a bank's own. */
export type LedTemplates = Readonly<Record<string, unknown>>;

/**
 * The language that device settings name.
 * @param templates a bank's own, from `<data>/led-templates`; they come before shipped ones of the same id
 * @returns L208 with `field` when the template is not valid or not there (`field` = `protocol.templateId`)
 */
export function createLedProtocol(
  entry: LedProtocolEntry,
  templates: LedTemplates = {},
): Result<LedProtocol> {
  switch (entry.kind) {
    case 'onbon-5k6k':
      return ok(onbonProtocol);
    case 'modbus':
      return ok(createModbusProtocol(entry.map));
    case 'alpha':
      return ok(createAlphaProtocol(entry));
    case 'template': {
      const template = findTemplate(entry.templateId, templates);
      return template.ok ? ok(createTemplateProtocol(template.value)) : template;
    }
  }
}

/**
 * Simulated boards that speak the language that device settings name.
 * @returns L208 as `createLedProtocol`
 */
export function createBoardSimulator(
  entry: LedProtocolEntry,
  addresses: readonly number[],
  clock: DriverClock,
  templates: LedTemplates = {},
): Result<LedSimulator> {
  const family = (receiver: FamilyReceiver): Result<LedSimulator> =>
    ok(createFamilySimulator({ addresses, clock, receiver }));
  switch (entry.kind) {
    case 'onbon-5k6k':
      return ok(createLedSimulator({ addresses, clock }));
    case 'modbus':
      return family(createModbusReceiver(entry.map));
    case 'alpha':
      return family(createAlphaReceiver());
    case 'template': {
      const template = findTemplate(entry.templateId, templates);
      return template.ok ? family(createTemplateReceiver(template.value)) : template;
    }
  }
}

/** The checked template of this id. */
export function findTemplate(templateId: string, templates: LedTemplates): Result<FrameTemplate> {
  const all = { ...SHIPPED_LED_TEMPLATES, ...templates };
  if (!Object.hasOwn(all, templateId))
    return fail('L208', { field: 'protocol.templateId', reason: 'unknown' });
  return parseLedTemplate(all[templateId]);
}
