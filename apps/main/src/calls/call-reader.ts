import type { Call } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { findLateArtifacts } from '../artifacts/artifact.queries.ts';
import { presentArtifact } from '../artifacts/present-artifact.ts';
import type { CallNews } from '../events/call-news.ts';
import { notFound } from '../problems/problem-error.ts';
import { findCall } from './find-call.queries.ts';
import { presentCall } from './present-call.ts';
import type { ShownCall } from './shown-call.ts';

export interface CallReader {
  pool: Pool;
  callNews: CallNews;
  /** Where clients reach this API; known for sure once the server listens. */
  baseUrl: () => string;
}

/** An account's call as users see it; the one 404 where it has none with this id. */
export async function readCall(reader: CallReader, accountId: string, callId: string): Promise<Call> {
  const [call] = await presentCalls(reader, await findCall(reader.pool, [callId, accountId]));
  if (call === undefined) throw notFound();
  return call;
}

/** Calls of one account as users see them, with the paid results that came after their end. */
export async function presentCalls({ pool, baseUrl }: CallReader, rows: readonly ShownCall[]): Promise<Call[]> {
  const callsWithLateArtifacts = rows.filter((row) => row.has_late_artifacts).map(({ id }) => id);
  const lateArtifacts =
    callsWithLateArtifacts.length === 0 ? [] : await findLateArtifacts(pool, [callsWithLateArtifacts]);
  return rows.map((row) => {
    const ownArtifacts = lateArtifacts.filter((artifact) => artifact.call_id === row.id);
    return presentCall(
      row,
      baseUrl(),
      ownArtifacts.map((artifact) => presentArtifact(artifact, baseUrl())),
    );
  });
}
