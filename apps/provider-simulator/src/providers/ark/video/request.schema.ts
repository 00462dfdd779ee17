import { z } from 'zod';

const imageUrl = z
  .string()
  .regex(/^(https?:\/\/|asset:\/\/|data:image\/[a-z]+;base64,)/, 'must be a URL, an asset or a data URI in lower case');
const mediaUrl = z.string().regex(/^(https?:\/\/|asset:\/\/)/, 'must be a URL or an asset');

const contentItemSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: z.strictObject({ url: imageUrl }),
    role: z.enum(['first_frame', 'last_frame', 'reference_image']).optional(),
  }),
  z.strictObject({
    type: z.literal('video_url'),
    video_url: z.strictObject({ url: mediaUrl }),
    role: z.literal('reference_video'),
  }),
  z.strictObject({
    type: z.literal('audio_url'),
    audio_url: z.strictObject({ url: mediaUrl }),
    role: z.literal('reference_audio'),
  }),
  z.strictObject({ type: z.literal('draft_task'), draft_task: z.strictObject({ id: z.string().min(1) }) }),
]);
export type ContentItem = z.output<typeof contentItemSchema>;

export const ratios = ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9'] as const;
const mostSeed = 2 ** 32 - 1;

/** What decides how the video looks: a field of the request, or a flag in its text. */
export const lookSchema = z.strictObject({
  resolution: z.enum(['480p', '720p', '1080p']).optional(),
  ratio: z.enum([...ratios, 'adaptive']).optional(),
  duration: z.int().min(2).max(15).optional(),
  frames: z
    .int()
    .min(29)
    .max(289)
    .refine((frames) => (frames - 25) % 4 === 0, 'must be 25 + 4n')
    .optional(),
  framespersecond: z.literal(24).optional(),
  seed: z.int().min(-1).max(mostSeed).optional(),
  camera_fixed: z.boolean().optional(),
  watermark: z.boolean().optional(),
});
export type Look = z.output<typeof lookSchema>;

/** The body of `POST contents/generations/tasks`. */
export const videoRequestSchema = z.strictObject({
  ...lookSchema.omit({ framespersecond: true }).shape,
  model: z.string().min(1),
  content: z.array(contentItemSchema).min(1),
  callback_url: z.url({ protocol: /^https?$/ }).optional(),
  return_last_frame: z.boolean().default(false),
  generate_audio: z.boolean().default(true),
  draft: z.boolean().default(false),
  service_tier: z.enum(['default', 'flex']).default('default'),
  execution_expires_after: z.int().min(3600).max(259_200).default(172_800),
  priority: z.int().min(0).max(9).optional(),
  safety_identifier: z.string().max(64).optional(),
  tools: z.array(z.strictObject({ type: z.literal('web_search') })).optional(),
});
export type VideoRequest = z.output<typeof videoRequestSchema>;
