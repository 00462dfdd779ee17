import { z } from 'zod';
import { isCallbackFault, isRefusalFault, isUnclearFault, isConnectionFault, type Fault } from './fault.schema.ts';

/** Which requests a plan is for. `callback` means the callbacks of a task, and is decided when it is submitted. */
export const planTargetSchema = z.enum(['submit', 'poll', 'list', 'cancel', 'download', 'callback']);
export type PlanTarget = z.output<typeof planTargetSchema>;

const onlyFor: Partial<Record<Fault['kind'], readonly PlanTarget[]>> = {
  not_found: ['poll', 'cancel', 'download'],
  unknown_status: ['poll'],
  cancel_conflict: ['cancel'],
  list_empty: ['list'],
  reset: ['poll', 'list', 'cancel', 'download'],
  malformed_json: ['submit', 'poll', 'list', 'cancel'],
  internal_error_with_key: ['submit', 'poll', 'list', 'cancel'],
  url_expired: ['submit', 'download'],
};

/** Whether a fault can happen to such a request. */
export function isFaultFor(fault: Fault, on: PlanTarget): boolean {
  const targets = onlyFor[fault.kind];
  if (targets) return targets.includes(on);
  if (isCallbackFault(fault)) return on === 'callback';
  if (isRefusalFault(fault) || isUnclearFault(fault) || isConnectionFault(fault)) return on !== 'callback';
  return on === 'submit';
}
