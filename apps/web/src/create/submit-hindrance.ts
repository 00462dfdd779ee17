import type { Faults } from './check-values.ts';
import type { PendingFile } from './file-queue.ts';
import type { Field } from './form-model.ts';

type Pending = Pick<PendingFile, 'state'> & { field: Pick<Field, 'name'> };

interface Entered {
  fields: readonly Pick<Field, 'name'>[];
  faults: Faults;
  pending: readonly Pending[];
}

/**
 * What stands against a call of what was entered: a file that is still on its way, or something that a person has to mend. A file that did not get
 * through was wanted too: without it another call would be paid for.
 */
export function hindranceOf({ fields, faults, pending }: Entered): 'fault' | 'upload' | undefined {
  const shown = pending.filter(({ field }) => fields.some(({ name }) => name === field.name));
  if (shown.some(({ state }) => state !== 'stopped')) return 'upload';
  return Object.keys(faults).length + shown.length > 0 ? 'fault' : undefined;
}
