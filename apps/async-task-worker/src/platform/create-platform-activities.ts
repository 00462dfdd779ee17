import type { Activities } from '../integrations/load-worker-side.ts';
import { createBatchActivities } from './batches/batch-activities.ts';
import type { PlatformContext } from './platform-context.ts';

/** The activities of Darkroom's own workflows, by name: a folder beside this file for each subject. */
export function createPlatformActivities(context: PlatformContext): Activities {
  return { ...createBatchActivities(context) };
}
