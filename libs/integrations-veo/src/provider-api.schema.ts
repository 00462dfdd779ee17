import { z } from 'zod';

/** A name becomes a path again: `models/<model>/operations/<id>`. One that would lead elsewhere is not taken. */
export const createdSchema = z
  .object({ name: z.string().regex(/^(?!\/)(?!.*\.\.)[^\s?#:\\]+$/) })
  .transform(({ name }) => name);

const sampleSchema = z.object({ video: z.object({ uri: z.url({ protocol: /^https?$/ }) }) });

const videosSchema = z.object({
  // What has no address is left out.
  generatedSamples: z
    .array(z.unknown())
    .nullish()
    .transform((samples) => (samples ?? []).flatMap((sample) => sampleSchema.safeParse(sample).data?.video.uri ?? [])),
  raiMediaFilteredReasons: z
    .array(z.string().transform((reason) => reason.slice(0, 500)))
    .nullish()
    .catch(undefined)
    .transform((reasons) => (reasons ?? []).slice(0, 10)),
  raiMediaFilteredCount: z.number().nullish().catch(undefined),
});

/** A long-running operation. `error.code` is a gRPC code. */
export const operationSchema = z.object({
  done: z.boolean().nullish(),
  error: z
    .object({ code: z.int().nullish().catch(undefined), message: z.string().nullish().catch(undefined) })
    .nullish(),
  response: z.object({ generateVideoResponse: videosSchema.nullish() }).nullish(),
});
export type Operation = z.infer<typeof operationSchema>;

const detailSchema = z.object({
  reason: z.string().optional().catch(undefined),
  retryDelay: z.string().optional().catch(undefined),
  violations: z
    .array(z.object({ quotaId: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** The error envelope of Google's APIs; `details` may be absent. */
export const googleErrorSchema = z.object({
  error: z.object({
    status: z.string(),
    message: z.string().optional().catch(undefined),
    details: z.array(detailSchema).optional().catch(undefined),
  }),
});
