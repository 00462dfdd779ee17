import type { ExternalIdsQuery } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Those of a provider's task ids that a submission with these credentials was told, whosever call it is. */
export async function findClaimedExternalIds(
  database: Kysely<Database>,
  { integration, credentialId, externalIds }: ExternalIdsQuery,
): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const rows = await database
    .selectFrom('submissions')
    .innerJoin('calls', 'calls.id', 'submissions.call_id')
    .select('submissions.external_id')
    .distinct()
    .where('submissions.credential_id', '=', credentialId)
    .where('submissions.external_id', 'in', externalIds)
    .where('calls.integration', '=', integration)
    .execute();
  return rows.flatMap(({ external_id }) => (external_id === null ? [] : [external_id]));
}
