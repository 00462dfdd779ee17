import { z } from 'zod';

export const taskStatesParamsSchema = z.strictObject({
  externalIds: z
    .array(z.string().trim().min(1).max(512))
    .min(1)
    .max(100)
    .describe("The provider's ids of the tasks, as calls tell them in `externalId`."),
});
