import { preparedQuery } from '../database/prepared-query.ts';
import type { UploadRow } from '../database/schema.ts';

/** id, account. */
export const findUpload = preparedQuery<[string, string], UploadRow>(
  'find-upload',
  'select * from uploads where id = $1 and account_id = $2',
);

/** Ids, account. */
export const findUploads = preparedQuery<[string[], string], Pick<UploadRow, 'id' | 'content_type'>>(
  'find-uploads',
  'select id, content_type from uploads where id = any($1) and account_id = $2',
);

/** id, account, content type, width, height, seconds, bytes, sha256. */
export const insertUpload = preparedQuery<
  [string, string, string, number, number, number | null, number, string],
  UploadRow
>(
  'insert-upload',
  `insert into uploads (id, account_id, content_type, width, height, duration_seconds, bytes, sha256)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
);
