import type { Removed, RetentionKind } from '@darkroom/contract';
import { Counter, type Registry } from 'prom-client';

/** Counts what retention removes. */
export interface RetentionMetrics {
  removed(kind: RetentionKind, removed: Removed): void;
}

export function createRetentionMetrics(registry: Registry): RetentionMetrics {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['kind'], registers: [registry] });
  const counts = counter(
    'darkroom_retention_removed_total',
    'Events, artifacts and workflow histories that retention removed.',
  );
  const bytes = counter('darkroom_retention_removed_bytes_total', 'Bytes of what retention removed.');
  return {
    removed(kind, removed) {
      counts.inc({ kind }, removed.count);
      bytes.inc({ kind }, removed.bytes);
    },
  };
}
