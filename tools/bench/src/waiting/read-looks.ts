import { request } from 'undici';
import { z } from 'zod';

/** When the provider was asked about one task, in milliseconds since 1970. */
export interface TaskLooks {
  readonly submittedAt: number;
  readonly looks: readonly number[];
}

const time = z.iso.datetime().transform((text) => Date.parse(text));
const submissionsSchema = z.object({
  items: z.array(z.object({ at: time, accepted: z.boolean(), polls: z.object({ at: z.array(time) }).optional() })),
});

/** Reads what the simulator counted of the tasks with this text in their prompt. */
export async function readLooks(simulatorUrl: string, match: string): Promise<TaskLooks[]> {
  const answer = await request(`${simulatorUrl}/control/submissions?match=${encodeURIComponent(match)}`);
  const { items } = submissionsSchema.parse(await answer.body.json());
  return items.filter(({ accepted }) => accepted).map(({ at, polls }) => ({ submittedAt: at, looks: polls?.at ?? [] }));
}
