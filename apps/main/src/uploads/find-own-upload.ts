import { isId, uploadKey } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { ContentFile } from '../media/send-content.ts';
import { notFound } from '../problems/problem-error.ts';
import { findUpload } from './upload.queries.ts';

export interface UploadReading {
  pool: Pool;
  objectKeyPrefix: string;
}

/** Where an account's upload is and what it is; a 404 where it has no such one. */
export async function findOwnUpload(
  { pool, objectKeyPrefix: prefix }: UploadReading,
  accountId: string,
  id: string,
): Promise<ContentFile> {
  const [upload] = isId('upl', id) ? await findUpload(pool, [id, accountId]) : [];
  if (upload === undefined) throw notFound();
  const { content_type: contentType, bytes, sha256 } = upload;
  return { objectKey: uploadKey({ prefix, accountId, uploadId: id }), contentType, bytes, sha256 };
}
