import { z } from 'zod';

const externalIds = z.array(z.string().min(1).max(512)).max(500);

/** `POST /internal/external-ids`: which tasks of a provider belong to a submission that `main` knows. */
export const externalIdsQuerySchema = z.strictObject({
  integration: z.string().min(1).max(100),
  credentialId: z.string().min(1).max(200),
  externalIds,
});
export type ExternalIdsQuery = z.infer<typeof externalIdsQuerySchema>;

export const claimedExternalIdsSchema = z.object({ claimed: externalIds });
export type ClaimedExternalIds = z.infer<typeof claimedExternalIdsSchema>;
