import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { patienceSeconds } from '../load/within-patience.ts';
import { getJson } from '../rig/json-requests.ts';

const lookEveryMs = 250;
const pageSize = 100;

const callSchema = z.object({
  id: z.string(),
  status: z.string(),
  waitingFor: z.string().optional(),
  completedAt: z.string().optional(),
});
const pageSchema = z.object({ items: z.array(callSchema), nextCursor: z.string().nullable() });

/** A call, as far as a measurement looks at it. */
export type AccountCall = z.infer<typeof callSchema>;

export interface Asked {
  readonly pool: Dispatcher;
  readonly headers: Record<string, string>;
  /** In milliseconds since 1970, by the clock of this machine, which is also that of the database. */
  readonly createdAfter: number;
  readonly signal: AbortSignal;
}

/** Waits until none of an account's calls since then is under way, and answers all of them. */
export async function readEndedCalls(asked: Asked, count: number): Promise<AccountCall[]> {
  // A second for each call is far more than one takes in a crowd; a call whose task Temporal lost takes longer than that by itself.
  const seconds = patienceSeconds + count;
  const giveUpAt = performance.now() + seconds * 1000;
  for (;;) {
    const [open] = (await readPage(asked, '&status=pending&status=processing&limit=1')).items;
    if (open === undefined) return readAll(asked);
    if (performance.now() > giveUpAt)
      throw new Error(`After ${seconds} s a call is still under way: ${describe(open)}.`);
    await delay(lookEveryMs, undefined, { signal: asked.signal });
  }
}

async function readAll(asked: Asked): Promise<AccountCall[]> {
  const calls: AccountCall[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await readPage(asked, `&limit=${pageSize}${cursor && `&cursor=${cursor}`}`);
    calls.push(...page.items);
    cursor = page.nextCursor;
  }
  return calls;
}

async function readPage({ pool, headers, createdAfter }: Asked, query: string): Promise<z.infer<typeof pageSchema>> {
  const since = encodeURIComponent(new Date(createdAfter).toISOString());
  const { status, body } = await getJson(pool, `/v1/calls?createdAfter=${since}${query}`, headers);
  const page = pageSchema.safeParse(body);
  if (page.success) return page.data;
  throw new Error(`Expected a page of calls, got ${status}: ${JSON.stringify(body).slice(0, 1_000)}`);
}

function describe({ id, status, waitingFor = 'nothing' }: AccountCall): string {
  return `${id} is ${status} and waits for ${waitingFor}`;
}
