import { preparedQuery } from '../database/prepared-query.ts';

/** What an input may name by its id. */
export interface NamedMedia {
  id: string;
  content_type: string;
  /** What an upload was made from; an artifact is its own. */
  source_artifact_ids: string[] | null;
}

/** ids, account: those of them that are uploads of the account, or artifacts whose bytes are there. */
export const findNamedMedia = preparedQuery<[string[], string], NamedMedia>(
  'find-named-media',
  `select id, content_type, source_artifact_ids from uploads where id = any($1) and account_id = $2
   union all
   select id, content_type, array[id] as source_artifact_ids from artifacts where id = any($1) and account_id = $2 and removed_at is null`,
);
