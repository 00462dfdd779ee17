import type { Behaviour } from '../plans/plan.schema.ts';
import type { TaskDialect } from '../providers/task-dialect.ts';

/** Whether a provider of tasks can misbehave as a plan says. */
export function isPlayable({ ends, makes, block, downloads, callbacks }: TaskDialect, behaviour: Behaviour): boolean {
  const { fault, delivery } = behaviour;
  if (delivery !== undefined) return false;
  switch (fault?.kind) {
    case 'task_failed':
      return ends.includes('failed');
    case 'task_expired':
      return ends.includes('expired');
    case 'task_cancelled':
      return ends.includes('cancelled');
    case 'content_block':
      return fault.where === 'output' ? ends.includes('blocked') : block !== undefined;
    case 'huge_image':
      return makes === 'image';
    case 'url_to_private_address':
      return downloads?.partOf === undefined || downloads.pathOf !== undefined;
    case 'callback_forged':
      return callbacks?.forgeries.includes(fault.how) ?? false;
    case 'text_instead':
    case 'partial_failure':
      return false;
    default:
      return true;
  }
}
