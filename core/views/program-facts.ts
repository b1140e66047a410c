import type { Right } from '../branch/bank-document.ts';
import type { View } from '../wire/views.ts';

/** What a view shows beyond the state: facts of the running program, passed in by the host. */
export interface ProgramFacts {
  readonly now: number;
  readonly upload: View<'lobby'>['upload'];
  /** Since when the upload has been in its present state. */
  readonly uploadSince: number;
  /** What people call a device; empty or missing: it has no name of its own. */
  readonly deviceName?: (deviceId: string) => string;
  /** Of whoever looks, where a view shows more to some than to others. */
  readonly rights?: ReadonlySet<Right>;
}
