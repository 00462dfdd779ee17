import { request } from 'undici';
import { z } from 'zod';

/** One submission as the provider saw it, and when it was asked about its task, in milliseconds since 1970. */
export interface TaskLooks {
  readonly prompt: string;
  /** Undefined where the submission was refused. */
  readonly state?: string | undefined;
  readonly submittedAt: number;
  readonly looks: readonly number[];
}

const time = z.iso.datetime().transform((text) => Date.parse(text));
const submissionsSchema = z.object({
  items: z.array(
    z.object({
      at: time,
      prompt: z.string(),
      state: z.string().optional(),
      polls: z.object({ at: z.array(time) }).optional(),
    }),
  ),
});

/** Reads what the simulator counted of the submissions with this text in their prompt. */
export async function readLooks(simulatorUrl: string, match: string): Promise<TaskLooks[]> {
  const answer = await request(`${simulatorUrl}/control/submissions?match=${encodeURIComponent(match)}`);
  const { items } = submissionsSchema.parse(await answer.body.json());
  return items.map(({ at, polls, ...rest }) => ({ ...rest, submittedAt: at, looks: polls?.at ?? [] }));
}
