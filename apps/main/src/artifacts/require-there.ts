import type { ArtifactRow } from '../database/schema.ts';
import { ProblemError } from '../problems/problem-error.ts';

/** Throws the 410 where retention has removed the artifact's bytes. */
export function requireThere({ removed_at: removedAt, call_id: callId }: ArtifactRow): void {
  if (removedAt === null) return;
  const detail = `Its bytes were deleted at ${removedAt.toISOString()}, after the time that this server keeps them. What is known of it is in its call, ${callId}; a retry of that call makes new ones.`;
  throw new ProblemError('artifact_removed', detail);
}
