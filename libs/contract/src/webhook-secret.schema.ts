import { z } from 'zod';

const maxOverlapSeconds = 30 * 24 * 3600;

/** The body of `POST /v1/account/webhook-secret`. */
export const renewWebhookSecretSchema = z
  .strictObject({
    overlapSeconds: z
      .number()
      .nonnegative()
      .max(maxOverlapSeconds)
      .default(24 * 3600)
      .describe(
        'For how long the secrets before it still sign too; a day where it is left out. With 0 all of them end.',
      ),
  })
  .prefault({});

/** What is known of the secret that an account's webhooks are signed with; never the secret itself. */
export const webhookSecretStateSchema = z.object({
  exists: z.boolean().describe('Without one, webhooks are signed with the Ed25519 key only.'),
  createdAt: z.iso.datetime().optional(),
  previousUntil: z.iso.datetime().optional().describe('Until when an earlier secret signs too.'),
  publicKey: z.string().describe("The account's Ed25519 key, `whpk_…`: for receivers that cannot keep a secret."),
  publicKeysUrl: z.url().describe('Where the key is published.'),
});
export type WebhookSecretState = z.infer<typeof webhookSecretStateSchema>;

/** A new secret, shown this once. */
export const newWebhookSecretSchema = webhookSecretStateSchema.extend({
  secret: z.string().describe('`whsec_…`: keep it; it is not shown again.'),
});
export type NewWebhookSecret = z.infer<typeof newWebhookSecretSchema>;

/** `GET /.well-known/webhook-keys.json`. */
export const webhookKeysSchema = z.object({
  keys: z.array(z.object({ algorithm: z.literal('ed25519'), signature: z.literal('v1a'), publicKey: z.string() })),
});
export type WebhookKeys = z.infer<typeof webhookKeysSchema>;
