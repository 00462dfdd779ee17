import { z } from 'zod';

/** What `POST /v1/session` answers. The session itself is in the cookie, which no script can read. */
export const newSessionSchema = z.object({
  accountId: z.string(),
  expiresAt: z.iso.datetime().describe('When it ends by itself.'),
});
export type NewSession = z.infer<typeof newSessionSchema>;

/** What `GET /v1/session` answers. */
export const sessionStateSchema = z.object({
  accountId: z.string().describe('The account that this request acts for.'),
  signedInBy: z
    .enum(['key', 'session', 'local'])
    .describe('`local`: a request of this machine, where none needs a key.'),
  uploads: z
    .object({ maxImageBytes: z.int(), maxVideoBytes: z.int() })
    .describe('How large an upload may be here, in bytes.'),
  workflowsUrl: z
    .url()
    .optional()
    .describe(
      "Where Temporal's Web UI shows workflows, for people: a workflow's id is appended. Only where it is known.",
    ),
});
export type SessionState = z.infer<typeof sessionStateSchema>;
