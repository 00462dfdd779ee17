import type { Artifact } from '@darkroom/contract';
import type { ArtifactRow } from '../database/schema.ts';
import { artifactUrl } from './artifact-url.ts';

/** An artifact as users see it. */
export function presentArtifact(row: ArtifactRow, baseUrl: string): Artifact {
  return {
    artifactId: row.id,
    contentType: row.content_type,
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
    ...(row.frame_rate !== null && { frameRate: row.frame_rate }),
    ...(row.role !== null && { role: row.role }),
    bytes: row.bytes,
    sha256: row.sha256,
    url: artifactUrl(row.id, baseUrl),
    callId: row.call_id,
    createdAt: row.created_at.toISOString(),
  };
}
