import { preparedQuery } from '../database/prepared-query.ts';

/** ids: those of them that retention has removed. */
export const findRemovedArtifacts = preparedQuery<[readonly string[]], { id: string }>(
  'find-removed-artifacts',
  'select id from artifacts where id = any($1) and removed_at is not null',
);
