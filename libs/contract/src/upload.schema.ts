import { z } from 'zod';
import { idSchema } from './identifiers.ts';

/** A file that a user brought as input, as `POST /v1/uploads` answers it. The facts are read from its bytes. */
export const uploadSchema = z.object({
  id: idSchema('upl'),
  contentType: z.string(),
  width: z.int().positive().describe('Pixels.'),
  height: z.int().positive().describe('Pixels.'),
  durationSeconds: z.number().positive().optional().describe('Videos.'),
  bytes: z.int().positive().describe('After its metadata was removed.'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sourceArtifactIds: z
    .array(idSchema('art'))
    .optional()
    .describe('The artifacts that it was made from, for instance cut out of, as whoever uploaded it said.'),
  createdAt: z.iso.datetime(),
});
export type Upload = z.infer<typeof uploadSchema>;

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2048);

/** How an input names an image or a video: by an address, by an upload, or by an artifact of an earlier call. */
export const mediaReferenceSchema = z.union(
  [address, z.strictObject({ uploadId: idSchema('upl') }), z.strictObject({ artifactId: idSchema('art') })],
  { error: 'must be an http or https URL, { "uploadId": … } or { "artifactId": … }' },
);
export type MediaReference = z.infer<typeof mediaReferenceSchema>;

/** Where the bytes of an upload are in object storage. Accounts never share a folder. */
export function uploadKey({
  prefix,
  accountId,
  uploadId,
}: {
  prefix: string;
  accountId: string;
  uploadId: string;
}): string {
  return [prefix, accountId, 'uploads', uploadId].join('/');
}
