import { z } from 'zod';

/** What a signed link says behind its path, and when it is read. */
export interface ReadLink {
  accountId: string;
  expiresAt: Date;
  signature: string;
  now: Date;
}

const querySchema = z.object({
  account: z.string().max(64),
  expires: z.string().regex(/^\d{1,11}$/),
  signature: z.string().max(64),
});

/** Reads the query of a signed link, whose signature is not checked yet. Undefined where it is none. */
export function readSignedLink(query: unknown): ReadLink | undefined {
  const link = querySchema.safeParse(query).data;
  if (link === undefined) return undefined;
  const { account: accountId, expires, signature } = link;
  return { accountId, expiresAt: new Date(Number(expires) * 1000), signature, now: new Date() };
}
