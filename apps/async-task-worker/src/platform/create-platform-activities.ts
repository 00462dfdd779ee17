import type { Activities } from '../integrations/load-worker-side.ts';

/** The activities of Darkroom's own workflows, by name. */
export function createPlatformActivities(): Activities {
  return {};
}
