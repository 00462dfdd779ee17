import type { Upload } from '@darkroom/contract';
import type { UploadRow } from '../database/schema.ts';

/** An upload as its owner sees it. */
export function presentUpload(row: UploadRow): Upload {
  return {
    id: row.id,
    contentType: row.content_type,
    width: row.width,
    height: row.height,
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
    bytes: row.bytes,
    sha256: row.sha256,
    ...(row.source_artifact_ids !== null && { sourceArtifactIds: row.source_artifact_ids }),
    createdAt: row.created_at.toISOString(),
  };
}
