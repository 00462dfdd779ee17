import { z } from 'zod';

/** What became of the fields of a request when it was made a call of one provider. */
export const requestFulfilmentSchema = z.object({
  type: z.enum(['image', 'video']),
  notHonoured: z
    .array(z.object({ field: z.string(), reason: z.string() }))
    .describe(
      'The fields that the provider cannot honour as they were asked for, defaults included, and what it does instead.',
    ),
  honouredAs: z
    .array(z.object({ field: z.string(), as: z.string() }))
    .describe('The fields for which the provider has no parameter, and the way in which it is told of them.'),
});
export type RequestFulfilment = z.infer<typeof requestFulfilmentSchema>;

/** The request that a call was made of, as the call shows it. */
export const requestOfCallSchema = requestFulfilmentSchema.extend({
  requestId: z.string().optional(),
  userId: z.string().optional(),
});
export type RequestOfCall = z.infer<typeof requestOfCallSchema>;
