import type { RetentionKind } from '@darkroom/contract';
import { removeArtifacts, type ArtifactsRemoving } from './remove-artifacts.ts';
import { removeEvents } from './remove-events.ts';
import { removeHistories, type HistoriesRemoving } from './remove-histories.ts';
import type { RemovePage } from './retention.ts';

/** What removes each kind, a step at a time. */
export function createRemovers(removing: ArtifactsRemoving & HistoriesRemoving): Record<RetentionKind, RemovePage> {
  return {
    events: (olderThan, cursor) => removeEvents(removing.database, olderThan, cursor),
    artifacts: (olderThan, cursor) => removeArtifacts(removing, olderThan, cursor),
    histories: (olderThan, cursor) => removeHistories(removing, olderThan, cursor),
  };
}
