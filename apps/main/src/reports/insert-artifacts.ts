import type { StoredArtifact } from '@darkroom/contract';
import type { Transaction } from 'kysely';
import type { LockedCall } from '../calls/lock-call.ts';
import type { Database } from '../database/schema.ts';

/** Records stored results of a call; one that was recorded before stays as it is. Answers how many are new. */
export async function insertArtifacts(
  transaction: Transaction<Database>,
  call: LockedCall,
  { artifacts, late }: { artifacts: readonly StoredArtifact[]; late: boolean },
): Promise<number> {
  if (artifacts.length === 0) return 0;
  const inserted = await transaction
    .insertInto('artifacts')
    .values(
      artifacts.map((artifact) => ({
        id: artifact.artifactId,
        account_id: call.account_id,
        call_id: call.id,
        attempt: artifact.attempt,
        position: artifact.position,
        object_key: artifact.objectKey,
        content_type: artifact.contentType,
        width: artifact.width ?? null,
        height: artifact.height ?? null,
        duration_seconds: artifact.durationSeconds ?? null,
        frame_rate: artifact.frameRate ?? null,
        role: artifact.role ?? null,
        bytes: artifact.bytes,
        sha256: artifact.sha256,
        late,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return inserted.length;
}
