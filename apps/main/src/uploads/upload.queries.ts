import { preparedQuery } from '../database/prepared-query.ts';
import type { UploadRow } from '../database/schema.ts';

/** id, account. */
export const findUpload = preparedQuery<[string, string], UploadRow>(
  'find-upload',
  'select * from uploads where id = $1 and account_id = $2',
);

/** id, account, content type, width, height, seconds, bytes, sha256, source artifacts. */
export const insertUpload = preparedQuery<
  [string, string, string, number, number, number | null, number, string, readonly string[] | null],
  UploadRow
>(
  'insert-upload',
  `insert into uploads (id, account_id, content_type, width, height, duration_seconds, bytes, sha256, source_artifact_ids)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
);

/** ids, account: those of them that are artifacts of the account, whether or not their bytes are still there. */
export const findOwnArtifactIds = preparedQuery<[string[], string], { id: string }>(
  'find-own-artifact-ids',
  'select id from artifacts where id = any($1) and account_id = $2',
);
