import type { BankDocument } from '../branch/bank-document.ts';
import type { DeviceSettings } from '../wire/device-settings.ts';

/** What cannot be in device settings although every field alone is right. */
export interface DeviceProblem {
  /** Where, like `keypads.2.counterId`. */
  readonly field: string;
  readonly problem:
    | 'same-id'
    | 'same-port'
    | 'same-address'
    | 'unknown-counter'
    | 'counter-taken'
    | 'hall-taken';
  /** The other one, or the name that is not known. */
  readonly detail: string;
}

/** Collects who holds what, and tells of the second one that wants it. */
interface Register {
  take(field: string, problem: DeviceProblem['problem'], key: string, owner: string): void;
}

/**
 * Finds what stands in the way of these settings in this branch: ids, ports and addresses used twice, counters that
 * are not there or have a keypad already. Empty when they can be.
 */
export function deviceProblems(settings: DeviceSettings, document: BankDocument): DeviceProblem[] {
  const problems: DeviceProblem[] = [];
  const owners = new Map<string, string>();
  const register: Register = {
    take(field, problem, key, owner) {
      const first = owners.get(`${problem} ${key}`);
      if (first === undefined) owners.set(`${problem} ${key}`, owner);
      else problems.push({ field, problem, detail: first });
    },
  };
  const counterIds = new Set(document.counters.map(counter => counter.id));
  const know = (field: string, counterId: string | null) => {
    if (counterId !== null && !counterIds.has(counterId))
      problems.push({ field, problem: 'unknown-counter', detail: counterId });
  };
  const takeId = (field: string, id: string) => register.take(`${field}.id`, 'same-id', id, id);

  for (const [index, { id, connection }] of settings.printers.entries()) {
    const field = `printers.${index}`;
    takeId(field, id);
    takePort(register, `${field}.connection`, connection, id);
  }
  for (const [index, { id, port, boards }] of settings.ledBuses.entries()) {
    const field = `ledBuses.${index}`;
    takeId(field, id);
    takePort(register, `${field}.port`, port, id);
    for (const [place, board] of boards.entries()) {
      takeId(`${field}.boards.${place}`, board.id);
      know(`${field}.boards.${place}.counterId`, board.counterId);
      register.take(
        `${field}.boards.${place}.address`,
        'same-address',
        `${id} ${board.address}`,
        board.name || board.id,
      );
    }
  }
  for (const [index, { id, counterId, connection }] of settings.keypads.entries()) {
    const field = `keypads.${index}`;
    takeId(field, id);
    know(`${field}.counterId`, counterId);
    register.take(`${field}.counterId`, 'counter-taken', counterId, id);
    if (typeof connection === 'object') takePort(register, `${field}.connection`, connection, id);
  }
  for (const [index, { id, counterIds: spokenFor }] of settings.voices.entries()) {
    const field = `voices.${index}`;
    takeId(field, id);
    if (spokenFor === null) register.take(`${field}.counterIds`, 'hall-taken', 'hall', id);
    for (const counterId of spokenFor ?? []) {
      know(`${field}.counterIds`, counterId);
      register.take(`${field}.counterIds`, 'counter-taken', `voice ${counterId}`, id);
    }
  }
  for (const [index, { id, connection }] of settings.readers.entries()) {
    takeId(`readers.${index}`, id);
    takePort(register, `readers.${index}.connection`, connection, id);
  }
  return problems;
}

/** A line belongs to one device. Windows' COM names do not tell large letters from small ones. */
function takePort(
  register: Register,
  field: string,
  port: { readonly kind: string; readonly [name: string]: unknown },
  owner: string,
): void {
  const key = portKey(port);
  if (key !== null) register.take(`${field}.${key.field}`, 'same-port', key.name, owner);
}

function portKey(port: {
  readonly kind: string;
  readonly [name: string]: unknown;
}): { field: string; name: string } | null {
  const text = (name: string) => String(port[name] ?? '');
  switch (port.kind) {
    case 'serial':
    case 'usb-lp':
      return { field: 'path', name: plainPath(text('path')) };
    case 'tcp':
      return { field: 'host', name: `${text('host').toLowerCase()}:${text('port')}` };
    case 'spooler':
      return { field: 'printer', name: `spooler ${text('printer')}` };
    case 'network':
      return { field: 'workNumber', name: `evaluator ${text('port')} ${text('workNumber')}` };
    default:
      return null;
  }
}

/** `com3` for `COM3` and `\\\\.\\COM3`; other paths are as they are. */
export function plainPath(path: string): string {
  const com = /^(?:\\\\\.\\)?(com\d+)$/i.exec(path)?.[1];
  return com === undefined ? path : com.toLowerCase();
}
