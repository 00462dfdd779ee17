import { preparedQuery } from '../database/prepared-query.ts';
import type { Pool } from '@darkroom/platform-postgres';
import { fileName } from '../artifacts/file-name.ts';

/** A result of a batch's call, under the name that it has in the archive. */
export interface BatchFile {
  name: string;
  objectKey: string;
  bytes: number;
  createdAt: Date;
}

interface BatchFileRow {
  integration: string;
  operation: string;
  prompt: string | null;
  batch_position: number;
  attempt: number;
  position: number;
  object_key: string;
  bytes: number;
  created_at: Date;
}

const filesInPage = 500;

/** batch, account, and the place of the last file of the page before: its call's in the batch, its attempt, its own; limit. */
const findBatchFiles = preparedQuery<[string, string, number, number, number, number], BatchFileRow>(
  'find-batch-files',
  `select calls.integration, calls.operation, calls.input ->> 'prompt' as prompt, calls.batch_position,
     artifacts.attempt, artifacts.position, artifacts.object_key, artifacts.bytes, artifacts.created_at
   from calls join artifacts on artifacts.call_id = calls.id
   where calls.batch_id = $1 and calls.account_id = $2 and artifacts.removed_at is null
     and (calls.batch_position, artifacts.attempt, artifacts.position) > ($3, $4, $5)
   order by calls.batch_position, artifacts.attempt, artifacts.position
   limit $6`,
);

/** All files that a batch's calls have produced so far and that are still stored, in the order of the calls, page by page. */
export async function* listBatchFiles(
  pool: Pool,
  accountId: string,
  { id, calls }: { id: string; calls: number },
): AsyncGenerator<BatchFile> {
  const digits = String(calls).length;
  let last = { batch_position: -1, attempt: 0, position: 0 };
  for (;;) {
    const { batch_position, attempt, position } = last;
    const rows = await findBatchFiles(pool, [id, accountId, batch_position, attempt, position, filesInPage]);
    yield* rows.map((row) => toBatchFile(row, digits));
    const end = rows.at(-1);
    if (end === undefined || rows.length < filesInPage) return;
    last = end;
  }
}

/** The place of its call comes first, so that the files stand in the batch's order and no two have one name. */
function toBatchFile(row: BatchFileRow, digits: number): BatchFile {
  const place = String(row.batch_position + 1).padStart(digits, '0');
  const again = row.attempt > 1 ? `-${row.attempt}` : '';
  return {
    name: `${place}${again}-${fileName({ ...row, objectKey: row.object_key })}`,
    objectKey: row.object_key,
    bytes: row.bytes,
    createdAt: row.created_at,
  };
}
