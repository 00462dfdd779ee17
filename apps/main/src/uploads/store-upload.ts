import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createId, uploadKey } from '@darkroom/contract';
import type { ObjectStore } from '@darkroom/platform-object-store';
import type { Pool } from '@darkroom/platform-postgres';
import type { UploadRow } from '../database/schema.ts';
import { ProblemError } from '../problems/problem-error.ts';
import type { PreparedUpload } from './prepared-upload.ts';
import { insertUpload } from './upload.queries.ts';

export interface UploadStorage {
  pool: Pool;
  objectStore: Pick<ObjectStore, 'putIfAbsent' | 'delete'>;
  /** What every object key starts with. */
  objectKeyPrefix: string;
}

const retryAfterSeconds = 5;
const bytesHashedAtOnce = 8 * 1024 * 1024;

/** Stores the bytes first: a row without its object would be a promise that cannot be kept. */
export async function storeUpload(
  { pool, objectStore, objectKeyPrefix }: UploadStorage,
  accountId: string,
  upload: PreparedUpload & { sourceArtifactIds: readonly string[] },
): Promise<UploadRow> {
  const { bytes, contentType, width, height, durationSeconds = null, sourceArtifactIds } = upload;
  const id = createId('upl');
  const key = uploadKey({ prefix: objectKeyPrefix, accountId, uploadId: id });
  const sha256 = await hashOf(bytes);
  await objectStore.putIfAbsent({ key, bytes, contentType, sha256 }).catch(explainStorage);
  try {
    const [row] = await insertUpload(pool, [
      id,
      accountId,
      contentType,
      width,
      height,
      durationSeconds,
      bytes.length,
      sha256,
      sourceArtifactIds.length > 0 ? sourceArtifactIds : null,
    ]);
    if (row === undefined) throw new Error('PostgreSQL did not return the row that it had inserted.');
    return row;
  } catch (error) {
    await objectStore.delete(key).catch((cause: unknown) => {
      throw new AggregateError([error, cause], 'The upload could not be recorded, and its bytes could not be removed.');
    });
    throw error;
  }
}

/** Lets others have their turn while a long video is hashed. */
async function hashOf(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.length; start += bytesHashedAtOnce) {
    hash.update(bytes.subarray(start, start + bytesHashedAtOnce));
    await setImmediate();
  }
  return hash.digest('hex');
}

function explainStorage(cause: unknown): never {
  const detail = 'Nothing was kept. Send the file again soon; GET /readyz says whether object storage answers.';
  throw new ProblemError('storage_unavailable', detail, { retryAfterSeconds, cause });
}
