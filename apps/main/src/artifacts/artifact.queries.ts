import { preparedQuery } from '../database/prepared-query.ts';
import type { ArtifactRow } from '../database/schema.ts';

/** id, account. */
export const findArtifact = preparedQuery<[string, string], ArtifactRow>(
  'find-artifact',
  'select * from artifacts where id = $1 and account_id = $2',
);

/** Ids of calls. */
export const findLateArtifacts = preparedQuery<[string[]], ArtifactRow>(
  'find-late-artifacts',
  'select * from artifacts where call_id = any($1) and late order by attempt, position',
);

export interface NamedArtifact extends ArtifactRow {
  integration: string;
  operation: string;
  prompt: string | null;
}

/** id, account: an artifact with what its file is named after. */
export const findNamedArtifact = preparedQuery<[string, string], NamedArtifact>(
  'find-named-artifact',
  `select artifacts.*, calls.integration, calls.operation, calls.input ->> 'prompt' as prompt
   from artifacts join calls on calls.id = artifacts.call_id
   where artifacts.id = $1 and artifacts.account_id = $2`,
);
