import { createHash } from 'node:crypto';
import { createId } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { PublicApi } from './public-api.ts';
import { photo } from './upload-files.ts';

interface ArtifactToStore {
  callId: string;
  objectStore?: Pick<ObjectStore, 'put'> | undefined;
  accountId?: string;
  contentType?: string;
  /** Which submission made it. Default 1. */
  attempt?: number;
  /** Its place among the results of its submission, from 0. */
  position?: number;
  /** Default: a small picture. */
  bytes?: Buffer;
}

/** An artifact of a call, as a worker's report leaves it; its bytes are stored where an object store is given. */
export async function storeArtifact(
  { database }: Pick<PublicApi, 'database'>,
  artifact: ArtifactToStore,
): Promise<{ id: string; bytes: Buffer; sha256: string }> {
  const { callId, objectStore, accountId = 'alpha', contentType = 'image/png', attempt = 1, position = 0 } = artifact;
  const bytes = artifact.bytes ?? (await photo('png'));
  const id = createId('art');
  const key = `test/${accountId}/${callId}/${attempt}-${position}.png`;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await objectStore?.put({ key, bytes, contentType });
  await database
    .insertInto('artifacts')
    .values({
      id,
      account_id: accountId,
      call_id: callId,
      attempt,
      position,
      object_key: key,
      content_type: contentType,
      width: 2,
      height: 3,
      bytes: bytes.length,
      sha256,
    })
    .execute();
  return { id, bytes, sha256 };
}
