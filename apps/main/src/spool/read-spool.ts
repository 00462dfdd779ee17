import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

export interface SpoolEntry {
  bytes: number;
  sha256: string;
  /** Reads a piece at a time. */
  content: AsyncIterable<Buffer>;
}

export async function readSpool(
  database: Kysely<Database>,
  callId: string,
  attempt: number,
): Promise<SpoolEntry | undefined> {
  const entry = await database
    .selectFrom('spool')
    .select(['bytes', 'sha256'])
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt)
    .executeTakeFirst();
  return entry === undefined ? undefined : { ...entry, content: readChunks(database, callId, attempt) };
}

async function* readChunks(database: Kysely<Database>, callId: string, attempt: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const chunk = await database
      .selectFrom('spool_chunks')
      .select('data')
      .where('call_id', '=', callId)
      .where('attempt', '=', attempt)
      .where('position', '=', position)
      .executeTakeFirst();
    if (chunk === undefined) return;
    yield chunk.data;
  }
}
